"""Why a score changed: the change, its exact composition, and what the report says about it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import Figure, Status
from assistant.below import outermost
from assistant.desk import Desk
from assistant.figures.computed import Explanation
from assistant.writers.change_context import write_context
from assistant.writers.composition import foremost_part, write_asked_about, write_composition
from assistant.writers.measures import write_gap, write_growth, write_observed
from assistant.writers.movers import way_asked, write_raw, write_upwards
from assistant.writers.recoveries import write_back
from assistant.writers.trends import say_steps
from assistant.writers.years import write_average
from scoring import Node

# A change that is no larger a part of the largest of any year than this has hardly moved a score.
_HARDLY = 0.25
# With how many more decimals a change is given whose rounding is asked about.
_MORE_DECIMALS = 2
_WAYS = {1: "change.went_up", -1: "change.went_down", 0: "change.went_nowhere"}


def write_changes(desk: Desk) -> Status:
    """Explain the change of each node between the first and the last year asked for, or from the year before."""
    query = desk.query
    is_of_each = query.asks_each and query.asks_change
    if query.asks_gap and len(query.nodes) == 2 and not (query.is_range or is_of_each):
        for year in query.years:
            first, second = _foremost_first(desk, year)
            write_gap(desk, first, second, year, said=query.side if query.confirms else 0)
        if len(query.years) > 1:
            _write_widening(desk, query.nodes[0], query.nodes[1])
        return Status.ANSWER
    if len(query.nodes) > 1 and not query.is_nested and (query.asks_same_way or (query.confirms and query.direction)):
        _write_ways(desk)
    asks_if_back = "back" in query.points
    if asks_if_back:
        desk = replace(desk, query=replace(query, direction=0))
    for node in _wholes(desk):
        for start, end in _spans(desk):
            if asks_if_back:
                write_back(desk, node, start, end)
            _write_change(desk, node, start, end)
    return Status.ANSWER


def _write_widening(desk: Desk, node: Node, other: Node) -> None:
    """Say whether two nodes were further apart in the last year asked for than in the first."""
    ends = min(desk.query.years), max(desk.query.years)
    first, last = (desk.figures.difference(node, other, year) for year in ends)
    widened = desk.figures.widening(node, first, last)
    key = {1: "change.gap_widened", -1: "change.gap_narrowed", 0: "change.gap_kept"}[widened.direction]
    desk.draft.say(key, first_year=first.year, last_year=last.year, change=widened)


def _write_ways(desk: Desk) -> None:
    """Say whether all nodes moved the same way, or the way that the question says."""
    start, end = desk.span()
    if start == end:
        return
    draft, changes = desk.draft, {node: desk.figures.change(node, start, end) for node in desk.query.nodes}
    ways = {change.direction for change in changes.values()}
    items = [
        draft.phrase(_WAYS[change.direction], node=desk.name(node), change=change) for node, change in changes.items()
    ]
    key = "change.one_way" if len(ways) == 1 else "change.several_ways"
    draft.say(key, start_year=start, end_year=end, items=draft.phrase("change.beside").join(items))


def _foremost_first(desk: Desk, year: int) -> Sequence[Node]:
    """Give the two nodes that are set apart, where it is asked which of them the one that is ahead first."""
    query, figures = desk.query, desk.figures
    if query.confirms or not (query.asks_which or query.extreme):
        return query.nodes
    return sorted(query.nodes, key=lambda node: -(query.extreme or 1) * figures.score(node, year).value)


def _spans(desk: Desk) -> list[tuple[int, int]]:
    """Give the years between which it changed: where a run of years is spoken of, each of them with the one before."""
    years, first = desk.query.years, desk.figures.years[0]
    if desk.query.kind == "why" and desk.query.run == len(years) > 1 and min(years) > first:
        return [(year - 1, year) for year in sorted(years)]
    return [desk.span()]


def _write_change(desk: Desk, node: Node, start: int, end: int) -> None:
    """Explain one change of a node."""
    desk.draft.paragraph()
    if start == end:
        desk.draft.say(
            "change.first_year",
            year=end,
            node=desk.name(node),
            score=desk.figures.score(node, end),
            marker=desk.printed(node, [end]),
        )
        return
    explanation = desk.figures.explain(node, start, end)
    asks_foremost = desk.query.extreme or desk.query.pulls or desk.query.offsets
    if desk.query.asks_which and asks_foremost and node.children and explanation.parts:
        way = way_asked(desk, explanation) or desk.query.direction or explanation.change.direction or 1
        foremost = foremost_part(desk, explanation, way)
        desk.draft.found[:] = [foremost.node.id]
        if (desk.query.pulls or desk.query.offsets) and foremost.contribution.direction == way:
            key = "change.foremost_up" if way > 0 else "change.foremost_down"
            desk.draft.say(
                key, whole=desk.name(node), node=desk.name(foremost.node), contribution=foremost.contribution
            )
    is_observed = write_observed(desk, explanation)
    write_lead(desk, explanation)
    write_years_within(desk, explanation)
    write_growth(desk, explanation)
    if "subtracted" in desk.query.points:
        _write_exactly(desk, explanation)
    if "average" in desk.query.points:
        write_average(desk, node, start, end)
    if node.children:
        write_asked_about(desk, explanation)
        write_composition(desk, explanation, in_year=len(_spans(desk)) > 1)
    else:
        write_upwards(desk, node, start, end)
        if not is_observed:
            write_raw(desk, node, start, end)
    if desk.query.kind == "why":
        write_context(desk, explanation)
    desk.caution_printed(node, [start, end])


def write_years_within(desk: Desk, explanation: Explanation) -> None:
    """Say what the years of a change tell, where the question speaks of both ways, or of one year that hardly moved."""
    query = desk.query
    start, end = int(explanation.start.year or 0), int(explanation.end.year or 0)
    inside = end - start > 1
    if inside and (query.says_both or (query.confirms and query.direction)):
        say_steps(desk, _steps(desk, explanation.node, start, end), explanation.change)
    elif not inside and "hardly" in query.says:
        _deny_that_it_hardly_moved(desk, explanation)


def _deny_that_it_hardly_moved(desk: Desk, explanation: Explanation) -> None:
    """Say that a year did more than hardly move a score, beside the one that moved it most; else nothing."""
    steps = _steps(desk, explanation.node, desk.figures.years[0], desk.figures.years[-1])
    largest = max(steps, key=lambda step: abs(step.value))
    if abs(explanation.change.value) <= _HARDLY * abs(largest.value):
        return
    for step in steps:
        desk.draft.keep(step)
    desk.draft.say("change.not_hardly")
    desk.draft.say("trend.moved_most", node=desk.name(explanation.node), year=largest.year, change=largest)


def _steps(desk: Desk, node: Node, first: int, last: int) -> list[Figure]:
    """Give the changes of a node from one year in which it has a score to the next, between two years."""
    figures = desk.figures
    years = [y for y in figures.years if first <= y <= last and figures.result.has_score(node.id, y, figures.unit)]
    return [figures.change(node, *step) for step in pairwise(years)]


def _write_exactly(desk: Desk, explanation: Explanation) -> None:
    """Give a change with more decimals, and why subtracting the rounded scores may give another."""
    start, end, change = (
        replace(figure, decimals=figure.decimals + _MORE_DECIMALS)
        for figure in (explanation.start, explanation.end, explanation.change)
    )
    years = {"start_year": start.year, "end_year": end.year}
    desk.draft.say("change.exactly", **years, start=start, end=end, change=change, rounded=explanation.change)


def _wholes(desk: Desk) -> list[Node]:
    """Leave out the nodes below others that are named, where reasons are asked for or which part did most."""
    query, wholes = desk.query, outermost(desk.query.nodes)
    of_parts = query.asks_which and (query.pulls or query.extreme) and len(wholes) == 1
    return wholes if of_parts or (query.kind == "why" and not query.contrasts) else list(query.nodes)


def write_lead(desk: Desk, explanation: Explanation) -> None:
    """Say what changed, after correcting what the question gets wrong.

    Of an indicator of which less is better, "it fell" speaks of its value, and the score moves the other way.
    """
    query, draft, node = desk.query, desk.draft, explanation.node
    start, end, change = explanation.start, explanation.end, explanation.change
    less_is_better = node.is_indicator and node.less_is_better
    of_value = desk.asks_of_value(node)
    of_parts = query.kind == "change" and query.asks_which and node.children
    contrary = (
        bool(query.direction)
        and not (of_parts or query.contrasts or query.pulls or query.drags)
        and (-query.direction if of_value else query.direction) != change.direction
    )
    key = {1: "change.rose", -1: "change.fell", 0: "change.same"}[change.direction]
    if contrary and less_is_better and change.direction and "quality" in query.points:
        draft.say("change.not_worse" if change.direction > 0 else "change.not_better")
    elif contrary and of_value:
        draft.say("change.contrary")
    elif contrary:
        key = {1: "change.not_fallen", -1: "change.not_risen", 0: "change.not_moved"}[change.direction]
    claims = () if query.bound else query.claims  # "above 92 points" tells no value
    desk.deny_claims("value.claimed", claims, [start, end, change, *_known_values(desk, node)])
    desk.deny_claims("change.claimed", query.moves, [change])
    draft.say(
        key,
        node=desk.name(node),
        start=start,
        end=end,
        change=change,
        start_year=start.year,
        end_year=end.year,
        marker=desk.printed(node, [int(end.year or 0), int(start.year or 0)]),
    )
    if less_is_better:
        draft.say("change.lower", node=desk.name(node))


def _known_values(desk: Desk, node: Node) -> list[Figure]:
    """List the scores and observed values of a node in all years, any of which a question may speak of."""
    figures = desk.figures
    known = [each(node, year) for year in figures.years for each in (figures.score_if_any, figures.raw)]
    return [figure for figure in known if figure]
