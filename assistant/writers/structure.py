"""What the index is made of: hierarchy and levels."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.writers.values import say_part_scores
from scoring import Node


def _write_inverse(desk: Desk) -> Status:
    """List the indicators of which less is better."""
    figures, root = desk.figures, desk.figures.definition.root
    whole = next(iter(desk.query.nodes), root)
    inverse = [leaf for leaf in figures.definition.leaves(whole.id) if leaf.less_is_better]
    if inverse:
        count = figures.count(inverse, whole)
        desk.draft.say("hierarchy.inverse", node=desk.name(whole), count=count, nodes=desk.names(inverse))
    else:
        desk.draft.say("hierarchy.no_inverse", node=desk.name(whole))
    return Status.ANSWER


def write_hierarchy(desk: Desk) -> Status:
    """Tell where each node stands: its parent and siblings, or its children; or what stands on a level."""
    if "inverse" in desk.query.points:
        return _write_inverse(desk)
    if not desk.query.nodes and desk.query.levels:
        for depth in dict.fromkeys(desk.query.levels):
            desk.draft.paragraph()
            nodes = desk.at_level(depth)
            write_level(desk, desk.level(nodes[0]), nodes)
            root = desk.figures.definition.root
            beside = [child for child in root.children if child.is_indicator and child not in nodes]
            if beside and set(nodes) <= set(root.children):
                desk.draft.say("hierarchy.beside", nodes=desk.names(beside), node=desk.name(root))
        return Status.ANSWER
    if not desk.query.nodes:
        return _write_levels(desk)
    for node in desk.query.nodes:
        desk.draft.paragraph()
        if not (node.children and desk.query.asks_below):
            _place(desk, node)
        elif _asks_weight(desk):
            say_weight(desk, node, desk.figures.definition.root)
        if node.children:
            write_children(desk, node)
            parts = node.children if len(node.children) > 1 else desk.figures.definition.leaves(node.id)
            desk.draft.found[:] = [part.id for part in parts]
            if any(child.children for child in node.children):
                leaves = desk.figures.definition.leaves(node.id)
                count = desk.figures.count(leaves, node)
                desk.draft.say(
                    "hierarchy.indicators",
                    node=desk.name(node),
                    count=count,
                    level=desk.level(leaves[0]),
                    nodes=desk.names(leaves),
                )
            if desk.query.asks_score:
                say_part_scores(desk, parts, max(desk.query.years, default=desk.figures.years[-1]))
    return Status.ANSWER


def write_absent_level(desk: Desk) -> Status:
    """Say that the index has no such level, and which it has."""
    desk.draft.say("outside.level", node=desk.name(desk.figures.definition.root))
    _write_levels(desk)
    return Status.REFUSE


def _write_levels(desk: Desk) -> Status:
    """Tell what stands on each level below the whole index."""
    definition = desk.figures.definition
    depths = sorted({definition.storey(node.id) for node in definition.nodes.values()} - {1})
    desk.draft.say(
        "hierarchy.levels",
        node=desk.name(definition.root),
        count=desk.figures.count_of(len(depths), desk.draft.phrase("hierarchy.below"), definition.root),
    )
    write_children(desk, definition.root)
    for depth in depths:
        desk.draft.paragraph()
        nodes = desk.at_level(depth)
        write_level(desk, desk.level(nodes[0]), nodes)
    return Status.ANSWER


def _asks_weight(desk: Desk) -> bool:
    """Whether it is asked too what a part of the index weighs."""
    return bool(phrasings().assumptions["weight"].search(normalise(desk.query.text)))


def _place(desk: Desk, node: Node) -> None:
    definition = desk.figures.definition
    parent = definition.parent(node.id)
    if parent is None:
        desk.draft.say("hierarchy.top", node=desk.name(node))
        return
    marker = desk.marker(desk.sources.weights([node]))
    say_above(desk, node)
    desk.draft.say(
        "hierarchy.parent",
        node=desk.name(node),
        level=desk.level(node),
        parent=desk.name(parent),
        marker=marker,
    )
    if _asks_weight(desk):
        say_weight(desk, node, definition.root)
    siblings = [sibling for sibling in parent.children if sibling is not node]
    if siblings:
        desk.draft.say("hierarchy.siblings", siblings=desk.names(siblings))
    else:
        desk.draft.say("hierarchy.alone")
    path = " > ".join(desk.name(step) for step in definition.path(node.id))
    desk.draft.say("hierarchy.path", path=path)


def write_children(desk: Desk, node: Node) -> None:
    """Tell what a node is made of."""
    parts = [
        desk.draft.phrase("hierarchy.child", node=desk.name(child), percent=desk.figures.weight_share(child, node))
        for child in node.children
    ]
    desk.draft.say(
        "hierarchy.children",
        node=desk.name(node),
        count=desk.figures.count(node.children, node),
        levels=desk.draft.wording.many(len(node.children), desk.level_of_all(node.children)),
        parts=desk.draft.wording.join(parts),
        marker=desk.marker(desk.sources.weights(node.children)),
    )
    if node.aggregation != "arithmetic":
        desk.draft.say(f"hierarchy.{node.aggregation}")


def write_level(desk: Desk, level: str, nodes: Sequence[Node]) -> None:
    """Tell what stands on a level."""
    desk.draft.say(
        "hierarchy.level",
        level=level,
        count=desk.figures.count(nodes, desk.figures.definition.root),
        nodes=desk.names(nodes),
        marker=desk.marker(desk.sources.weights(nodes)),
    )


def say_weight(desk: Desk, node: Node, within: Node) -> None:
    """Say what a node weighs in one above it."""
    desk.draft.say(
        "weight.of",
        node=desk.name(node),
        within=desk.name(within),
        weight=desk.figures.weight(node, within),
        percent=desk.figures.weight_share(node, within),
        marker=desk.marker(desk.sources.weights([node])),
    )


def say_above(desk: Desk, node: Node, *, parent_too: bool = False) -> None:
    """Say which nodes a node belongs to on the levels asked for, further up than its parent or that too."""
    definition, marker = desk.figures.definition, desk.marker(desk.sources.weights([node]))
    for step in definition.path(node.id)[: -1 if parent_too else -2]:
        if definition.storey(step.id) in desk.query.levels:
            level, above = desk.level(step), desk.name(step)
            desk.draft.say("hierarchy.above", node=desk.name(node), level=level, above=above, marker=marker)
