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


def write_upwards(
    desk: Desk,
    node: Node,
    start: int,
    end: int,
    *,
    by_name: bool = False,
    explains: bool = True,
    is_observed: bool = False,
) -> None:
    """Say what the change of an indicator did to the nodes above it, and what was observed; by name among others.

    A text to be pasted `explains` nothing of how scores and observed values differ; what `is_observed` was said before.
    """
    draft, figures = desk.draft, desk.figures
    of_it = "_of" if by_name else ""
    above = [figures.contribution(node, step, start, end) for step in figures.definition.path(node.id)[-2::-1]]
    if any(contribution.direction for contribution in above):
        parts = [
            draft.phrase("change.upward", parent=desk.name(figures.definition.nodes[str(c.within)]), contribution=c)
            for c in above
        ]
        draft.say(f"change.upwards{of_it}", node=desk.name(node), contributions=draft.wording.join(parts))
    if not is_observed and (values := raw_values(desk, node, [start, end])):
        known = [year for year in (start, end) if figures.raw(node, year)]
        is_same = all(is_taken_over(desk, node, year) for year in known)
        key = "change.raw_same" if is_same else "change.raw" if explains else "change.raw_alone"
        draft.say(f"{key}{of_it}", node=desk.name(node), values=values)


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
