"""Whether a score has come back to where it was in another year, or before it fell."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.answer import Figure
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from scoring import Node


def since_it_was_there(desk: Desk, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Tell the years between which a node may have come back to where it was.

    That is the year named, or the last one before it fell, once or several years in a row.
    """
    query = desk.query
    if query.kind != "change" or "back" not in query.points or len(nodes) != 1 or len(query.years) > 2:
        return ()
    steps, latest = _steps(desk, nodes[0]), desk.figures.years[-1]
    named = min((year for year in query.years if year != query.to_year), default=latest)
    of_fall = len(query.years) > 1 or phrasings().directions["fall"].search(normalise(query.text))
    is_of_fall = bool(of_fall) and any(step.year == named and step.direction < 0 for step in steps)
    if query.to_year or (len(query.years) > 1 and not is_of_fall):
        start = query.to_year or named
    else:
        start = _before_the_fall(steps, named)
    end = latest if is_of_fall and not query.to_year else max((*query.years, named))
    return (start, end) if start < end else ()


def write_back(desk: Desk, node: Node, start: int, end: int) -> None:
    """Say whether a score has come back to where it was, or that it had not fallen before."""
    if start == end:
        return
    is_named = desk.query.to_year or len(desk.query.years) > 1
    if not is_named and _before_the_fall(_steps(desk, node), end) == end:
        desk.draft.say("change.no_fall", year=end, node=desk.name(node))
        return
    way = desk.figures.change(node, start, end).direction
    desk.draft.say({1: "change.back_above", 0: "change.back", -1: "change.not_back"}[way], year=start)


def _steps(desk: Desk, node: Node) -> list[Figure]:
    """List what a node moved by from each of its years to the next."""
    years = [year for year in desk.figures.years if desk.figures.score_if_any(node, year)]
    return [desk.figures.change(node, *step) for step in pairwise(years)]


def _before_the_fall(steps: Sequence[Figure], year: int) -> int:
    """Tell the year before the last falls in a row up to a year; that year itself where there was none."""
    start = year
    for step in reversed([step for step in steps if int(step.year or 0) <= year]):
        if step.direction < 0:
            start = int(step.base_year or 0)
        elif start < year:
            break
    return start
