"""The quality of a search, on a corpus written for it: rules, notices and encyclopaedia entries, none about the index.

What the passages say was not checked against any source; they are there to be found.
"""

import json
from pathlib import Path

import bm25s
import jieba
import numpy as np
import pytest

from knowledge import KnowledgeError, OfflineEmbedding
from knowledge.bench import Topic, measure, read_corpus
from knowledge.passages import Passage
from knowledge.progress import silent

from ..command import assert_one_line_error, run

CORPUS = Path(__file__).parent / "corpus"
FILES = ("--passages", str(CORPUS / "passages.jsonl"), "--queries", str(CORPUS / "queries.jsonl"))


@pytest.fixture(scope="module")
def corpus() -> tuple[list[Passage], list[Topic]]:
    return read_corpus(CORPUS / "passages.jsonl", CORPUS / "queries.jsonl")


def words_alone(passages: list[Passage], topics: list[Topic]) -> float:
    """Give the mean reciprocal rank of plain BM25 over the words of jieba."""
    index = bm25s.BM25()
    index.index([jieba.lcut_for_search(passage.text) for passage in passages], show_progress=False)
    ids = np.array([passage.id for passage in passages])
    total = 0.0
    for topic in topics:
        known = [word for word in jieba.lcut_for_search(topic.query) if word in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(len(ids))
        ranking = ids[np.argsort(-scores, kind="stable")[:10]]
        ranks = [rank for rank, i in enumerate(ranking, 1) if i in topic.relevant]
        total += 1 / ranks[0] if ranks else 0.0
    return total / len(topics)


def test_the_whole_beats_each_of_its_parts_and_plain_bm25_over_words(corpus: tuple[list[Passage], list[Topic]]):
    found = {
        kind: measure(*corpus, OfflineEmbedding(), kind, silent)["mrr@10"] for kind in ("hybrid", "keyword", "dense")
    }
    assert found["hybrid"] > found["keyword"] > found["dense"]
    assert found["hybrid"] > words_alone(*corpus) + 0.05
    assert found["hybrid"] >= 0.90


def test_the_command_line_tells_all_measures():
    done = run("knowledge", "bench", *FILES, "--json")
    measures = json.loads(done.stdout)
    names = "queries hit@1 hit@5 hit@10 recall@5 recall@10 mrr@10 build_s query_p50_ms query_p95_ms"
    assert set(measures) == set(names.split())
    assert measures["queries"] == 160
    assert measures["hit@1"] <= measures["mrr@10"] <= measures["hit@5"] <= measures["hit@10"] <= 1
    assert measures["recall@5"] <= measures["hit@5"]


def test_ignored_passages_are_dropped_from_the_ranking(tmp_path: Path):
    (tmp_path / "p").write_text(
        '{"id":"1","text":"河水变清"}\n{"id":"2","text":"河水变清了，鱼多了"}\n', encoding="utf-8"
    )
    (tmp_path / "q").write_text('{"id":"q","query":"河水变清","relevant":["2"],"ignore":["1"]}\n', encoding="utf-8")
    assert measure(*read_corpus(tmp_path / "p", tmp_path / "q"), OfflineEmbedding(), "hybrid", silent)["mrr@10"] == 1


@pytest.mark.parametrize(
    ("passages", "words"),
    [
        ("", "没有内容"),
        ('{"id":"1"}', "第 1 行：缺少 text"),
        ("[", "第 1 行：不是 JSON"),
        ("3", "第 1 行：不是 JSON"),
        ('{"id":"1","text":"a"}\n{"id":"1","text":"b"}', "id 有重复"),
    ],
)
def test_a_corpus_that_is_none_is_named(tmp_path: Path, passages: str, words: str):
    (tmp_path / "p").write_text(passages, encoding="utf-8")
    (tmp_path / "q").write_text('{"id":"q","query":"水","relevant":["1"]}\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words):
        read_corpus(tmp_path / "p", tmp_path / "q")


def test_a_missing_corpus_is_one_line():
    assert_one_line_error(run("knowledge", "bench", "--passages", "none", "--queries", "none"), 1, "none：读不到文件")
