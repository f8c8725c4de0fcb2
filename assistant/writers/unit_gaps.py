"""How far scored units are apart, why, and whether the gap grows."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.figures.computed import Figures
from assistant.figures.gaps import Gap, GapPart, split_gap
from assistant.writers.units import write_order
from scoring import Node


def write_gaps(desk: Desk) -> Status:
    """Say how far the first unit is above or below each other in each node and year, and where that comes from."""
    query = desk.query
    for node in query.nodes:
        for year in query.years:
            desk.draft.paragraph()
            if query.units:
                _write_gaps(desk, node, year)
            else:
                write_order(desk, node, year)
                _write_gaps(_from_top_to_bottom(desk, node, year), node, year)
    return Status.ANSWER


def _write_gaps(desk: Desk, node: Node, year: int) -> None:
    query = desk.query
    for other in desk.others:
        desk.draft.paragraph()
        if not (node.children and (query.kind == "why" or query.asks_parts)):
            write_gap(desk, node, other, year)
            continue
        gap = split_gap(desk.figures, other, node, year)
        if query.side and query.asks_parts:
            _write_side(desk, gap, other, query.side)
            write_gap(desk, node, other, year)
        else:
            write_gap(desk, node, other, year)
            _write_sides(desk, gap, other)
        _write_table(desk, gap, other)


def _from_top_to_bottom(desk: Desk, node: Node, year: int) -> Desk:
    """Set the unit with the highest score against the one with the lowest."""
    ranked = sorted((desk.figures, *desk.others), key=lambda figures: figures.score(node, year).value)
    return replace(desk, figures=ranked[-1], others=ranked[:1])


def write_gap(desk: Desk, node: Node, other: Figures, year: int) -> None:
    """Say how far the first unit is above or below another."""
    gap = desk.figures.lead(other, node, year)
    desk.draft.say(
        {1: "units.above", -1: "units.below", 0: "units.level_with"}[gap.direction],
        unit=desk.figures.unit,
        other=other.unit,
        year=year,
        node=desk.name(node),
        score=desk.figures.score(node, year),
        other_score=other.score(node, year),
        gap=gap,
        marker=desk.printed(node, [year]) + desk.of(other).printed(node, [year]),
    )
    if desk.query.asks_raw and (apart := desk.figures.raw_lead(other, node, year)):
        of_points = "_points" if node.measure_unit == "%" else ""
        desk.draft.say(
            f"units.raw_apart{of_points}",
            unit=desk.figures.unit,
            other=other.unit,
            year=year,
            node=desk.name(node),
            value=desk.figures.raw(node, year),
            other_value=other.raw(node, year),
            gap=apart,
        )


def _write_sides(desk: Desk, gap: Gap, other: Figures) -> None:
    """Say in which indicators a unit is ahead and behind, what decides first."""
    ahead = gap.gap.direction or 1
    for side in (ahead, -ahead):
        if _on_side(gap, side):
            _write_side(desk, gap, other, side)
    desk.draft.say("units.exact", total=gap.total)


def _write_side(desk: Desk, gap: Gap, other: Figures, side: int) -> None:
    """List the indicators in which a unit is ahead, or behind, with their effect on the gap."""
    draft = desk.draft
    parts = _on_side(gap, side)
    items = [draft.phrase("units.part", node=desk.name(p.node), contribution=p.contribution) for p in parts]
    where = "ahead" if side > 0 else "behind"
    values = {"unit": desk.figures.unit, "other": other.unit, "year": gap.own.year}
    if items:
        draft.say(f"units.{where}", **values, parts=draft.wording.join(items))
    else:
        draft.say(f"units.{where}_none", **values, node=desk.name(gap.node))


def _on_side(gap: Gap, side: int) -> list[GapPart]:
    return [part for part in gap.parts if part.gap and part.gap.direction == side]


def _write_table(desk: Desk, gap: Gap, other: Figures) -> None:
    rows = "\n".join(_row(desk, part) for part in gap.parts)
    unit = desk.draft.wording.in_brackets(desk.figures.definition.score_unit)
    desk.draft.block(
        desk.draft.phrase("units.gap_table", unit=desk.figures.unit, other=other.unit, in_unit=unit, rows=rows)
    )


def _row(desk: Desk, part: GapPart) -> str:
    return desk.draft.phrase(
        "units.gap_row",
        node=desk.name(part.node),
        own=part.own,
        other=part.other,
        gap=part.gap,
        weight=part.weight,
        contribution=part.contribution,
    )


def write_gap_trends(desk: Desk) -> Status:
    """Say whether the gap between the first unit and each other grew over the years."""
    for node in desk.query.nodes:
        ends = desk if desk.query.units else _from_top_to_bottom(desk, node, desk.figures.years[-1])
        for other in ends.others:
            desk.draft.paragraph()
            _write_course(ends, node, other)
    return Status.ANSWER


def _write_course(desk: Desk, node: Node, other: Figures) -> None:
    draft, own = desk.draft, desk.figures
    asked = desk.query.years
    years = [year for year in own.years if year in other.years]
    if len(asked) > 1:
        years = [year for year in years if min(asked) <= year <= max(asked)]
    gaps = [own.lead(other, node, year) for year in years]
    if desk.query.bound:
        _write_years_ahead(desk, node, other, [gap for gap in gaps if gap.direction == desk.query.bound])
    if desk.query.extreme and "when" in desk.query.points:
        _write_extreme_gap(desk, node, other, gaps)
    widened = own.widening(node, gaps[0], gaps[-1])
    draft.say(
        {1: "units.widened", -1: "units.narrowed", 0: "units.kept"}[widened.direction],
        unit=own.unit,
        other=other.unit,
        node=desk.name(node),
        change=widened,
        first_year=years[0],
        last_year=years[-1],
    )
    for year in (years[0], years[-1]):
        write_gap(desk, node, other, year)
    _write_course_table(
        desk, node, [(own.score(node, y), other.score(node, y), own.lead(other, node, y)) for y in years]
    )


def _write_extreme_gap(desk: Desk, node: Node, other: Figures, gaps: Sequence[Figure]) -> None:
    """Say in which year the gap was largest, or smallest."""
    way = desk.query.extreme
    extreme = max(gaps, key=lambda gap: way * abs(gap.value))
    desk.draft.say(
        "units.gap_largest" if way > 0 else "units.gap_smallest",
        unit=desk.figures.unit,
        other=other.unit,
        node=desk.name(node),
        year=extreme.year,
        gap=extreme,
    )


def _write_years_ahead(desk: Desk, node: Node, other: Figures, gaps: Sequence[Figure]) -> None:
    """Say in which years the first unit stands above another, or below it, whichever is asked for."""
    draft = desk.draft
    way = "above" if desk.query.bound > 0 else "below"
    draft.say(
        f"units.years_{way}" if gaps else f"units.never_{way}",
        unit=desk.figures.unit,
        other=other.unit,
        node=desk.name(node),
        years=draft.wording.join([str(gap.year) for gap in gaps]),
    )


def _write_course_table(desk: Desk, node: Node, rows: Sequence[tuple[Figure, Figure, Figure]]) -> None:
    draft = desk.draft
    lines = [
        draft.phrase("units.course_row", year=score.year, own=score, other=other, gap=gap) for score, other, gap in rows
    ]
    unit = draft.wording.in_brackets(desk.figures.definition.score_unit)
    draft.block(
        draft.phrase(
            "units.course_table", unit=rows[0][0].unit, other=rows[0][1].unit, in_unit=unit, rows="\n".join(lines)
        )
    )
