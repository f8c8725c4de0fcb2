"""The keyword index: BM25 over single terms and over pairs of them, kept in files and opened without being read."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.counts import Counts
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
        return cls({name: _Postings.of(Counts.of(texts, cut)) for name, (cut, _) in _FIELDS.items()}, len(texts))

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
        scores = np.zeros(self._size, np.float32)
        for name, (cut, weight) in _FIELDS.items():
            for token, count in Counter(cut(query)).items():
                rows, found = self._fields[name].find(token)
                np.add.at(scores, rows, found * np.float32(weight * count))
        return scores

    def phrase_scores(self, phrase: str) -> Scores:
        """Score the texts that hold all terms and pairs of a phrase; 0 for the others."""
        rows: list[NDArray[np.int32]] = []
        for name, (cut, _) in _FIELDS.items():
            for token in set(cut(phrase)):
                found, _ = self._fields[name].find(token)
                if not len(found):
                    return np.zeros(self._size, np.float32)
                rows.append(found)
        if not rows:
            return np.zeros(self._size, np.float32)
        return self.scores(phrase) * (np.bincount(np.concatenate(rows), minlength=self._size) == len(rows))

    def knows(self, token: str) -> bool:
        """Whether any text holds a token."""
        return self._frequency(token) > 0

    def rarity(self, token: str) -> float:
        """Give a token's inverse document frequency; one that no text has is the rarest."""
        return float(_rarity(np.array(self._frequency(token)), self._size))

    def _frequency(self, token: str) -> int:
        return max(len(postings.find(token)[0]) for postings in self._fields.values())


class _Postings:
    """A sparse matrix by columns.

    `keys` are the hashes of the tokens, sorted, and `columns` their numbers; token number i weighs `weights[j]` in text
    `rows[j]`, for j from `starts[i]` up to `starts[i + 1]`.
    """

    _PARTS = ("keys", "columns", "starts", "rows", "weights")

    def __init__(
        self,
        keys: NDArray[np.uint64],
        columns: NDArray[np.int64],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        weights: Scores,
    ):
        self._keys, self._columns, self._starts, self._rows, self._weights = keys, columns, starts, rows, weights

    @classmethod
    def of(cls, counted: Counts) -> Self:
        """Weigh the tokens of texts by BM25."""
        size = len(counted.lengths)
        frequencies = np.bincount(counted.tokens, minlength=len(counted.vocabulary))
        average = max(1.0, counted.lengths.sum() / max(1, size))
        length = 1 - _B + _B * counted.lengths[counted.texts] / average
        weights = _rarity(frequencies, size)[counted.tokens] * counted.counts / (_K1 * length + counted.counts)
        keys = np.fromiter(map(_key, counted.vocabulary), np.uint64, len(counted.vocabulary))
        columns = np.argsort(keys)
        starts = np.concatenate([[0], np.cumsum(frequencies)])
        return cls(keys[columns], columns, starts, counted.texts.astype(np.int32), weights.astype(np.float32))

    def save(self, directory: Path, name: str) -> None:
        """Write the arrays into a folder."""
        arrays = (self._keys, self._columns, self._starts, self._rows, self._weights)
        for part, array in zip(self._PARTS, arrays, strict=True):
            np.save(directory / f"{name}-{part}.npy", array)

    @classmethod
    def open(cls, directory: Path, name: str) -> Self:
        """Open the arrays of a folder; they are mapped, not read."""
        return cls(*(np.asarray(np.load(directory / f"{name}-{part}.npy", mmap_mode="r")) for part in cls._PARTS))

    def find(self, token: str) -> tuple[NDArray[np.int32], Scores]:
        """Give the texts that hold a token, and how much it weighs in each."""
        key = _key(token)
        at = self._keys.searchsorted(key)
        if at == len(self._keys) or self._keys[at] != key:
            return self._rows[:0], self._weights[:0]
        column = self._columns[at]
        postings = slice(self._starts[column], self._starts[column + 1])
        return self._rows[postings], self._weights[postings]


def _rarity(frequency: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    return np.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


# A question's words are looked up over and over.
@lru_cache(maxsize=4096)
def _key(token: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little"))
