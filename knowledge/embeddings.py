"""Embedding providers behind one interface."""

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import fold

Vectors = NDArray[np.float32]

_WEIGHTS = {1: 0.3, 2: 1.0, 3: 1.3}


class Embedding(Protocol):
    """Turns texts into unit vectors; `name` and `dimension` are written into the store."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text, shape (texts, dimension)."""
        ...


class OfflineEmbedding:
    """Hashed character n-grams: no download, no corpus, the same bits on every machine.

    Longer n-grams weigh more because they are rarer; counts enter by their logarithm; the sign of the hash keeps
    collisions from adding up.
    """

    name = "offline-ngram-1"
    dimension = 1024

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text; a text without letters gives a zero vector."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            characters = "".join(c for c in fold(text) if c.isalnum())
            for size, weight in _WEIGHTS.items():
                grams = Counter(characters[i : i + size] for i in range(len(characters) - size + 1))
                for gram, count in grams.items():
                    digest = zlib.crc32(gram.encode())
                    sign = 1 if digest & 0x80000000 else -1
                    vectors[row, digest % self.dimension] += sign * weight * (1 + np.log(count))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, norms, out=vectors, where=norms > 0)
