"""The keyword index: BM25 over single terms and over pairs of them, kept in files and opened without being read."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import pairs, terms

Scores = NDArray[np.float32]

# Measured on foreign corpora, see docs/decisions/0007: single characters find what words miss, pairs put it in order.
_FIELDS: Mapping[str, tuple[Callable[[str], list[str]], float]] = {"terms": (terms, 1.0), "pairs": (pairs, 0.7)}
_K1, _B = 0.7, 0.7


class KeywordIndex:
    """BM25 over a fixed list of texts."""

    def __init__(self, fields: Mapping[str, "_Postings"], size: int):
        self._fields = fields
        self._size = size

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Index texts."""
        return cls({name: _Postings.of([cut(t) for t in texts]) for name, (cut, _) in _FIELDS.items()}, len(texts))

    def save(self, directory: Path) -> None:
        """Write the index into a folder."""
        for name, postings in self._fields.items():
            postings.save(directory, name)

    @classmethod
    def open(cls, directory: Path, size: int) -> Self:
        """Open the index of a folder over `size` texts.

        Raises
        ------
        OSError, ValueError, EOFError
            A file is missing or damaged.
        """
        return cls({name: _Postings.open(directory, name) for name in _FIELDS}, size)

    def scores(self, query: str) -> Scores:
        """Score every text; 0 where it shares nothing with the query."""
        scores = np.zeros(self._size, dtype=np.float32)
        for name, (cut, weight) in _FIELDS.items():
            for token, count in Counter(cut(query)).items():
                rows, weights = self._fields[name].find(token)
                scores[rows] += np.float32(weight * count) * weights
        return scores

    def phrase_scores(self, phrase: str) -> Scores:
        """Score the texts that hold all terms and pairs of a phrase; 0 for the others."""
        held = np.full(self._size, True)
        for name, (cut, _) in _FIELDS.items():
            for token in cut(phrase):
                rows, _ = self._fields[name].find(token)
                held &= np.isin(np.arange(self._size), rows, assume_unique=True)
        return self.scores(phrase) * held

    def knows(self, token: str) -> bool:
        """Whether any text holds a token."""
        return self._frequency(token) > 0

    def rarity(self, token: str) -> float:
        """Give a token's inverse document frequency; one that no text has is the rarest."""
        frequency = self._frequency(token)
        return math.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))

    def _frequency(self, token: str) -> int:
        return max(len(postings.find(token)[0]) for postings in self._fields.values())


class _Postings:
    """A sparse matrix by columns.

    `keys` are the hashes of the tokens, sorted; token number i weighs `weights[j]` in text `rows[j]`, for j from
    `starts[i]` up to `starts[i + 1]`.
    """

    def __init__(self, keys: NDArray[np.uint64], starts: NDArray[np.int64], rows: NDArray[np.int32], weights: Scores):
        self._keys, self._starts, self._rows, self._weights = keys, starts, rows, weights

    @classmethod
    def of(cls, cut: Sequence[list[str]]) -> Self:
        """Weigh the tokens of texts by BM25."""
        import bm25s  # a quarter of a second, which searching in an index that is there need not wait for

        if not any(cut):
            return cls(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))
        index = bm25s.BM25(k1=_K1, b=_B)
        index.index(list(cut), show_progress=False)
        data, indices, indptr = (np.asarray(index.scores[name]) for name in ("data", "indices", "indptr"))
        tokens = sorted((_key(token), column) for token, column in index.vocab_dict.items() if column < len(indptr) - 1)
        columns = np.array([column for _, column in tokens])
        lengths = np.diff(indptr)[columns]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.repeat(indptr[columns] - starts[:-1], lengths) + np.arange(starts[-1])
        keys = np.array([key for key, _ in tokens], dtype=np.uint64)
        return cls(keys, starts, indices[places], data[places])

    def save(self, directory: Path, name: str) -> None:
        """Write the arrays into a folder."""
        for part, array in zip(_PARTS, (self._keys, self._starts, self._rows, self._weights), strict=True):
            np.save(directory / f"{name}-{part}.npy", array)

    @classmethod
    def open(cls, directory: Path, name: str) -> Self:
        """Open the arrays of a folder; they are mapped, not read."""
        return cls(*(np.load(directory / f"{name}-{part}.npy", mmap_mode="r") for part in _PARTS))

    def find(self, token: str) -> tuple[NDArray[np.int32], Scores]:
        """Give the texts that hold a token, and how much it weighs in each."""
        key = _key(token)
        at = int(np.searchsorted(self._keys, key))
        known = at < len(self._keys) and self._keys[at] == key
        postings = slice(self._starts[at], self._starts[at + 1]) if known else slice(0, 0)
        return self._rows[postings], self._weights[postings]


_PARTS = ("keys", "starts", "rows", "weights")


def _key(token: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little"))
