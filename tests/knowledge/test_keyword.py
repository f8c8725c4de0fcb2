import random
from pathlib import Path

import bm25s
import numpy as np
import pytest

from knowledge.keyword import KeywordIndex
from knowledge.tokens import pairs, terms

TEXTS = ["夜间施工噪声扰民", "施工安全", "水质改善", ""]


def test_scores_follow_shared_terms_and_their_order(tmp_path: Path):
    scores = KeywordIndex.of(TEXTS).scores("噪声施工")
    assert scores[0] > scores[1] > 0
    assert scores[2] == scores[3] == 0


def test_an_index_written_and_opened_is_the_same(tmp_path: Path):
    index = KeywordIndex.of(TEXTS)
    index.save(tmp_path)
    opened = KeywordIndex.open(tmp_path, len(TEXTS))
    assert (opened.scores("施工水质") == index.scores("施工水质")).all()
    assert opened.rarity("施工") == index.rarity("施工") < index.rarity("噪声") < index.rarity("房价")


def test_an_index_without_texts_or_known_words_finds_nothing():
    assert len(KeywordIndex.of([]).scores("水")) == 0
    assert not KeywordIndex.of(["", "！"]).scores("水").any()
    assert not KeywordIndex.of(TEXTS).scores("房价").any()
    assert not KeywordIndex.of(TEXTS).knows("房价")
    assert KeywordIndex.of(TEXTS).knows("施工")


def test_a_damaged_index_does_not_open(tmp_path: Path):
    KeywordIndex.of(TEXTS).save(tmp_path)
    (tmp_path / "pairs-rows.npy").write_bytes(b"")
    with pytest.raises((OSError, ValueError, EOFError)):
        KeywordIndex.open(tmp_path, len(TEXTS))


def test_the_weights_are_those_of_bm25s():
    chance = random.Random(0)
    texts = ["".join(chance.choices("水气声土固废废。", k=chance.randint(0, 40))) for _ in range(50)]
    query = "固废和水水气"
    expected = np.zeros(len(texts))
    for cut, weight in ((terms, 1.0), (pairs, 0.7)):
        index = bm25s.BM25(k1=0.7, b=0.7)
        index.index([cut(text) for text in texts], show_progress=False)
        expected += weight * index.get_scores(cut(query))
    assert KeywordIndex.of(texts).scores(query) == pytest.approx(expected, rel=1e-5)
