"""How far two nodes are apart, and how far one moved: in the unit observed, or in per cent of what it was."""

from assistant.answer import Kind
from assistant.desk import Desk
from assistant.figures.computed import Explanation
from assistant.writers.values import raw_marker, say_raw_unknown
from scoring import Node, exact


def write_gap(desk: Desk, node: Node, other: Node, year: int, said: int = 0) -> None:
    """Say how far two nodes are apart in one year, and first whether the one said to be ahead (1) or behind (-1) is."""
    gap = desk.figures.difference(node, other, year)
    if said and gap.direction != said:
        desk.draft.say("verdict.no")
    elif said and not desk.query.asks_amount:
        desk.draft.say("verdict.yes")
    desk.draft.say(
        {1: "change.above", -1: "change.below", 0: "change.level_with"}[gap.direction],
        node=desk.name(node),
        other=desk.name(other),
        year=year,
        score=desk.figures.score(node, year),
        other_score=desk.figures.score(other, year),
        gap=gap,
        marker=desk.printed(node, [year]) + desk.printed(other, [year]),
    )


def write_observed(desk: Desk, explanation: Explanation) -> bool:
    """Say how far the observed value moved, where a question asks for it, or means it as less of it is better.

    Tell whether that was said.
    """
    draft, figures, node = desk.draft, desk.figures, explanation.node
    years = (int(explanation.start.year or 0), int(explanation.end.year or 0))
    is_asked = desk.query.asks_raw and bool(node.measure_unit)
    means_it = desk.query.kind == "change" and desk.asks_of_value(node)
    if not (is_asked or means_it):
        return False
    change = figures.raw_change(node, *years)
    if change is None:
        for year in years if is_asked else ():
            if figures.raw(node, year) is None:
                say_raw_unknown(desk, node, year)
        return False
    of_points = "_points" if node.measure_unit == "%" and change.direction else ""
    way = {1: "up", -1: "down", 0: "same"}[change.direction]
    draft.say(
        f"change.observed{of_points}_{way}",
        start_year=years[0],
        end_year=years[1],
        node=desk.name(node),
        start=figures.raw(node, years[0]),
        end=figures.raw(node, years[1]),
        change=change,
        marker="".join(dict.fromkeys(raw_marker(desk, node, year) for year in years)),
    )
    return True


def write_growth(desk: Desk, explanation: Explanation) -> None:
    """Say how far a score moved in per cent of what it was, where a question asks for that."""
    start, change = explanation.start, explanation.change
    of_ratio = explanation.node.measure_unit == "%"
    if not (desk.query.asks_growth and (not of_ratio or desk.query.asks_score) and start.value):
        return
    value = 100 * change.value / start.value
    formula = f"({exact(change.value)}) ÷ {exact(start.value)} × 100% = {exact(value)}%"
    growth = desk.figures.figure(
        explanation.node, Kind.CHANGE, value, formula, year=change.year, base_year=change.base_year, measure_unit="%"
    )
    desk.draft.say("change.growth", growth=growth)
