"""How far two nodes are apart, and how far one moved: in the unit observed, or in per cent of what it was."""

from assistant.answer import Kind
from assistant.desk import Desk
from assistant.figures import Explanation
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


def write_asked_measures(desk: Desk, explanation: Explanation) -> None:
    """Say how far the observed value moved, or the score in per cent, where a question asks for that."""
    of_ratio = explanation.node.measure_unit == "%"
    if desk.query.asks_raw and explanation.node.measure_unit:
        _write_observed(desk, explanation)
    if desk.query.asks_growth and (not of_ratio or desk.query.asks_score) and explanation.start.value:
        _write_growth(desk, explanation)


def _write_observed(desk: Desk, explanation: Explanation) -> None:
    draft, figures, node = desk.draft, desk.figures, explanation.node
    years = (int(explanation.start.year or 0), int(explanation.end.year or 0))
    start, end = (figures.raw(node, year) for year in years)
    if start is None or end is None:
        for year in years:
            if figures.raw(node, year) is None:
                say_raw_unknown(desk, node, year)
        return
    moved = end.value - start.value
    formula = f"{exact(end.value)} - {exact(start.value)} = {exact(moved)}"
    decimals = max(start.decimals, end.decimals)
    change = figures.figure(
        node, Kind.CHANGE, moved, formula, year=years[1], base_year=years[0], measure_unit=node.measure_unit,
        decimals=decimals,
    )  # fmt: skip
    draft.say(
        "change.observed_points" if node.measure_unit == "%" else "change.observed",
        start_year=years[0],
        end_year=years[1],
        start=start,
        end=end,
        change=change,
        marker="".join(dict.fromkeys(raw_marker(desk, node, year) for year in years)),
    )


def _write_growth(desk: Desk, explanation: Explanation) -> None:
    start, change = explanation.start, explanation.change
    value = 100 * change.value / start.value
    formula = f"({exact(change.value)}) ÷ {exact(start.value)} × 100% = {exact(value)}%"
    growth = desk.figures.figure(
        explanation.node, Kind.CHANGE, value, formula, year=change.year, base_year=change.base_year, measure_unit="%"
    )
    desk.draft.say("change.growth", growth=growth)
