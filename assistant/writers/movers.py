"""What moved a score: the indicators under it in order of weight; and what an indicator did to the nodes above it."""

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.figures.computed import Explanation, Part
from assistant.writers.values import is_taken_over, raw_values
from scoring import Node


def write_movers(
    desk: Desk, explanation: Explanation, most_leading: int | None = None, most_opposing: int | None = None
) -> None:
    """Say which indicators moved the score, in order of weight, and which offset them; or the foremost of either."""
    draft = desk.draft
    ahead = explanation.change.direction or 1
    asked = (way_asked(desk, explanation) if desk.query.kind == "why" else 0) or ahead
    leading, opposing = (
        [part for part in explanation.parts if part.contribution.direction == way] for way in (asked, -asked)
    )
    moved, against = ("change.raised", "change.lowered")[:: 1 if asked > 0 else -1]
    against = "change.offset_by" if asked == ahead else against
    for parts, most, key in ((leading, most_leading, moved), (opposing, most_opposing, against)):
        shown = parts[:most]
        if shown:
            key = key if shown == parts else f"{key}_mainly"
            draft.say(key, node=desk.name(explanation.node), parts=items_of(desk, shown))


def write_unmoved(desk: Desk, explanation: Explanation) -> None:
    """Say which indicators did not move the score."""
    unmoved = [part for part in explanation.parts if not part.contribution.direction]
    for part in unmoved:
        desk.draft.keep(part.contribution)
    if unmoved:
        desk.draft.say("change.unmoved", parts=desk.names([part.node for part in unmoved]))


def write_upwards(desk: Desk, node: Node, start: int, end: int, *, by_name: bool = False) -> None:
    """Say what the change of an indicator did to each node above it; by its name among others."""
    draft, figures = desk.draft, desk.figures
    above = [figures.contribution(node, step, start, end) for step in figures.definition.path(node.id)[-2::-1]]
    if any(contribution.direction for contribution in above):
        parts = [
            draft.phrase("change.upward", parent=desk.name(figures.definition.nodes[str(c.within)]), contribution=c)
            for c in above
        ]
        key = "change.upwards_of" if by_name else "change.upwards"
        draft.say(key, node=desk.name(node), contributions=draft.wording.join(parts))


def write_upwards_alone(desk: Desk, node: Node, start: int, end: int) -> None:
    """Say what the change of an indicator did to the whole index."""
    root = desk.figures.definition.root
    contribution = desk.figures.contribution(node, root, start, end)
    if contribution.direction:
        desk.draft.say("change.upward_alone", node=desk.name(node), parent=desk.name(root), contribution=contribution)


def write_raw(desk: Desk, node: Node, start: int, end: int, *, by_name: bool = False, explains: bool = True) -> None:
    """Say what was observed of an indicator in two years; a text to be pasted `explains` not how the score differs."""
    years = [year for year in (start, end) if desk.figures.raw(node, year)]
    if values := raw_values(desk, node, [start, end]):
        is_same = all(is_taken_over(desk, node, year) for year in years)
        key = "change.raw_same" if is_same else "change.raw" if explains else "change.raw_alone"
        desk.draft.say(f"{key}_of" if by_name else key, node=desk.name(node), values=values)


def way_asked(desk: Desk, explanation: Explanation) -> int:
    """Tell which way those moved a whole that are asked for: that pulled it down, or worked against it; 0 for any."""
    if desk.query.offsets:
        return -explanation.change.direction
    return -1 if desk.query.drags else 0


def items_of(desk: Desk, parts: Sequence[Part]) -> str:
    """List parts, each with what it contributed."""
    return desk.draft.wording.join(
        [desk.draft.phrase("change.item", node=desk.name(part.node), contribution=part.contribution) for part in parts]
    )
