"""Which of several nodes moved most from one year to the next, over all years."""

from itertools import pairwise

from assistant.answer import Status
from assistant.desk import Desk

_MOST = 3


def write_greatest_steps(desk: Desk) -> Status:
    """Give the greatest movements of the nodes of a level from one year to the next, the greatest first."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    root, way = figures.definition.root, query.direction
    depth = next(iter(query.levels), figures.definition.lowest_level)
    first, last = (min(query.years), max(query.years)) if query.is_range else (figures.years[0], figures.years[-1])
    years = [year for year in figures.years if first <= year <= last]
    nodes = desk.scored(desk.at_level(depth), years)
    steps = [(node, figures.change(node, start, end)) for node in nodes for start, end in pairwise(years)]
    moved = sorted((step for step in steps if step[1].direction == way), key=lambda step: -abs(step[1].value))
    if not moved:
        return Status.REFUSE
    draft.found[:] = [moved[0][0].id]
    items = [
        draft.phrase(
            "steps.item",
            node=desk.name(node),
            year=change.year,
            start=figures.score(node, int(change.base_year or 0)),
            end=figures.score(node, int(change.year or 0)),
            change=change,
            marker=desk.printed(node, [int(change.year or 0)]),
        )
        for node, change in moved[:_MOST]
    ]
    draft.say(
        "steps.rose" if way > 0 else "steps.fell",
        first=years[0],
        last=years[-1],
        count=figures.count(nodes, root),
        level=desk.level_of_all(nodes),
        foremost=items[0],
    )
    if items[1:]:
        draft.say("steps.next", others=draft.wording.join(items[1:]))
    return Status.ANSWER
