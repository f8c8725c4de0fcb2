"""A text to be pasted: what the figures say, what the report names as problems, and what it proposes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations

from assistant.answer import Status
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.writers.changes import write_lead, write_movers, write_upwards
from assistant.writers.outside import write_outside
from assistant.writers.passages import write_passages
from assistant.writers.quotable import quotable_sentences
from assistant.writers.trends import write_course
from knowledge import Passage
from scoring import Node

# Which part of the documents speaks of what.
_KINDS = {"problem": "problem", "cause": "problem", "advice": "strategy"}
_MOST_SENTENCES = 3
# How far a text may be from the length asked for.
_TOLERANCE = 0.1
# What a character is worth: the report's own words most, those after the first less and less; words on what was not
# asked for only fill a gap.
_CAUSE, _COURSE, _FILLER, _LATER = 0.9, 0.5, 0.4, 0.95
_UNSEEN = re.compile(r"\[\d+\]|\*\*|\s")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence or two that may stand in the text: in which part of it, its size, and what a character is worth."""

    part: str
    write: Callable[[Desk], None]
    size: int
    worth: float


def write_drafts(desk: Desk) -> Status:
    """Write of each node named, or of the subject in the question's own words, or of the whole index."""
    query, root = desk.query, desk.figures.definition.root
    nodes = query.nodes if query.nodes or query.content else (root,)
    aspects = query.aspects or ("problem", "cause", "advice")
    years = [year for year in query.years if year in desk.figures.years] or [desk.figures.years[-1]]
    desk = replace(desk, query=replace(query, nodes=nodes, years=tuple(years)))
    if query.asks_list and not query.content and set(nodes) <= {root} and len(query.aspects) == 1:
        kind = _KINDS[query.aspects[0]]
        return write_passages(replace(desk, query=replace(desk.query, kind=kind)))
    for node in nodes:
        _write_state(desk, node)
    kinds = dict.fromkeys(_KINDS[aspect] for aspect in aspects)
    quotes = [piece for kind in kinds for piece in _quotes(desk, kind, 1.0)]
    if not nodes and not quotes:
        return write_outside(desk)
    if not quotes and desk.sources.documents:
        desk.draft.say("draft.no_cause")
    if query.length:
        others = [kind for kind in dict.fromkeys(_KINDS.values()) if kind not in kinds]
        fillers = [piece for kind in others for piece in _quotes(desk, kind, _FILLER)]
        chosen = _fitting(desk, [*_figures(desk, with_course=True), *quotes, *fillers])
        _write_all(desk, chosen if nodes or chosen else [min(quotes, key=lambda piece: piece.size)])
    else:
        causes = _figures(desk, with_course=False) if "cause" in aspects else ()
        first = [piece for part in _parts(quotes) for piece in _most(quotes, part, asks_list=query.asks_list)]
        _write_all(desk, [*causes, *first])
    return Status.ANSWER


def _write_state(desk: Desk, node: Node) -> None:
    """Say where a node stands."""
    desk.draft.paragraph()
    start, end = desk.span()
    if start == end:
        score, marker = desk.figures.score(node, end), desk.printed(node, [end])
        desk.draft.say("value.score", year=end, node=desk.name(node), score=score, marker=marker)
    else:
        write_lead(desk, desk.figures.explain(node, start, end))


def _figures(desk: Desk, *, with_course: bool) -> Iterator[_Piece]:
    """Yield what the figures say beyond where the nodes stand: what moved them, and their course over the years."""
    start, end = desk.span()
    for node in desk.query.nodes if start < end else ():
        yield _piece(desk, "", partial(_write_cause, node=node), _CAUSE)
        if with_course:
            yield _piece(desk, "", partial(write_course, node=node, years=desk.figures.years), _COURSE)


def _write_cause(desk: Desk, node: Node) -> None:
    """Say what moved a score: its indicators; or, of an indicator, what it did to the nodes above it."""
    start, end = desk.span()
    if node.children:
        write_movers(desk, desk.figures.explain(node, start, end))
    else:
        write_upwards(desk, node, start, end)


def _quotes(desk: Desk, kind: str, worth: float) -> Iterator[_Piece]:
    """Yield what the report says in the part that a kind of question is about."""
    for place, (passage, sentence) in enumerate(quotable_sentences(desk, kind)):
        write = partial(_write_quote, passage=passage, sentence=sentence)
        yield _piece(desk, kind, write, worth * _LATER**place)


def _write_quote(desk: Desk, passage: Passage, sentence: str) -> None:
    draft, marker = desk.draft, desk.draft.cite(passage, sentence)
    if desk.query.asks_list:
        draft.line(draft.phrase("passages.quote_item", quote=sentence, marker=marker))
    else:
        draft.say("draft.sentence", quote=sentence, marker=marker)


def _write_all(desk: Desk, pieces: Sequence[_Piece]) -> None:
    """Write pieces, each part of the text with its own opening."""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.part and (before is None or before.part != piece.part):
            desk.draft.paragraph()
            desk.draft.say(_intro(piece.part))
            if desk.query.asks_list:
                desk.draft.paragraph()
        piece.write(desk)


def _fitting(desk: Desk, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Choose the pieces that are worth most among those that bring the text to the length asked for."""
    quoted = [part for part in _parts(pieces) if part]
    best: tuple[bool, float, list[_Piece]] = (False, -1.0, [])
    for parts in chain.from_iterable(combinations(quoted, count) for count in range(len(quoted) + 1)):
        taken = _size(desk.draft) + sum(_size_of(desk, _intro(part)) for part in parts)
        within = [piece for piece in pieces if piece.part in ("", *parts)]
        least, most = (round(desk.query.length * (1 + way * _TOLERANCE)) - taken for way in (-1, 1))
        best = max(best, _knapsack(within, least, most), key=lambda choice: choice[:2])
    return best[2]


def _knapsack(pieces: Sequence[_Piece], least: int, most: int) -> tuple[bool, float, list[_Piece]]:
    """Choose pieces of at most a size: whether they reach the least size, what they are worth, and which they are."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for place, piece in enumerate(pieces):
        for size, (worth, chosen) in list(best.items()):
            larger, worth_more = size + piece.size, worth + piece.size * piece.worth
            if larger <= most and worth_more > best.get(larger, (0.0,))[0]:
                best[larger] = worth_more, (*chosen, place)
    reaching = [size for size in best if size >= least]
    worth, chosen = max(best[size] for size in reaching or best)
    return bool(reaching), worth, [pieces[place] for place in chosen]


def _parts(pieces: Sequence[_Piece]) -> list[str]:
    return list(dict.fromkeys(piece.part for piece in pieces))


def _most(pieces: Sequence[_Piece], part: str, *, asks_list: bool) -> list[_Piece]:
    of_part = [piece for piece in pieces if piece.part == part]
    return of_part if asks_list else of_part[:_MOST_SENTENCES]


def _intro(part: str) -> str:
    return f"draft.{part}"


def _piece(desk: Desk, part: str, write: Callable[[Desk], None], worth: float) -> _Piece:
    """Measure a piece by writing it on a sheet that is thrown away."""
    sheet = Draft(desk.query.language)
    write(replace(desk, draft=sheet))
    return _Piece(part, write, _size(sheet), worth)


def _size_of(desk: Desk, key: str) -> int:
    sheet = Draft(desk.query.language)
    sheet.say(key)
    return _size(sheet)


def _size(draft: Draft) -> int:
    """Count the characters of a draft as a reader does."""
    return len(_UNSEEN.sub("", "".join(draft.blocks)))
