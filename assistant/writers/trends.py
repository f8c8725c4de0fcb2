"""How a score developed over the years."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import Chart, ChartKind, Figure, Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.query import Query
from assistant.writers.values import raw_values
from assistant.writers.year_bounds import judge_only_then
from assistant.writers.years import (
    asks_moved_years,
    asks_peak,
    asks_step,
    write_average,
    write_pointed,
    write_steady,
)
from scoring import Node


def write_trends(desk: Desk) -> Status:
    """Describe the course of each node over the years asked for, or all of them."""
    named = desk.query.years
    years = desk.figures.years
    if _asks_which_of_two(desk.query):
        desk = replace(desk, query=replace(desk.query, extreme=desk.query.extreme or desk.query.side))
        years = sorted(named)
    elif len(named) > 1:
        first = min(named)
        if desk.query.run == max(named) - first + 1 or _asks_each_step(desk.query) or _asks_which_step(desk.query):
            first -= 1  # the years named are those in which it moved
        years = [year for year in years if first <= year <= max(named)]
    if (
        desk.query.levels
        and desk.query.direction
        and ("steady" in desk.query.points or desk.query.never or desk.query.ever)
    ):
        for depth in dict.fromkeys(desk.query.levels):
            write_steady(desk, depth, years)
        return Status.ANSWER
    for node in desk.query.nodes:
        desk.draft.paragraph()
        scored = desk.scored_years(node, years)
        if len(desk.figures.years) == 1:
            _write_only_year(desk, node)
        elif not write_pointed(desk, node, scored):
            _write_trend(desk, node, scored)
        desk.caution_printed(node, scored)
    return Status.ANSWER


def _asks_which_of_two(query: Query) -> bool:
    """Whether it is asked in which of two years a score was higher, or lower."""
    of_two = (
        len(query.years) == 2
        and not (query.is_range or phrasings().inside.search(normalise(query.text)))
        and "when" in query.points
    )
    return bool(of_two and (query.extreme or query.side) and not (query.direction or query.asks_change))


def _asks_which_step(query: Query) -> bool:
    """Whether it is asked in which of the years of a range a score moved most, or least."""
    return query.is_range and asks_step(query) and "when" in query.points


def _asks_each_step(query: Query) -> bool:
    """Whether it is asked by how much a score moved in each of some years."""
    moves = query.direction or query.asks_change
    of_each = "steady" in query.points or (query.asks_each and len(query.nodes) == 1)
    return bool(query.is_range and moves and query.asks_amount and of_each)


def _write_only_year(desk: Desk, node: Node) -> None:
    """Say that there is no course where there is one year only, and give its score."""
    [year] = desk.figures.years
    score = desk.figures.score(node, year)
    desk.draft.say("trend.only_year", year=year, node=desk.name(node), score=score, marker=desk.printed(node, [year]))


def write_course(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Say from where to where a score went over some years."""
    change = desk.figures.change(node, years[0], years[-1])
    desk.draft.say(
        {1: "trend.rose", -1: "trend.fell", 0: "trend.same"}[change.direction],
        first_year=years[0],
        last_year=years[-1],
        node=desk.name(node),
        first=desk.figures.score(node, years[0]),
        last=desk.figures.score(node, years[-1]),
        change=change,
        marker=desk.printed(node, [years[0], years[-1]]),
    )


