"""A text to be pasted: what the figures say, what the report names as problems, and what it proposes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise, product

from assistant.answer import Status
from assistant.desk import Desk
from assistant.query import FROM_DOCUMENTS, SHORT_DRAFT, Query
from assistant.writers.composition import write_table
from assistant.writers.draft_form import write_pieces, write_sources_below, write_title, write_without_markers
from assistant.writers.draft_pieces import (
    MOST_SENTENCES,
    MOVERS,
    QUOTED,
    added,
    leads,
    of_figures,
    quotes,
    size_of,
    stands_alone,
)
from assistant.writers.fitting import TOLERANCE, Piece, fit
from assistant.writers.outside import write_outside
from assistant.writers.passages import write_passages
from assistant.writers.quotable import nodes_on_topic

# Which parts of a text an aspect asks for.
_PARTS = {"state": ["state"], "problem": ["problem"], "cause": [MOVERS, "cause"], "advice": ["strategy"]}
# What a character of what was not asked for is worth: it only fills a gap.
_FILLER = 0.4
# The years of two steps.
_TWO_STEPS = 3
# By how much of its length a text may be shorter before it is filled up with what was not asked for.
_NEARLY = 0.04
# As if for how much longer a text sentences are cut, where that leaves or needs room; 0 leaves them whole.
_TIMES_AS_LONG = (1, 0.5, 2, 0)


def write_drafts(desk: Desk) -> Status:
    """Write of each node named, or of the subject in the question's own words, or of the whole index."""
    query, root = desk.query, desk.figures.definition.root
    query = replace(query, content=desk.sources.in_own_words(query.content))
    if query.text_before or query.aspects == ("advice",):
        query = replace(query, claims=(), moves=())  # a score named is what is aimed at, or was answered already
    if query.length == SHORT_DRAFT and str(SHORT_DRAFT) not in query.text and desk.sources.language != query.language:
        query = replace(query, length=0, items=1)  # a sentence in another language is as long as it is
    desk = replace(desk, query=query)
    of_topic = query.content and (desk.sources.documents or not query.units)
    nodes = query.nodes or (nodes_on_topic(desk) if of_topic else (root,))
    aspects = query.aspects or ("problem", "cause", "advice")
    if aspects == ("problem",) and (query.direction < 0 or not desk.sources.documents):
        aspects = ("problem", "cause")  # what is weak, or what made it fall, is told by figures
    years = [year for year in query.years if year in desk.figures.years] or [desk.figures.years[-1]]
    on_topic = replace(desk, query=replace(query, years=tuple(years), aspects=aspects))
    desk = replace(on_topic, query=replace(on_topic.query, nodes=nodes))
    kind = QUOTED[aspects[0]] if len(aspects) == 1 else ""
    of_report = query.asks_list and not query.content and set(nodes) <= {root} and kind in FROM_DOCUMENTS
    if of_report and not (query.items or query.edits.additions):
        write_title(desk, "")
        return write_passages(replace(desk, query=replace(desk.query, kind=kind)))
    subject = desk if query.nodes or not query.content else on_topic
    kinds = _kinds(aspects)
    if len(kinds) == 1 and not _of_figures_too(aspects) and query.edits.groups:
        one_by_one = {"items": query.edits.groups, "asks_list": True, "edits": replace(query.edits, groups=0)}
        desk, subject = (replace(each, query=replace(each.query, **one_by_one)) for each in (desk, subject))
    found = {piece.point.text: piece for kind in reversed(kinds) for piece in quotes(subject, kind, 1.0)}
    quoted = sorted(found.values(), key=lambda piece: kinds.index(piece.point.part))
    if not nodes and not quoted:
        return write_outside(desk)
    pieces = _as_it_stands(desk, subject) or [
        piece for piece in _composed(desk, subject, quoted) if not query.edits.leaves_out(piece.point.text)
    ]
    pieces = _with_added(desk, [piece for piece in pieces if piece.point.text])
    if query.edits.dropped and not _of_figures_too(aspects) and not _holds_what_was_asked(pieces, aspects):
        pieces = []
    if not pieces:
        desk.draft.say("draft.is_empty")
        return Status.ANSWER
    if query.edits.in_sentence:
        told = [piece for piece in pieces if piece.point.part == "problem" and "problem" in query.aspects]
        pieces = (told or pieces)[:1]
    write_title(desk, query.content if not query.nodes else "")
    write_pieces(desk, pieces)
    if (query.asks_list or query.edits.is_table) and "state" in aspects:
        _write_tables(desk)
    desk.draft.forget("change.rounding")  # the text is to be pasted
    _note_what_is_missing(desk, quoted)
    if query.edits.is_bare:
        write_without_markers(desk)
    elif query.edits.is_sourced:
        write_sources_below(desk)
    return Status.ANSWER


