"""Why a score changed: the change, its exact composition, and what the report says about it."""

from collections.abc import Sequence

from assistant.answer import Chart, ChartKind, Figure, Status
from assistant.desk import Desk
from assistant.figures import Explanation, Part
from assistant.writers.values import raw_values
from scoring import Node

_MOST_CONTEXT = 4


def write_changes(desk: Desk) -> Status:
    """Explain the change of each node between the first and the last year asked for, or from the year before."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        start, end = _span(desk)
        if start == end:
            desk.draft.say(
                "change.first_year",
                year=end,
                node=desk.name(node),
                score=desk.figures.score(node, end),
                marker=desk.printed(node, [end]),
            )
            continue
        explanation = desk.figures.explain(node, start, end)
        _lead(desk, explanation)
        if node.children:
            _compose(desk, explanation)
        else:
            _upwards(desk, node, start, end)
        if desk.query.kind == "why":
            _context(desk, explanation)
        desk.caution_printed(node, [start, end])
    return Status.ANSWER


def _span(desk: Desk) -> tuple[int, int]:
    """Tell from which year to which; a single year counts from the one before it."""
    years = desk.query.years
    if len(years) > 1:
        return min(years), max(years)
    earlier = [year for year in desk.figures.years if year < years[0]]
    return (earlier[-1] if earlier else years[0]), years[0]


def _lead(desk: Desk, explanation: Explanation) -> None:
    moved, claimed = explanation.change.direction, desk.query.direction
    if claimed and claimed != moved:
        key = {1: "change.not_fallen", -1: "change.not_risen", 0: "change.not_moved"}[moved]
    else:
        key = {1: "change.rose", -1: "change.fell", 0: "change.same"}[moved]
    start, end = explanation.start, explanation.end
    desk.draft.say(
        key,
        node=desk.name(explanation.node),
        start=start,
        end=end,
        change=explanation.change,
        start_year=start.year,
        end_year=end.year,
        marker=desk.printed(explanation.node, [int(end.year or 0), int(start.year or 0)]),
    )


def _compose(desk: Desk, explanation: Explanation) -> None:
    """Say which indicators moved the score, in order of weight, then give all of them as a table and a chart."""
    draft = desk.draft
    by_direction = {
        direction: [part for part in explanation.parts if part.contribution.direction == direction]
        for direction in (1, -1, 0)
    }
    ahead = explanation.change.direction or 1
    draft.paragraph()
    if leading := by_direction[ahead]:
        key = "change.raised" if ahead > 0 else "change.lowered"
        draft.say(key, node=desk.name(explanation.node), parts=_items(desk, leading))
    if opposing := by_direction[-ahead]:
        draft.say("change.offset_by", parts=_items(desk, opposing))
    if unmoved := by_direction[0]:
        draft.say("change.unmoved", parts=desk.names([part.node for part in unmoved]))
    if len(explanation.parts) > 1:
        _share(desk, explanation)
        draft.say("change.exact", total=explanation.total)
    _table(desk, explanation)
    contributions = tuple(part.contribution for part in explanation.parts)
    draft.charts.append(
        Chart(
            ChartKind.WATERFALL,
            draft.phrase(
                "change.chart",
                node=desk.name(explanation.node),
                start_year=explanation.start.year,
                end_year=explanation.end.year,
            ),
            (explanation.start, *contributions, explanation.end),
        )
    )


def _share(desk: Desk, explanation: Explanation) -> None:
    leading = explanation.parts[0]
    if leading.share is None:
        desk.draft.say("change.nearly_offset")
    elif leading.share.value > 0:
        desk.draft.say("change.leads", node=desk.name(leading.node), share=leading.share)


def _items(desk: Desk, parts: Sequence[Part]) -> str:
    return desk.draft.wording.join(
        [desk.draft.phrase("change.item", node=desk.name(part.node), contribution=part.contribution) for part in parts]
    )


def _table(desk: Desk, explanation: Explanation) -> None:
    draft = desk.draft
    rows = [
        draft.phrase(
            "change.row",
            node=desk.name(part.node),
            start=part.start,
            end=part.end,
            change=part.change,
            weight=part.weight,
            contribution=part.contribution,
        )
        for part in explanation.parts
    ]
    draft.block(
        draft.phrase(
            "change.table",
            start_year=explanation.start.year,
            end_year=explanation.end.year,
            unit=draft.wording.unit(desk.figures.definition.score_unit).strip(),
            rows="\n".join(rows),
        )
    )


def _upwards(desk: Desk, node: Node, start: int, end: int) -> None:
    """Say what the change of an indicator did to the nodes above it, and what was observed."""
    draft = desk.draft
    for above in reversed(desk.figures.definition.path(node.id)[:-1]):
        contribution: Figure = desk.figures.contribution(node, above, start, end)
        draft.say("change.upwards", parent=desk.name(above), contribution=contribution)
    if values := raw_values(desk, node, [start, end]):
        draft.say("change.raw", values=values)


def _context(desk: Desk, explanation: Explanation) -> None:
    """Quote what the report says of the node and of what moved it most in the direction of the change."""
    ahead = explanation.change.direction or -1
    movers = [part.node for part in explanation.parts if part.contribution.direction == ahead]
    subjects = list(dict.fromkeys([explanation.node, *movers]))[:_MOST_CONTEXT]
    quotes: list[str] = []
    for subject in subjects:
        quotation = desk.sources.about(subject, int(explanation.end.year or 0), ahead, taken=quotes)
        if quotation is not None:
            quotes.append(quotation.quote)
            if len(quotes) == 1:
                desk.draft.paragraph()
                desk.draft.say("change.context")
                desk.draft.paragraph()
            line = desk.draft.phrase("passages.quote_item", quote=quotation.quote, marker=desk.marker(quotation))
            desk.draft.line(line)
    if not quotes:
        desk.draft.paragraph()
        desk.draft.say("change.no_cause")
