"""Keyword and dense search, fused."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import PATH_SEPARATOR
from knowledge.embeddings import Embedding
from knowledge.errors import EmbeddingError
from knowledge.generation import Generation
from knowledge.keyword import Scores
from knowledge.passages import Passage, section_ends, sentences
from knowledge.synonyms import Synonyms
from knowledge.tokens import fold, is_caption, labels, tokens

if TYPE_CHECKING:  # with it comes Chroma, a second that a search by keywords need not wait for
    from knowledge.store import Store

Kind = Literal["hybrid", "keyword", "dense"]

_POOL = 100
_NEAREST = 40
_NEAR_THE_BEST = 0.7
_SAME = 0.9

# A word that was not typed counts less than one that was.
_SYNONYM_WEIGHT = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score; only the order of scores means something."""

    passage: Passage
    score: float


class Retriever:
    """Search over one generation of a library."""

    def __init__(
        self,
        generation: Generation,
        store: "Store",
        collections: Collection[str],
        embedding: Embedding,
        synonyms: Synonyms,
        edition: object = None,
    ):
        """Open a generation and the collections of its vectors; `edition` is what the opener wants to know it by."""
        self.passages = generation.passages
        self._keyword = generation.keyword
        self._store = store
        self._collections = collections
        self._embedding = embedding
        self._synonyms = synonyms
        self.edition = edition
        self._rows = {passage.id: row for row, passage in enumerate(self.passages)}
        self._rarities = lru_cache(maxsize=256)(self._weigh)

    @cached_property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return list(dict.fromkeys(passage.document for passage in self.passages))

    @cached_property
    def headings(self) -> list[str]:
        """All headings of the documents, in order, without a full stop at the end."""
        parts = (part for passage in self.passages for part in passage.section.split(PATH_SEPARATOR))
        return list(dict.fromkeys(part.rstrip("。") for part in parts))

    @cached_property
    def section_ends(self) -> set[str]:
        """The paths of all sections of the documents, and the ends of these."""
        return {end for passage in self.passages for end in section_ends(passage.section)}

    def search(
        self, query: str, k: int = 5, *, kind: Kind = "hybrid", document: str = "", section: str = ""
    ) -> list[Hit]:
        """Find the passages nearest to a query, best first; of passages that say the same, the best one only.

        A table or figure that the query names by its number ("表2") comes first.

        Parameters
        ----------
        document, section : str, optional
            Search only in this document, only under this heading path or a heading of this name.

        Raises
        ------
        EmbeddingError
            The provider of embeddings does not answer; the keywords alone still would.
        StoreError
            The store broke.
        """
        allowed = self._allowed(document, section)
        if not self.passages or (allowed is not None and not allowed.any()):
            return []
        fused: defaultdict[int, float] = defaultdict(float)
        if kind != "dense":
            for row, score in self._by_keywords(query, allowed):
                fused[row] += score
        if kind != "keyword":
            weight = 1.0 if kind == "dense" else self._embedding.weight
            for row, score in self._by_vector(query, allowed):
                fused[row] += weight * score
        return self._distinct(fused, k)

    def search_surely(
        self, query: str, k: int = 5, *, kind: Kind = "hybrid", document: str = "", section: str = ""
    ) -> tuple[list[Hit], EmbeddingError | None]:
        """Search as `search` does, but by keywords alone where there are no vectors; then say why.

        Raises
        ------
        EmbeddingError
            Only vectors were asked for, and there are none.
        StoreError
            The store broke.
        """
        try:
            return self.search(query, k, kind=kind, document=document, section=section), None
        except EmbeddingError as error:
            if kind == "dense":
                raise
            return self.search(query, k, kind="keyword", document=document, section=section), error

    def _allowed(self, document: str, section: str) -> NDArray[np.bool_] | None:
        if not document and not section:
            return None
        return np.fromiter(
            (
                document in ("", passage.document) and (not section or _is_under(passage.section, section))
                for passage in self.passages
            ),
            dtype=bool,
            count=len(self.passages),
        )

    def _by_keywords(self, query: str, allowed: NDArray[np.bool_] | None) -> Iterator[tuple[int, float]]:
        """Yield the rows with the best keywords, scored relative to the best one."""
        found = self._keyword.scores(query)
        for forms in self._synonyms.widen(query):
            found += _SYNONYM_WEIGHT * np.max([self._keyword.phrase_scores(form) for form in forms], axis=0)
        if allowed is not None:
            found *= allowed
        rows = _highest(found, _POOL)
        named = labels(query)
        for row, score in zip(rows, (found[rows] / found.max()).tolist(), strict=True):
            yield row, score + bool(named and named & labels(self.passages[row].caption))

    def _by_vector(self, query: str, allowed: NDArray[np.bool_] | None) -> Iterator[tuple[int, float]]:
        """Yield the rows with the nearest vectors, scored relative to the nearest one."""
        vector = self._embedding.embed([query])
        if not vector.any():
            return
        places = None
        if allowed is not None:
            places = {(p.document, p.section) for p, is_in in zip(self.passages, allowed, strict=True) if is_in}
        near = self._store.nearest(self._collections, vector, min(_NEAREST, len(self.passages)), places)
        # What a later build removed is still in its collection.
        found = {self._rows[i]: similarity for i, similarity in near.items() if i in self._rows and similarity > 0}
        best = max(found.values(), default=1.0)
        for row, similarity in found.items():
            yield row, similarity / best

    def _distinct(self, scores: Mapping[int, float], k: int) -> list[Hit]:
        hits: list[Hit] = []
        kept: list[int] = []
        for row in sorted(scores, key=lambda row: (-scores[row], row)):
            if len(hits) == k:
                break
            if not any(scores[row] >= _SAME * scores[other] and self._is_same(row, other) for other in kept):
                kept.append(row)
                hits.append(Hit(self.passages[row], scores[row]))
        return hits

    def _is_same(self, row: int, other: int) -> bool:
        """Whether two passages say the same, but for a few characters."""
        first, second = self.passages[row].text, self.passages[other].text
        if min(len(first), len(second)) < _SAME * max(len(first), len(second)):
            return False
        # Single characters settle most cases, and are sooner at hand than pairs of them.
        return _alike(_characters(first), _characters(second)) and _alike(set(pairwise(first)), set(pairwise(second)))

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage by its id; None where no document holds it any more."""
        row = self._rows.get(passage_id)
        return None if row is None else self.passages[row]

    def around(self, passage: Passage, reach: int = 1) -> list[Passage]:
        """Give a passage with up to `reach` neighbours of the same document on either side, in order."""
        row = self._rows[passage.id]
        near = self.passages[max(0, row - reach) : row + reach + 1]
        return [neighbour for neighbour in near if neighbour.document == passage.document]

    @cached_property
    def _own_words(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """One pattern over the forms that no passage holds, longest first, and what the passages say instead."""
        texts = [fold(passage.index_text) for passage in self.passages]
        spoken = self._synonyms.spoken_by(lambda form: sum(fold(form) in text for text in texts))
        forms = sorted(spoken, key=len, reverse=True)
        patterns = (rf"(?<![a-z]){re.escape(f)}(?:e?s)?(?![a-z])" if f.isascii() else re.escape(f) for f in forms)
        return re.compile("|".join(patterns) or r"(?!)"), spoken

    def in_own_words(self, text: str) -> str:
        """Say a text in the words of the passages, where they call a thing by another of its names."""
        pattern, spoken = self._own_words
        return pattern.sub(lambda form: f" {self._spoken(form[0], spoken)} ", fold(text))

    @staticmethod
    def _spoken(form: str, spoken: Mapping[str, str]) -> str:
        return next(spoken[word] for word in (form, form.removesuffix("s"), form.removesuffix("es")) if word in spoken)

    def knows(self, token: str) -> bool:
        """Whether any passage holds a search token."""
        return self._keyword.knows(token)

    def coverage(self, query: str, text: str) -> float:
        """Tell how much of a query a text speaks of: the share of the query's tokens, rare ones weighing more, 0..1."""
        return self.coverages(query, [text])[0]

    def coverages(self, query: str, texts: Iterable[str]) -> list[float]:
        """Tell of each text how much of a query it speaks of, as `coverage` does."""
        wanted = self._rarities(query)
        total = sum(wanted.values()) or 1.0
        return [
            sum(weight for token, weight in wanted.items() if token in held) / total for held in map(_tokens, texts)
        ]

    def _weigh(self, query: str) -> Mapping[str, float]:
        """Give the tokens of a query with their rarities."""
        return {token: self._keyword.rarity(token) for token in tokens(query)}

    def best_sentences(self, query: str, passage: Passage, most: int = 1) -> str:
        """Quote the stretch of at most `most` neighbouring sentences that speaks most of the query.

        Returns
        -------
        str
            An exact substring of the passage.
        """
        parts = sentences(passage.text)
        windows = ["".join(parts[i : i + most]) for i in range(max(1, len(parts) - most + 1))]
        coverages = self.coverages(query, windows)
        return windows[coverages.index(max(coverages))].strip()

    def best_paragraphs(self, query: str, passage: Passage) -> str:
        """Quote the stretch of whole paragraphs that speak of the query nearly as much as the best one does.

        Returns
        -------
        str
            An exact substring of the passage.
        """
        paragraphs = passage.text.split("\n")
        coverages = self.coverages(query, ["" if is_caption(p) else p for p in paragraphs])
        kept = [i for i, coverage in enumerate(coverages) if coverage >= _NEAR_THE_BEST * max(coverages)]
        return "\n".join(paragraphs[kept[0] : kept[-1] + 1])


# Questions are asked of the same passages and paragraphs over and over.
@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


@lru_cache(maxsize=1024)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def _alike(items: Set[object], others: Set[object]) -> bool:
    return len(items & others) >= _SAME * len(items | others)


def _highest(scores: Scores, most: int) -> list[int]:
    """List the rows with the highest scores above zero, in no order."""
    rows = np.argpartition(scores, -most)[-most:] if most < len(scores) else np.arange(len(scores))
    return rows[scores[rows] > 0].tolist()


def _is_under(path: str, heading: str) -> bool:
    return path == heading or path.startswith(heading + PATH_SEPARATOR) or heading in path.split(PATH_SEPARATOR)
