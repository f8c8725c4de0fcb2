import numpy as np
import pytest

from knowledge import OfflineEmbedding


def test_vectors_are_unit_long_and_the_same_every_time():
    embedding = OfflineEmbedding()
    first, second = embedding.embed(["水质改善", "噪声扰民"]), embedding.embed(["水质改善", "噪声扰民"])
    assert first.shape == (2, embedding.dimension)
    assert np.linalg.norm(first, axis=1) == pytest.approx([1, 1])
    assert (first == second).all()
    assert not embedding.embed(["！？"]).any()


def test_what_shares_words_is_nearer():
    embedding = OfflineEmbedding()
    near, far = embedding.embed(["施工噪声监管"])[0] @ embedding.embed(["噪声监管", "水库水质"]).T
    assert near > far
