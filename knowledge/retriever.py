"""Keyword and dense search, fused by rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.documents import PATH_SEPARATOR
from knowledge.embeddings import Embedding
from knowledge.errors import StoreError
from knowledge.keyword import KeywordIndex
from knowledge.library import Manifest
from knowledge.passages import Passage, sentences
from knowledge.store import Store
from knowledge.tokens import is_caption, labels, tokens

_POOL = 30
_FUSION_CONSTANT = 60
_NEAR_THE_BEST = 0.7


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score; only the order of scores means something."""

    passage: Passage
    score: float


def fuse(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """Fuse rankings by reciprocal rank (Cormack et al., 2009); keys in order of score, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (_FUSION_CONSTANT + rank)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))


class Retriever:
    """Search over one collection of a store."""

    def __init__(self, manifest: Manifest, embedding: Embedding, directory: Path):
        """Open the collection that a manifest names.

        Raises
        ------
        StoreError
            The store is broken: not what the manifest says.
        """
        self.manifest = manifest
        self._embedding = embedding
        self._store = Store.open(directory)
        self.passages = self._store.passages(manifest.collection)
        if len(self.passages) != manifest.passages:
            raise StoreError(f"知识库应有 {manifest.passages} 段，实有 {len(self.passages)} 段")
        self._by_id = {passage.id: passage for passage in self.passages}
        self._keyword = KeywordIndex([passage.index_text for passage in self.passages])

    @cached_property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return list(dict.fromkeys(passage.document for passage in self.passages))

    @cached_property
    def headings(self) -> list[str]:
        """All headings of the documents, in order, without a full stop at the end."""
        parts = (part for passage in self.passages for part in passage.section.split(PATH_SEPARATOR))
        return list(dict.fromkeys(part.rstrip("。") for part in parts))

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """Find the passages nearest to a query, best first.

        A table or figure that the query names by its number ("表2") comes first.
        """
        if not self.passages:
            return []
        named = labels(query)
        captioned = [p.id for p in self.passages if named & labels(p.caption)]
        keyword = [self.passages[i].id for i in self._keyword.rank(query)[:_POOL]]
        vector = self._embedding.embed([query])
        dense = (
            self._store.nearest(self.manifest.collection, vector, min(_POOL, len(self.passages)))
            if vector.any()
            else []
        )
        fused = fuse([captioned, captioned, keyword, dense])
        return [Hit(self._by_id[passage_id], score) for passage_id, score in fused.items()][:k]

    def passage(self, passage_id: str) -> Passage:
        """Give a passage by its id."""
        return self._by_id[passage_id]

    def knows(self, token: str) -> bool:
        """Whether any passage holds a search token."""
        return self._keyword.knows(token)

    def coverage(self, query: str, text: str) -> float:
        """Tell how much of a query a text speaks of: the share of the query's tokens, rare ones weighing more, 0..1."""
        wanted = {token: self._keyword.rarity(token) for token in tokens(query)}
        held = set(tokens(text))
        total = sum(wanted.values())
        return sum(weight for token, weight in wanted.items() if token in held) / total if total else 0.0

    def best_sentences(self, query: str, passage: Passage, most: int = 1) -> str:
        """Quote the stretch of at most `most` neighbouring sentences that speaks most of the query.

        Returns
        -------
        str
            An exact substring of the passage.
        """
        parts = sentences(passage.text)
        windows = [parts[i : i + most] for i in range(max(1, len(parts) - most + 1))]
        return max(("".join(window) for window in windows), key=lambda text: self.coverage(query, text)).strip()

    def best_paragraphs(self, query: str, passage: Passage) -> str:
        """Quote the stretch of whole paragraphs that speak of the query nearly as much as the best one does.

        Returns
        -------
        str
            An exact substring of the passage.
        """
        paragraphs = passage.text.split("\n")
        coverages = [0.0 if is_caption(p) else self.coverage(query, p) for p in paragraphs]
        kept = [i for i, coverage in enumerate(coverages) if coverage >= _NEAR_THE_BEST * max(coverages)]
        return "\n".join(paragraphs[kept[0] : kept[-1] + 1])