def draw_course(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Give a score over some years as a table and a chart."""
    figures = desk.figures
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    scores = [figures.score(node, year) for year in years]
    _table(desk, scores, steps)
    title = desk.draft.phrase("trend.chart", node=desk.name(node), first_year=years[0], last_year=years[-1])
    desk.draft.charts.append(Chart(ChartKind.LINE, title, tuple(scores)))


def _write_trend(desk: Desk, node: Node, years: list[int]) -> None:
    draft, figures = desk.draft, desk.figures
    scores = [figures.score(node, year) for year in years]
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    change = figures.change(node, years[0], years[-1])
    if "only_then" in desk.query.points:
        judge_only_then(desk, [step for step in steps if step.direction == desk.query.direction])
    if asks_step(desk.query):
        _extreme_step(desk, node, steps, years)
    write_course(desk, node, years)
    if "average" in desk.query.points and len(years) > 1:
        write_average(desk, node, years[0], years[-1])
    if node.is_indicator and node.less_is_better:
        draft.say("change.lower", node=desk.name(node))
    if len(steps) > 1 and not asks_moved_years(desk.query) and all(_is_from_year_before(desk, step) for step in steps):
        say_steps(desk, steps, change)
    if not asks_peak(desk.query) and len({score.display for score in scores}) > 1:
        best = max(scores, key=lambda score: score.value)
        worst = min(scores, key=lambda score: score.value)
        _end(desk, scores, best, "best")
        _end(desk, scores, worst, "worst")
    parts = figures.explain(node, years[0], years[-1]).parts if node.children and change.direction else ()
    if len(parts) > 1:
        for part in parts:
            draft.keep(part.contribution)
        leading = max(parts, key=lambda part: part.contribution.value * change.direction)
        draft.say("trend.driver", node=desk.name(leading.node), contribution=leading.contribution)
    if desk.query.asks_raw and (values := raw_values(desk, node, years)):
        draft.say("change.raw", values=values)
    draw_course(desk, node, years)
    quotation = desk.sources.remarks.about(node, years[-1], figures.years, change.direction, desk.of_others())
    if quotation is not None:
        draft.say("trend.context")
        draft.block(draft.phrase("passages.quote", quote=quotation.quote, marker=desk.marker(quotation)))


def _end(desk: Desk, scores: Sequence[Figure], figure: Figure, key: str) -> None:
    """Tell the highest or lowest score with its year, or with all years that it was held in."""
    draft = desk.draft
    held = [score for score in scores if score.display == figure.display]
    if len(held) > 1:
        for score in held:
            draft.keep(score)
        years = draft.wording.join([draft.phrase("trend.year", year=score.year) for score in held])
        draft.say(f"trend.{key}_of_years", years=years, score=figure)
    else:
        draft.say(f"trend.{key}", **{key: draft.phrase("trend.in_year", year=figure.year, score=figure)})


def say_steps(desk: Desk, steps: Sequence[Figure], change: Figure) -> None:
    """Say in which years of a change it went up and down."""
    draft = desk.draft
    directions = {step.direction for step in steps}
    if directions == {1}:
        draft.say("trend.every_year_up")
        return
    if directions == {-1}:
        draft.say("trend.every_year_down")
        return
    against = -1 if change.direction >= 0 else 1
    if change.direction > 0:
        draft.say("trend.not_steady")
    for direction, key in ((against, {-1: "trend.falls", 1: "trend.rises"}[against]), (0, "trend.flats")):
        years = [
            draft.phrase("trend.step" if direction else "trend.year", year=step.year, change=step)
            for step in steps
            if step.direction == direction
        ]
        if years:
            draft.say(key, years=draft.wording.join(years))


def _is_from_year_before(desk: Desk, step: Figure) -> bool:
    """Whether no year of the data, one that lacks the score, lies inside a step."""
    return not any(int(step.base_year or 0) < year < int(step.year or 0) for year in desk.figures.years)


def _extreme_step(desk: Desk, node: Node, steps: Sequence[Figure], years: Sequence[int]) -> None:
    """Say in which year it moved most, or least, in the direction asked for; without one, the way it can be largest."""
    sign = desk.query.direction
    moved = [step for step in steps if step.direction == sign] if sign else [step for step in steps if step.direction]
    if not moved:
        if sign:
            key = "trend.never_up" if sign > 0 else "trend.never_down"
            desk.draft.say(key, node=desk.name(node), first_year=years[0], last_year=years[-1])
        return
    step = max(moved, key=lambda step: desk.query.extreme * abs(step.value))
    desk.draft.found_years[:] = [int(step.year or 0)]
    moved_how = {1: "rose", -1: "fell", 0: "moved"}[sign]
    degree = "most" if desk.query.extreme > 0 else "least"
    desk.draft.say(f"trend.{moved_how}_{degree}", node=desk.name(node), year=step.year, change=step)


def _table(desk: Desk, scores: list[Figure], steps: list[Figure]) -> None:
    draft = desk.draft
    for figure in (*scores, *steps):
        draft.keep(figure)
    draft.block(
        draft.phrase(
            "trend.table",
            years=" | ".join(str(score.year) for score in scores),
            rules=" ---: |" * len(scores),
            scores=" | ".join(score.display for score in scores),
            changes=" | ".join(["—", *(step.display if _is_from_year_before(desk, step) else "—" for step in steps)]),
        )
    )