def _with_added(desk: Desk, pieces: Sequence[Piece]) -> list[Piece]:
    """Put what was asked for beside some pieces after them, or say that nothing new was found of the latest."""
    edits, before, found = desk.query.edits, desk.query.text_before, [*pieces]
    for addition in edits.additions:
        new = added(desk, addition, found)
        found += [piece for piece in new if not edits.leaves_out(piece.point.text)]
        if not new and before and addition not in before.edits.additions:
            desk.draft.note("draft.nothing_to_add")
    return found


def _kinds(aspects: Sequence[str]) -> list[str]:
    """List what is quoted for some aspects; what is told as problems is told as causes too."""
    return list(dict.fromkeys(QUOTED[a] for a in aspects if not (a == "cause" and "problem" in aspects)))


def _of_figures_too(aspects: Sequence[str]) -> bool:
    """Whether some aspects are told by figures as well as by quotations."""
    return bool({"state", "cause"} & set(aspects))


def _holds_what_was_asked(pieces: Sequence[Piece], aspects: Sequence[str]) -> bool:
    """Whether any piece is of a part that was asked for, or was added: not all only fill up a length."""
    asked = {part for aspect in aspects for part in _PARTS[aspect]}
    return any(piece.point.part in asked or piece.point.is_added for piece in pieces)


def _as_it_stands(desk: Desk, subject: Desk) -> list[Piece]:
    """Give the points of the text before once more that are kept, in its order; none where it is composed anew.

    A quotation that is longer than points may be from now on gives way to what stands for it.
    """
    kept = desk.query.edits.kept
    if not kept:
        return []
    known = [*leads(desk), *of_figures(desk, with_course=True)]
    known = [each for piece in known for each in (piece, *piece.shorter)]
    all_of_it = replace(subject, query=replace(subject.query, items=0))
    for times in _TIMES_AS_LONG if desk.query.length else (0,):
        known += _quotes(all_of_it, _kinds(desk.query.aspects), times)
    standing: dict[str, Piece] = {}
    for text in kept:
        exact = (piece for piece in known if piece.point.text == text)
        part_of_it = (piece for piece in known if piece.point.text and piece.point.text.rstrip("。") in text)
        if piece := next(exact, None) or next(part_of_it, None):
            standing.setdefault(piece.point.text, piece)
    return list(standing.values())


