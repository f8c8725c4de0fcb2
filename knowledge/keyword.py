"""The keyword index: BM25 over search tokens."""

import math
from collections import Counter
from collections.abc import Sequence

import bm25s
import numpy as np

from knowledge.tokens import index_tokens, tokens


class KeywordIndex:
    """BM25 over a fixed list of texts."""

    def __init__(self, texts: Sequence[str]):
        cut = [index_tokens(text) for text in texts]
        self._size = len(cut)
        self._frequency = Counter(token for text in cut for token in set(text))
        self._bm25 = bm25s.BM25()
        if self._frequency:
            self._bm25.index(cut, show_progress=False)

    def rank(self, query: str) -> list[int]:
        """List the texts that share a token with the query, best first."""
        known = [token for token in tokens(query) if self.knows(token)]
        if not known:
            return []
        scores = self._bm25.get_scores(known)
        order = np.argsort(-scores, kind="stable")
        return [int(i) for i in order if scores[i] > 0]

    def knows(self, token: str) -> bool:
        """Whether any text holds a token."""
        return token in self._frequency

    def rarity(self, token: str) -> float:
        """Give a token's inverse document frequency; one that no text has is the rarest."""
        frequency = self._frequency[token]
        return math.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))
