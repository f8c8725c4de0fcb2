"""Over which of several spans of years a score moved more, and which indicators made the difference."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Chart, ChartKind, Figure, Status
from assistant.desk import Desk
from assistant.figures.paces import Pace, PacePart, compare_paces
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.query import Query
from assistant.writers.change_context import write_context
from scoring import Node

# Kinds that a question which sets spans of years against each other may seem to be.
_OF_SPANS = {"change", "trend", "ranking", "value", "why", "share"}
_MOVED = {1: "spans.rose", -1: "spans.fell", 0: "spans.unmoved"}


def asks_of_spans(query: Query, years: Sequence[int]) -> bool:
    """Whether movements over several spans of years are set against each other, or a step against the one before."""
    of_nodes = query.levels or (query.kind == "ranking" and query.asks_parts)
    if query.kind not in _OF_SPANS or of_nodes or len(query.units) > 1:
        return False
    if query.spans:
        return bool(query.nodes)
    of_one = len(query.years) == 1 or (query.kind == "why" and not query.years)
    if "pace" in query.points and of_one and query.kind in {"why", "change", "trend"}:
        return True
    if query.is_range or len(query.years) < 2 or len(query.nodes) > 1 or not {*query.years} <= {*years}:
        return False
    outpaced = "outpaced" in query.points
    if "when" in query.points:
        return bool(outpaced or query.direction or query.asks_change)
    return outpaced and (query.kind == "why" or not query.against_year)


def write_spans(desk: Desk) -> Status:
    """Set the movements of each node over the spans that a question names against each other."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        spans = _spans(desk, node)
        if len(spans) == 2 and desk.query.confirms and "pace" in desk.query.points:
            _judge_pace(desk, node, spans)
        if len(spans) > 1:
            _write_spans(desk, node, spans)
        else:
            desk.draft.say("ranking.first_year", year=desk.scored_years(node, desk.figures.years)[0])
        desk.caution_printed(node, [year for span in spans for year in span])
    return Status.ANSWER


def _judge_pace(desk: Desk, node: Node, spans: Sequence[tuple[int, int]]) -> None:
    """Say whether a score moved less over the first span than over the second, or more, as the question has it."""
    own, other = (abs(desk.figures.change(node, *span).value) for span in spans)
    is_slower = bool(phrasings().slower.search(normalise(desk.query.text)))
    desk.draft.say("verdict.yes" if (own < other) is is_slower else "verdict.no")


def _spans(desk: Desk, node: Node) -> list[tuple[int, int]]:
    """Give the spans in the order of the question: those named, or of each year the step that leads to it."""
    query, known = desk.query, desk.scored_years(node, desk.figures.years)
    if query.spans:
        return list(query.spans)
    steps = {known[at]: (known[at - 1], known[at]) for at in range(1, len(known))}
    years = query.years
    if len(years) == 1 and years[0] in steps:
        years = (years[0], steps[years[0]][0])
    return [steps[year] for year in years if year in steps]


def _write_spans(desk: Desk, node: Node, spans: Sequence[tuple[int, int]]) -> None:
    draft = desk.draft
    changes = [desk.figures.change(node, *span) for span in spans]
    way = _way(desk.query.direction, changes)
    first, *others = sorted(changes, key=lambda change: -way * change.value)
    items = [draft.phrase(_MOVED[change.direction], period=_period(desk, change), change=change) for change in changes]
    key = "spans.up" if way > 0 else "spans.down"
    if any(first.display == other.display for other in others):
        key = "spans.same"
    draft.say(
        key,
        node=desk.name(node),
        period=_period(desk, first),
        degree=draft.phrase("spans.most" if len(others) > 1 else "spans.more"),
        items=draft.phrase("spans.beside").join(items),
        marker=desk.printed(node, [int(first.base_year or 0), int(first.year or 0)]),
    )
    if len(spans) == 2 and (node.children or desk.query.kind == "why"):
        earlier, later = sorted(spans)
        pace = compare_paces(desk.figures, node, later, earlier)
        _write_reasons(desk, pace, 1 if spans[0] == later else -1)


def _way(asked: int, changes: Sequence[Figure]) -> int:
    """Tell which way movements are set against each other: as asked where any went so, else as the largest went."""
    ways = {change.direction for change in changes}
    return asked if asked in ways - {0} else max(changes, key=lambda change: abs(change.value)).direction or 1


def _period(desk: Desk, change: Figure) -> str:
    """Name a span of years, a single step by the year in which it ends."""
    years = desk.figures.years
    is_step = years.index(int(change.year or 0)) - years.index(int(change.base_year or 0)) == 1
    key = "spans.step" if is_step and not desk.query.spans else "spans.span"
    return desk.draft.phrase(key, first_year=change.base_year, last_year=change.year)


def _write_reasons(desk: Desk, pace: Pace, way: int) -> None:
    """Say how far the two movements are apart and which indicators make up the difference, then what is said of it.

    The one asked about is the later one where `way` is 1, the earlier one where it is -1.
    """
    draft = desk.draft
    subject, other = (pace.own, pace.other)[::way]
    if not pace.apart.direction:
        return
    ways = {subject.change.direction, other.change.direction} - {0}
    moved = {1: "up", -1: "down"}[ways.pop()] if len(ways) == 1 else "otherwise"
    is_more = way * pace.apart.direction == (-1 if moved == "down" else 1)
    draft.say(
        f"spans.apart_{moved}_{'more' if is_more else 'less'}",
        node=desk.name(subject.node),
        period=_period(desk, subject.change),
        other=_period(desk, other.change),
        apart=pace.apart,
    )
    if len(pace.parts) > 1:
        draft.paragraph()
        for side, key in ((pace.apart.direction, "spans.made_by"), (-pace.apart.direction, "spans.against")):
            parts = [part for part in pace.parts if part.apart.direction == side]
            if parts:
                draft.say(key, parts=_items(desk, parts, way))
        shown = sum(Decimal(part.apart.display) for part in pace.parts)
        adds_up = shown == Decimal(pace.total.display)
        draft.say("spans.exact" if adds_up else "spans.exact_unrounded", total=pace.total)
        _write_table(desk, pace)
    if desk.query.kind == "why":
        write_context(replace(desk, query=replace(desk.query, direction=0)), subject)


def _items(desk: Desk, parts: Sequence[PacePart], way: int) -> str:
    key = {1: "spans.part_more", -1: "spans.part_less"}
    items = [
        desk.draft.phrase(key[way * part.apart.direction], node=desk.name(part.node), apart=part.apart)
        for part in parts
    ]
    return desk.draft.wording.join(items)


def _write_table(desk: Desk, pace: Pace) -> None:
    """Give what each indicator contributed over either span as a table, and the difference as a chart."""
    draft = desk.draft
    rows = [
        draft.phrase("spans.row", node=desk.name(part.node), first=part.other, last=part.own, apart=part.apart)
        for part in pace.parts
    ]
    period, other = _period(desk, pace.own.change), _period(desk, pace.other.change)
    draft.block(
        draft.phrase(
            "spans.table",
            earlier=other,
            later=period,
            in_unit=draft.wording.in_brackets(desk.figures.definition.score_unit),
            rows="\n".join(rows),
        )
    )
    title = draft.phrase("spans.chart", node=desk.name(pace.own.node), period=period, other=other)
    parts = tuple(part.apart for part in pace.parts)
    draft.charts.append(Chart(ChartKind.WATERFALL, title, (pace.other.change, *parts, pace.own.change)))
