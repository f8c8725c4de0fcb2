"""Embedding providers behind one interface."""

import zlib
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.counts import Counts
from knowledge.tokens import pairs, terms

Vectors = NDArray[np.float32]


class Embedding(Protocol):
    """Turns texts into unit vectors.

    Attributes
    ----------
    name : str
        Provider and model, as they are written into the store.
    weight : float
        How much the nearest vectors count in a search beside the best keywords.
    """

    name: str
    weight: float

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text, shape (texts, dimension).

        Raises
        ------
        EmbeddingError
            The provider gives none.
        """
        ...


class OfflineEmbedding:
    """Hashed terms and, lighter, pairs of them: no download, no corpus, the same bits on every machine.

    Counts enter by their logarithm; the sign of the hash keeps collisions from adding up.
    """

    name = "offline/terms-2"
    weight = 0.2
    dimension = 768
    _PAIR_WEIGHT = 0.3

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text; a text without letters gives a zero vector."""
        vectors = np.zeros(len(texts) * self.dimension)
        for cut, weight in ((terms, 1.0), (pairs, self._PAIR_WEIGHT)):
            counted = Counts.of(texts, cut)
            places = np.array([_place(token) for token in counted.vocabulary], dtype=np.int64).reshape(-1, 2)
            cells = counted.texts * self.dimension + places[counted.tokens, 0]
            values = weight * places[counted.tokens, 1] * (1 + np.log(counted.counts))
            vectors += np.bincount(cells, values, minlength=len(vectors))
        vectors = vectors.reshape(len(texts), self.dimension)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, norms, out=vectors, where=norms > 0).astype(np.float32)


@cache
def _place(token: str) -> tuple[int, int]:
    digest = zlib.crc32(token.encode())
    return digest % OfflineEmbedding.dimension, 1 if digest & 0x80000000 else -1
