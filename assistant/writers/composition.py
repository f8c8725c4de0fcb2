"""What the parts of a whole did to its change: which did most, those asked about, all of them without a residual."""

from decimal import Decimal

from assistant.answer import Chart, ChartKind
from assistant.below import is_below
from assistant.desk import Desk
from assistant.figures.computed import Explanation, Part
from assistant.writers.movers import items_of, write_movers, write_unmoved

_WHOLE = 100.0


def foremost_part(desk: Desk, explanation: Explanation, way: int) -> Part:
    """Give the part that moved a whole most in a way: of those that are named below it, or of all."""
    named = [node for node in desk.query.nodes if is_below(node, [explanation.node])]
    start, end = int(explanation.start.year or 0), int(explanation.end.year or 0)
    parts = [desk.figures.part(node, explanation.node, start, end) for node in named] if len(named) > 1 else []
    return max(parts or explanation.parts, key=lambda part: way * part.contribution.value)


def write_asked_about(desk: Desk, explanation: Explanation) -> None:
    """Say first what the nodes did that the question supposes to be the reason, most of all in front."""
    node, query = explanation.node, desk.query
    named = [other for other in query.nodes if other is not node and other in node.walk()]
    if query.kind != "why" or not named:
        return
    start, end = int(explanation.start.year or 0), int(explanation.end.year or 0)
    parts = [desk.figures.part(other, node, start, end) for other in named]
    ahead = explanation.change.direction or 1
    parts.sort(key=lambda part: -ahead * part.contribution.value)
    has_a_cause = explanation.change.direction and query.direction in (0, ahead)
    if query.confirms and len(parts) == 1 and has_a_cause:
        desk.draft.say(f"change.cause_{_share_in_cause(parts[0], explanation)}", node=desk.name(parts[0].node))
    desk.draft.say("change.asked_about", parts=items_of(desk, parts), node=desk.name(node))


def _share_in_cause(part: Part, explanation: Explanation) -> str:
    """Tell whether a part alone, mainly, partly or in no way moved the whole the way it went."""
    ahead = explanation.change.direction
    if part.contribution.direction != ahead:
        return "not"
    moved = [other for other in explanation.parts if other.contribution.direction == ahead]
    if all(other.node in part.node.walk() for other in moved):
        return "alone"
    others = [other for other in moved if other.node not in part.node.walk()]
    is_main = all(ahead * (part.contribution.value - other.contribution.value) > 0 for other in others)
    return "mainly" if is_main else "partly"


def write_composition(desk: Desk, explanation: Explanation, *, in_year: bool) -> None:
    """Say which indicators moved the score, of one of several spans `in_year`, then give all as a table and a chart."""
    draft = desk.draft
    draft.paragraph()
    if in_year:
        draft.say("change.in_year", year=explanation.end.year)
    if top := desk.query.top if desk.query.kind == "why" else 0:
        write_movers(desk, explanation, most_leading=top)
    else:
        write_movers(desk, explanation)
        write_unmoved(desk, explanation)
    if sum(bool(part.contribution.direction) for part in explanation.parts) > 1:
        _share(desk, explanation)
        shown = sum(Decimal(part.contribution.display) for part in explanation.parts)
        adds_up = shown == Decimal(explanation.total.display)
        draft.say("change.exact" if adds_up else "change.exact_unrounded", total=explanation.total)
    write_table(desk, explanation)
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
    largest = explanation.parts[0]
    if largest.share is None:
        desk.draft.say("change.nearly_offset")
    elif largest.share.value > 0:
        key = "change.leads" if float(largest.share.display) <= _WHOLE else "change.leads_over"
        desk.draft.say(key, node=desk.name(largest.node), share=largest.share)


def write_table(desk: Desk, explanation: Explanation) -> None:
    """Give the scores at both ends, the weight and the contribution of each part as a table."""
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
            in_unit=draft.wording.in_brackets(desk.figures.definition.score_unit),
            rows="\n".join(rows),
        )
    )
