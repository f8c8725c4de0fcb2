"""How well passages are found: a corpus and queries with what is relevant to each, in the usual measures."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.building import vectors_of
from knowledge.embeddings import Embedding
from knowledge.errors import KnowledgeError
from knowledge.generation import Generation
from knowledge.passages import Passage
from knowledge.progress import Progress
from knowledge.retriever import Kind, Retriever
from knowledge.store import Store
from knowledge.synonyms import Synonyms

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Topic:
    """A query and the ids of the passages that answer it; those to `ignore` are dropped from the ranking."""

    query: str
    relevant: frozenset[str]
    ignore: frozenset[str] = field(default_factory=frozenset)


def read_corpus(passages: Path, queries: Path) -> tuple[list[Passage], list[Topic]]:
    """Read `{"id","text"}` and `{"id","query","relevant":[…],"ignore":[…]}`, one a line.

    Raises
    ------
    KnowledgeError
        A file cannot be read; the line is named.
    """
    corpus = [
        Passage(id=str(row["id"]), document="", section="", text=str(row["text"]), start=0, end=0, position=number)
        for number, row in _rows(passages, ("id", "text"))
    ]
    topics = [
        Topic(str(row["query"]), frozenset(map(str, row["relevant"])), frozenset(map(str, row.get("ignore", ()))))
        for _, row in _rows(queries, ("query", "relevant"))
    ]
    if not corpus or not topics:
        raise KnowledgeError(f"{passages if not corpus else queries}：没有内容")
    if len({passage.id for passage in corpus}) < len(corpus):
        raise KnowledgeError(f"{passages}：id 有重复")
    return corpus, topics


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}：读不到文件") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            missing = [name for name in needed if name not in row]
        except (ValueError, TypeError) as error:
            raise KnowledgeError(f"{path} 第 {number} 行：不是 JSON 对象") from error
        if missing:
            raise KnowledgeError(f"{path} 第 {number} 行：缺少 {'、'.join(missing)}")
        yield number, row


def measure(
    corpus: Sequence[Passage], topics: Sequence[Topic], embedding: Embedding, kind: Kind, progress: Progress
) -> dict[str, float]:
    """Index a corpus, put every query to it and tell how well and how fast it is answered."""
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        generation = Generation.write(Path(folder) / "1", corpus)
        store = Store.open(Path(folder))
        vectors = vectors_of(corpus, embedding)
        name = store.write(vectors, lambda done: progress("建立索引", done, len(corpus)))
        built = time.perf_counter() - started
        retriever = Retriever(generation, store, [name], embedding, Synonyms())
        retriever.search(topics[0].query, _DEPTH, kind=kind)
        times: list[float] = []
        rankings: list[list[str]] = []
        for topic in topics:
            started = time.perf_counter()
            hits = retriever.search(topic.query, _DEPTH + len(topic.ignore), kind=kind)
            times.append(1000 * (time.perf_counter() - started))
            rankings.append([hit.passage.id for hit in hits if hit.passage.id not in topic.ignore][:_DEPTH])
    return {
        "queries": len(topics),
        **_quality(topics, rankings),
        "build_s": round(built, 2),
        "query_p50_ms": round(statistics.median(times), 2),
        "query_p95_ms": round(sorted(times)[int(0.95 * (len(times) - 1))], 2),
    }


def _quality(topics: Sequence[Topic], rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Average, over queries, what a ranking of ten is worth."""
    found = [[i in topic.relevant for i in ranking] for topic, ranking in zip(topics, rankings, strict=True)]
    wanted = [max(1, len(topic.relevant)) for topic in topics]
    measures = {f"hit@{k}": [any(row[:k]) for row in found] for k in (1, 5, 10)}
    recalls = {f"recall@{k}": [sum(row[:k]) / n for row, n in zip(found, wanted, strict=True)] for k in (5, 10)}
    reciprocal = [1 / (row.index(True) + 1) if any(row) else 0.0 for row in found]
    every = {**measures, **recalls, "mrr@10": reciprocal}
    return {name: round(statistics.fmean(values), 4) for name, values in every.items()}
