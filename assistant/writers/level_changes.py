"""Which nodes of a level fell, rose or stayed where they were."""

from collections.abc import Sequence

from assistant.answer import Figure, Status
from assistant.below import is_below
from assistant.desk import Desk
from scoring import Node

_GROUPS = {-1: "change.level_fell", 1: "change.level_rose", 0: "change.level_same"}


def write_level_changes(desk: Desk) -> Status:
    """Tell which nodes of a level, or those of it below a node, moved between the first and the last year asked for."""
    draft, figures = desk.draft, desk.figures
    whole = next(iter(desk.query.nodes), figures.definition.root)
    start, end = desk.span()
    if start == end:
        draft.say("ranking.first_year", year=end)
        return Status.ANSWER
    for depth in dict.fromkeys(desk.query.levels):
        below = [node for node in desk.at_level(depth) if is_below(node, [whole])]
        if not below:
            continue
        nodes = desk.scored(below, [start, end])
        draft.paragraph()
        draft.say(
            "change.level" if whole is figures.definition.root else "change.level_of",
            whole=desk.name(whole),
            start_year=start,
            end_year=end,
            count=figures.count(nodes, whole),
            level=desk.level(nodes[0]),
        )
        moves = [(node, figures.change(node, start, end)) for node in nodes]
        groups: list[str] = []
        if way := desk.query.direction:
            draft.found[:] = [node.id for node, change in moves if change.direction == way]
        first = desk.query.direction or (0 if "unmoved" in desk.query.points else -1)
        for direction, key in sorted(_GROUPS.items(), key=lambda group: group[0] != first):
            moved = [(node, change) for node, change in moves if change.direction == direction]
            if moved:
                groups.append(_moved(desk, key, moved, whole))
            elif direction == first and (first == 0 or desk.query.direction):
                key = {-1: "change.level_none_fell", 0: "change.level_none_same", 1: "change.level_none_rose"}[first]
                groups.append(draft.phrase(key))
        draft.add("；".join(groups) + "。" if draft.language == "zh" else "; ".join(groups) + ".")
        if marker := desk.printed_of_each(nodes, end):
            draft.say("change.level_marked", marker=marker)
    return Status.ANSWER


def _moved(desk: Desk, key: str, moved: Sequence[tuple[Node, Figure]], whole: Node) -> str:
    """Write one group of nodes below a whole, largest movement first."""
    draft, figures = desk.draft, desk.figures
    start, end = desk.span()
    items = [
        draft.phrase(
            "change.level_item",
            node=desk.name(node),
            start=figures.score(node, start),
            end=figures.score(node, end),
            change=change,
        )
        for node, change in sorted(moved, key=lambda pair: -abs(pair[1].value))
    ]
    nodes = [node for node, _ in moved]
    count = figures.count(nodes, whole)
    return draft.phrase(key, count=count, parts=draft.wording.join(items))
