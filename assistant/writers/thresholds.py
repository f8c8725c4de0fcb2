"""Which nodes lie above or below a size that is named: of scores, of movements, or full marks."""

import operator
from collections.abc import Callable, Mapping, Sequence

from assistant.answer import Figure
from assistant.desk import Desk
from assistant.writers.values import is_best
from scoring import Node

# Which scores are asked for by the side of a bound that is named.
_BOUNDED: Mapping[int, tuple[str, Callable[[float, float], bool]]] = {
    1: ("above", operator.ge),
    -1: ("below", operator.lt),
    0: ("at", operator.eq),
}
_BEYOND: tuple[str, Callable[[float, float], bool]] = ("beyond", operator.gt)

Ranked = Sequence[tuple[Node, Figure]]


def write_bounded(desk: Desk, found: Ranked, bound: float) -> None:
    """Tell which scores lie below a bound, at it and above, or where no side is named just there."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    key, holds = _BEYOND if desk.query.is_beyond else _BOUNDED[desk.query.bound]
    held = sorted((pair for pair in found if holds(pair[1].value, bound)), key=lambda pair: -pair[1].value)
    items = [draft.phrase("ranking.item", node=desk.name(node), value=figure) for node, figure in held]
    values = {
        "year": found[0][1].year,
        "count": figures.count([node for node, _ in found], root),
        "level": desk.level(found[0][0]),
        "bound": desk.prospects.goal(root, bound),
        "marker": desk.printed_of_each([node for node, _ in held or found], int(found[0][1].year or 0)),
    }
    if not held:
        draft.say(f"ranking.none_{key}", **values)
        return
    number = figures.count([node for node, _ in held], root)
    draft.say(f"ranking.{key}", **values, number=number, nodes=draft.wording.join(items))


def write_bounded_moves(desk: Desk, found: Ranked, bound: float) -> None:
    """Tell which nodes rose, or fell, by more than a bound, or by less."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    root, ahead = figures.definition.root, query.direction
    holds = operator.lt if query.bound < 0 else operator.ge
    moved = [pair for pair in found if pair[1].direction == ahead and holds(abs(pair[1].value), bound)]
    ranked = sorted(moved, key=lambda pair: -abs(pair[1].value))
    items = [draft.phrase("ranking.item", node=desk.name(node), value=change) for node, change in ranked]
    key = f"ranking.{'rose' if ahead > 0 else 'fell'}_{'less' if query.bound < 0 else 'more'}"
    draft.say(
        key if ranked else f"{key}_none",
        start_year=found[0][1].base_year,
        end_year=found[0][1].year,
        count=figures.count([node for node, _ in found], root),
        level=desk.level_of_all([node for node, _ in found]),
        number=figures.count([node for node, _ in ranked], root),
        bound=desk.prospects.goal(root, bound),
        nodes=draft.wording.join(items),
        marker=desk.printed_of_each([node for node, _ in ranked or found], int(found[0][1].year or 0)),
    )


def write_full(desk: Desk, nodes: Sequence[Node], year: int) -> None:
    """Tell which nodes scored as high as they can, or did not."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    falls_short = desk.query.bound < 0
    found = [node for node in nodes if is_best(desk, node, year) is not falls_short]
    items = [draft.phrase("ranking.item", node=desk.name(node), value=figures.score(node, year)) for node in found]
    what = "short" if falls_short else "full"
    draft.say(
        f"ranking.{what}" if found else f"ranking.none_{what}",
        year=year,
        count=figures.count(nodes, root),
        level=desk.level(nodes[0]),
        number=figures.count(found, root),
        nodes=draft.wording.join(items),
        marker=desk.printed_of_each(found or nodes, year),
    )