def _composed(desk: Desk, subject: Desk, quoted: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces that a text has before anything is added; `subject` is what is asked, `quoted` said of it."""
    aspects, length, edits = desk.query.aspects, desk.query.length, desk.query.edits
    of_figures_too = _of_figures_too(aspects)
    only_quotes = bool(quoted) and not of_figures_too and (desk.query.asks_list or edits.is_alone)
    first = leads(desk)
    shortest = min((piece.size for piece in quoted), default=0)
    if length and shortest and not of_figures_too:
        room = round(length * (1 + TOLERANCE)) - shortest - _opening(desk, quoted[0].point.part)
        only_quotes = only_quotes or room < sum(piece.size for piece in first)
    elif length and shortest and "problem" in aspects and "state" not in aspects:
        written = sum(piece.size for piece in first) + shortest + _opening(desk, quoted[0].point.part)
        only_quotes = written > round(length * (1 + TOLERANCE))
    first = [] if only_quotes else first
    yield from first
    if length:
        fitting = _fitting(desk, subject, first, with_figures=not only_quotes)
        yield from fitting if desk.query.nodes or fitting else [min(quoted, key=lambda piece: piece.size)]
        return
    if of_figures_too:
        with_course = "state" in aspects or "streak" in desk.query.points or _keeps_falling(desk)
        yield from of_figures(desk, with_course=with_course)
    for part in _parts(quoted):
        of_part = [piece for piece in quoted if piece.point.part == part]
        yield from of_part if desk.query.asks_list else of_part[: desk.query.items or MOST_SENTENCES]


def _keeps_falling(desk: Desk) -> bool:
    """Whether the one node that a text is on fell in the year it is on and in the one before."""
    figures, (_, end) = desk.figures, desk.span()
    years = [year for year in figures.years if year <= end][-_TWO_STEPS:]
    if len(desk.query.nodes) != 1 or len(years) < _TWO_STEPS:
        return False
    return all(figures.change(desk.query.nodes[0], *step).direction < 0 for step in pairwise(years))


def _fitting(desk: Desk, subject: Desk, first: Sequence[Piece], *, with_figures: bool) -> list[Piece]:
    """Choose the pieces that bring a text to its length together with those that stand first and those added."""
    query = desk.query
    figures = list(of_figures(desk, with_course=True)) if with_figures else []
    wanted = list(dict.fromkeys(part for aspect in query.aspects for part in _PARTS[aspect]))
    fixed = [*first, *(piece for addition in query.edits.additions for piece in added(desk, addition, first))]
    written = sum(piece.size for piece in fixed)
    quoted = [part for part in wanted if part in QUOTED.values()]
    best, found = (list[bool](), 0), list[Piece]()
    for fills, times in product((False, True), _TIMES_AS_LONG):
        pieces = [*figures, *_quotes(subject, _kinds(query.aspects), times, fills=fills)]
        pieces = [piece for piece in pieces if not query.edits.leaves_out(piece.point.text)]
        chosen = fit(pieces, wanted, query.length, written, partial(_opening, desk))
        reached = (_held(quoted, chosen), _short_of(desk, chosen, written))
        best, found = max((best, found), (reached, chosen), key=lambda choice: choice[0])
        if best >= (_held(quoted, pieces), 0 if fills else round(-_NEARLY * query.length)):
            break
    return found


def _quotes(subject: Desk, kinds: Sequence[str], times: float, *, fills: bool = True) -> Iterator[Piece]:
    """Yield quotations of the kinds asked for, and others that fill up, cut as for so many times the length."""
    query = subject.query
    longer = replace(subject, query=replace(query, length=round(times * query.length)))
    fills = fills and bool(query.length) and "state" not in kinds
    others = [kind for kind in ("problem", "strategy") if fills and kind not in kinds]
    for kind, worth in (*((kind, 1.0) for kind in kinds), *((kind, _FILLER) for kind in others)):
        yield from quotes(longer, kind, worth)


def _write_tables(desk: Desk) -> None:
    """Give the figures of what stands below each node as a table."""
    start, end = desk.span()
    for node in desk.query.nodes if len(desk.query.nodes) == 1 else ():
        if start < end and not stands_alone(desk, node):
            desk.draft.paragraph()
            write_table(desk, desk.figures.explain(node, start, end))


def _note_what_is_missing(desk: Desk, quoted: Sequence[Piece]) -> None:
    """Say of which part the report says nothing, and what was to be changed and could not be."""
    draft, query = desk.draft, desk.query
    kinds = [kind for kind in _kinds(query.aspects) if kind not in (*_parts(quoted), "state")]
    if kinds and desk.sources.documents:
        missing = draft.wording.join([draft.phrase(f"draft.part.{kind}") for kind in kinds])
        draft.note("draft.no_quote", parts=missing)
    if query.edits.missing:
        draft.note(query.edits.missing)
    elif query.edits.is_formal:
        draft.note("draft.is_formal")
    elif (
        not draft.has_note("draft.nothing_to_add")
        and query.text_before
        and query.written == tuple(draft.points)
        and _has_the_form_of(query, query.text_before)
    ):
        draft.note("draft.unchanged")


def _has_the_form_of(query: Query, other: Query) -> bool:
    """Whether two queries ask for one form of a text."""
    return (
        query.edits.form == other.edits.form and query.asks_list == other.asks_list and query.language == other.language
    )


def _parts(pieces: Sequence[Piece]) -> list[str]:
    return list(dict.fromkeys(piece.point.part for piece in pieces))


def _held(parts: Sequence[str], pieces: Sequence[Piece]) -> list[bool]:
    """Tell of each part whether any piece is of it."""
    return [any(piece.point.part == part for piece in pieces) for part in parts]


def _short_of(desk: Desk, pieces: Sequence[Piece], written: int) -> int:
    """Tell by how much pieces fall short of the least length that is asked for, as a negative number."""
    openings = sum(_opening(desk, part) for part in _parts(pieces))
    least = round(desk.query.length * (1 - TOLERANCE))
    return written + openings + sum(piece.size for piece in pieces) - least


def _opening(desk: Desk, part: str) -> int:
    """Measure the opening of a part."""
    return size_of(desk, f"draft.{part}") if part in QUOTED.values() else 0
