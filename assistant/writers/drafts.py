"""A text to be pasted: what the figures say, what the report names as problems, and what it proposes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Status
from assistant.desk import Desk
from assistant.sources import Quotation
from assistant.writers.changes import write_lead, write_movers, write_upwards
from assistant.writers.outside import write_outside
from assistant.writers.passages import of_the_part, write_passages
from knowledge import Passage
from knowledge.passages import sentences
from scoring import Node

# Which part of the documents speaks of what.
_KINDS = {"problem": "problem", "cause": "problem", "advice": "strategy"}
_RELEVANT = 0.35
_NEAR_THE_BEST = 0.75
_POOL = 12
_MOST_PASSAGES = 3
_MOST_SENTENCES = 3
_SHORTEST = 10
_TOLERANCE = 1.1
_SHORT_OF = 0.85
# In a shorter text the report's own words go before the composition of the score.
_ROOMY = 250
_UNSEEN = re.compile(r"\[\d+\]|\*\*|\s")


def write_drafts(desk: Desk) -> Status:
    """Write of each node named, or of the subject in the question's own words, or of the whole index."""
    query = desk.query
    nodes = query.nodes if query.nodes or query.content else (desk.figures.definition.root,)
    aspects = query.aspects or ("problem", "cause", "advice")
    years = [year for year in query.years if year in desk.figures.years] or [desk.figures.years[-1]]
    desk = replace(desk, query=replace(query, nodes=nodes, years=tuple(years)))
    if (
        query.asks_list
        and not query.content
        and set(nodes) <= {desk.figures.definition.root}
        and len(query.aspects) == 1
    ):
        kind = _KINDS[query.aspects[0]]
        return write_passages(replace(desk, query=replace(desk.query, kind=kind)))
    with_cause = "cause" in aspects and not 0 < query.length < _ROOMY
    for node in nodes:
        _write_figures(desk, node, with_cause=with_cause)
    kinds = dict.fromkeys(_KINDS[aspect] for aspect in aspects)
    quoted = [_write_quotes(desk, kind, f"draft.{kind}") for kind in kinds]
    if not nodes and not any(quoted):
        return write_outside(desk)
    if not with_cause and _seen(desk) < _SHORT_OF * query.length:
        for node in nodes:
            _write_cause(desk, node)
    if nodes and not any(quoted):
        desk.draft.say("change.no_cause")
    return Status.ANSWER


def _write_figures(desk: Desk, node: Node, *, with_cause: bool) -> None:
    """Say where a node stands and, if wanted, what moved it there."""
    desk.draft.paragraph()
    start, end = desk.span()
    if start == end:
        score, marker = desk.figures.score(node, end), desk.printed(node, [end])
        desk.draft.say("value.score", year=end, node=desk.name(node), score=score, marker=marker)
        return
    write_lead(desk, desk.figures.explain(node, start, end))
    if with_cause:
        _write_cause(desk, node)


def _write_cause(desk: Desk, node: Node) -> None:
    """Say what moved a score: its indicators; or, of an indicator, what it did to the nodes above it."""
    start, end = desk.span()
    if start < end and node.children:
        write_movers(desk, desk.figures.explain(node, start, end))
    elif start < end:
        write_upwards(desk, node, start, end)


def _write_quotes(desk: Desk, kind: str, key: str) -> bool:
    """Quote what the report says in the part that a kind of question is about, as far as there is room.

    Returns
    -------
    bool
        Whether it says anything of that.
    """
    draft, query = desk.draft, desk.query
    room = query.length * _TOLERANCE - _seen(desk) if query.length else float("inf")
    kept: list[tuple[Passage, str]] = []
    lines = list(_lines(desk, kind))
    for passage, line in lines:
        if len(line) <= room and (query.length or query.asks_list or len(kept) < _MOST_SENTENCES):
            kept.append((passage, line))
            room -= len(line)
    if not kept:
        return bool(lines)
    draft.paragraph()
    draft.say(key)
    if query.asks_list:
        draft.paragraph()
    for passage, line in kept:
        marker = draft.cite(passage, line)
        if query.asks_list:
            draft.line(draft.phrase("passages.quote_item", quote=line, marker=marker))
        else:
            draft.say("draft.sentence", quote=line, marker=marker)
    return True


def _lines(desk: Desk, kind: str) -> Iterator[tuple[Passage, str]]:
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
        return desk.sources.outline(desk.sources.words_of(kind))
    searches = [query.content] if query.content else []
    for node in query.nodes:
        for leaf in definition.leaves(node.id):
            searches += definition.own_names(leaf)
    asked = replace(desk, query=replace(query, kind=kind))
    found: dict[str, Quotation] = {}
    for words in searches:
        for hit in of_the_part(asked, desk.sources.search(words, expand=kind, k=_POOL), _RELEVANT):
            known = found.get(hit.passage.id)
            if (
                hit.relevance >= _RELEVANT
                and not hit.passage.is_table
                and (not known or known.relevance < hit.relevance)
            ):
                found[hit.passage.id] = hit
    texts = [hit for hit in found.values() if not hit.passage.is_table]
    least = max(_RELEVANT, _NEAR_THE_BEST * max((hit.relevance for hit in texts), default=0.0))
    relevant = [hit for hit in texts if hit.relevance >= least]
    return [hit.passage for hit in sorted(relevant, key=lambda hit: -hit.relevance)[:_MOST_PASSAGES]]


def _seen(desk: Desk) -> int:
    """Count the characters written so far as a reader does."""
    return len(_UNSEEN.sub("", "".join(desk.draft.blocks)))
