"""Sentences of the documents that can be quoted in a text to be pasted."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.desk import Desk
from assistant.sources import Quotation
from assistant.writers.passages import of_the_part
from knowledge import Passage
from knowledge.passages import sentences

_RELEVANT = 0.35
_NEAR_THE_BEST = 0.75
_POOL = 12
_MOST_PASSAGES = 3
_SHORTEST = 10


def quotable_sentences(desk: Desk, kind: str) -> Iterator[tuple[Passage, str]]:
    """Yield sentences of the passages found, the first of each before the second of any."""
    passages = _passages(desk, kind)
    by_passage = [
        [line for sentence in sentences(passage.text) if len(line := sentence.strip()) >= _SHORTEST]
        for passage in passages
    ]
    telling = [[line for line in lines if desk.sources.tells(kind, line)] or lines for lines in by_passage]
    for place in range(max(map(len, telling), default=0)):
        for passage, lines in zip(passages, telling, strict=True):
            if place < len(lines):
                yield passage, lines[place]


def _passages(desk: Desk, kind: str) -> list[Passage]:
    """Find the passages of that part that speak of what is asked; of the whole index, the first below each heading."""
    query, definition = desk.query, desk.figures.definition
    if set(query.nodes) <= {definition.root} and not query.content:
        return desk.sources.outline(kind)
    searches = [query.content] if query.content else []
    for node in query.nodes:
        for leaf in definition.leaves(node.id):
            searches += filter(desk.sources.may_hold, definition.own_names(leaf))
    asked = replace(desk, query=replace(query, kind=kind))
    found: dict[str, Quotation] = {}
    for words in searches:
        for hit in of_the_part(asked, desk.sources.search(words, expand=kind, k=_POOL), _RELEVANT):
            known = found.get(hit.passage.id)
            if (
                hit.relevance >= _RELEVANT
                and (not query.nodes or desk.speaks_of(hit))
                and not hit.passage.is_table
                and (not known or known.relevance < hit.relevance)
            ):
                found[hit.passage.id] = hit
    least = _NEAR_THE_BEST * max((hit.relevance for hit in found.values()), default=0.0)
    relevant = [hit for hit in found.values() if hit.relevance >= least]
    return [hit.passage for hit in sorted(relevant, key=lambda hit: -hit.relevance)[:_MOST_PASSAGES]]
