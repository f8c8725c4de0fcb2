"""How often each token stands in each text."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Counts:
    """The entries of a sparse matrix, by token and then by text.

    Attributes
    ----------
    vocabulary : list of str
        The tokens, numbered by their first appearance.
    tokens, texts, counts : ndarray, shape (entries,)
        Token number `tokens[i]` stands `counts[i]` times in text number `texts[i]`.
    lengths : ndarray, shape (texts,)
        How many tokens each text has.
    """

    vocabulary: list[str]
    tokens: NDArray[np.int64]
    texts: NDArray[np.int64]
    counts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str], cut: Callable[[str], list[str]]) -> Self:
        """Count the tokens that texts are cut into."""
        numbers: dict[str, int] = {}
        found, lengths = array("q"), array("q")
        for text in texts:
            tokens = cut(text)
            found.extend([numbers.setdefault(token, len(numbers)) for token in tokens])
            lengths.append(len(tokens))
        size = np.asarray(lengths, dtype=np.int64)
        places = np.asarray(found, dtype=np.int64) * len(size) + np.repeat(np.arange(len(size)), size)
        entries, counts = np.unique(places, return_counts=True)
        by_token, by_text = np.divmod(entries, max(1, len(size)))
        return cls(list(numbers), by_token, by_text, counts.astype(np.int64), size)
