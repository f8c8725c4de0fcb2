"""What the index is made of: definitions, sources, weights, hierarchy."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from scoring import Node


def write_definitions(desk: Desk) -> Status:
    """Give the definition of each node, with its source, unit and direction."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        if node.definition:
            quote_definition(desk, node)
        elif node.children:
            children = desk.names(node.children)
            desk.draft.say("definition.dimension", node=desk.name(node), level=desk.level(node), children=children)
        else:
            desk.draft.say("definition.none", node=desk.name(node))
        if node.is_indicator:
            _measure(desk, node)
            _source(desk, node)
        else:
            _children(desk, node)
    return Status.ANSWER


def quote_definition(desk: Desk, node: Node) -> None:
    """Quote the definition of a node that has one."""
    marker = desk.marker(desk.sources.verbatim(node.definition))
    desk.draft.say("definition.says", node=desk.name(node), definition=node.definition, marker=marker)


def _measure(desk: Desk, node: Node) -> None:
    if node.measure_unit:
        desk.draft.say("definition.unit", unit=desk.draft.wording.unit(node.measure_unit))
    desk.draft.say(f"definition.{node.direction}")


def write_sources(desk: Desk) -> Status:
    """Tell where the data of each node come from, or which indicators a supplier provides."""
    definition = desk.figures.definition
    if desk.query.sources:
        for source in desk.query.sources:
            desk.draft.paragraph()
            _supplied(desk, source)
        return Status.ANSWER
    for node in desk.query.nodes or (definition.root,):
        desk.draft.paragraph()
        if node.is_indicator:
            _source(desk, node)
        else:
            items = [
                desk.draft.phrase(
                    "source.item", node=desk.name(leaf), source=leaf.source, marker=_source_marker(desk, leaf)
                )
                for leaf in definition.leaves(node.id)
            ]
            desk.draft.say("source.under", node=desk.name(node), sources=desk.draft.wording.join(items))
    return Status.ANSWER


def _supplied(desk: Desk, source: str) -> None:
    definition = desk.figures.definition
    nodes = [node for node in definition.indicators if node.source == source]
    markers = "".join(dict.fromkeys(_source_marker(desk, node) for node in nodes))
    desk.draft.say(
        "source.count",
        source=source,
        level=desk.level(nodes[0]),
        count=desk.figures.count(nodes, definition.root),
        nodes=desk.names(nodes),
        marker=markers,
    )


def _source(desk: Desk, node: Node) -> None:
    if node.source:
        desk.draft.say("source.is", node=desk.name(node), source=node.source, marker=_source_marker(desk, node))
    else:
        desk.draft.say("source.none", node=desk.name(node))


def _source_marker(desk: Desk, node: Node) -> str:
    return desk.marker(desk.sources.beside(node.definition, node.source))


def write_weights(desk: Desk) -> Status:
    """Give the weight of each node in the node named above it, otherwise in the whole index."""
    definition = desk.figures.definition
    if not desk.query.nodes:
        for depth in dict.fromkeys(desk.query.levels or (definition.level(definition.indicators[0].id),)):
            nodes = desk.at_level(depth)
            _extreme_weight(desk, nodes)
            _weight_table(desk, nodes, definition.root)
        return Status.ANSWER
    pairs = _pairs(desk)
    if len(pairs) > 1:
        _extreme_weight(desk, [node for node, _ in pairs])
    for node, within in pairs:
        desk.draft.paragraph()
        if node is within:
            desk.draft.say("weight.whole", node=desk.name(node), weight=desk.figures.weight(node, node))
        else:
            _weight(desk, node, within)
            parent = definition.parent(node.id)
            if parent and parent is not within and len(parent.children) > 1:
                _weight(desk, node, parent)
        if node.children:
            _children(desk, node)
    return Status.ANSWER


def _extreme_weight(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell which nodes weigh most or least in the whole index, where that is asked."""
    root, extreme = desk.figures.definition.root, desk.query.extreme
    if not extreme:
        return
    weights = [(node, desk.figures.weight(node, root)) for node in nodes]
    ahead = max(extreme * weight.value for _, weight in weights)
    leading = [(node, weight) for node, weight in weights if extreme * weight.value == ahead]
    key = "weight.equal" if len(leading) == len(nodes) else "weight.most" if extreme > 0 else "weight.least"
    names = desk.names([node for node, _ in leading])
    desk.draft.say(key, nodes=names, within=desk.name(root), weight=leading[0][1])


def _pairs(desk: Desk) -> list[tuple[Node, Node]]:
    """Pair each node with the node it is weighed in: one above it that is named too, or the root."""
    definition = desk.figures.definition
    named = desk.query.nodes
    pairs: list[tuple[Node, Node]] = []
    for node in named:
        above = [other for other in definition.path(node.id)[:-1] if other in named]
        pairs.append((node, above[-1] if above else definition.root))
    containers = {within for node, within in pairs if within in named and within is not node}
    return [(node, within) for node, within in pairs if node not in containers] or pairs


def _weight(desk: Desk, node: Node, within: Node) -> None:
    desk.draft.say(
        "weight.of",
        node=desk.name(node),
        within=desk.name(within),
        weight=desk.figures.weight(node, within),
        percent=desk.figures.weight_share(node, within),
        marker=desk.marker(desk.sources.weights([node])),
    )


def _weight_table(desk: Desk, nodes: Sequence[Node], within: Node) -> None:
    draft = desk.draft
    rows = [
        draft.phrase(
            "weight.row",
            node=desk.name(node),
            weight=desk.figures.weight(node, within),
            percent=desk.figures.weight_share(node, within),
        )
        for node in nodes
    ]
    _level(desk, desk.level(nodes[0]), nodes)
    draft.block(
        draft.phrase("weight.table", level=desk.level(nodes[0]), within=desk.name(within), rows="\n".join(rows))
    )


def write_hierarchy(desk: Desk) -> Status:
    """Tell where each node stands: its parent and siblings, or its children; or what stands on a level."""
    if not desk.query.nodes and desk.query.levels:
        for depth in dict.fromkeys(desk.query.levels):
            desk.draft.paragraph()
            nodes = desk.at_level(depth)
            _level(desk, desk.level(nodes[0]), nodes)
        return Status.ANSWER
    if not desk.query.nodes:
        return _write_levels(desk)
    for node in desk.query.nodes:
        desk.draft.paragraph()
        _place(desk, node)
        if node.children:
            _children(desk, node)
            if any(child.children for child in node.children):
                leaves = desk.figures.definition.leaves(node.id)
                desk.draft.say("hierarchy.indicators", count=desk.figures.count(leaves, node), nodes=desk.names(leaves))
    return Status.ANSWER


def _write_levels(desk: Desk) -> Status:
    """Tell what stands on each level below the whole index."""
    definition = desk.figures.definition
    depths = sorted({definition.level(node.id) for node in definition.nodes.values()} - {1})
    desk.draft.say(
        "hierarchy.levels",
        node=desk.name(definition.root),
        count=desk.figures.count_of(len(depths), desk.draft.phrase("hierarchy.below"), definition.root),
    )
    _children(desk, definition.root)
    for depth in depths:
        desk.draft.paragraph()
        nodes = desk.at_level(depth)
        _level(desk, desk.level(nodes[0]), nodes)
    return Status.ANSWER


def _place(desk: Desk, node: Node) -> None:
    definition = desk.figures.definition
    parent = definition.parent(node.id)
    if parent is None:
        desk.draft.say("hierarchy.top", node=desk.name(node))
        return
    desk.draft.say(
        "hierarchy.parent",
        node=desk.name(node),
        level=desk.level(node),
        parent=desk.name(parent),
        marker=desk.marker(desk.sources.weights([node])),
    )
    siblings = [sibling for sibling in parent.children if sibling is not node]
    if siblings:
        desk.draft.say("hierarchy.siblings", siblings=desk.names(siblings))
    else:
        desk.draft.say("hierarchy.alone")
    path = " > ".join(desk.name(step) for step in definition.path(node.id))
    desk.draft.say("hierarchy.path", path=path)


def _children(desk: Desk, node: Node) -> None:
    parts = [
        desk.draft.phrase("hierarchy.child", node=desk.name(child), percent=desk.figures.weight_share(child, node))
        for child in node.children
    ]
    desk.draft.say(
        "hierarchy.children",
        node=desk.name(node),
        count=desk.figures.count(node.children, node),
        level=desk.level(node.children[0]),
        parts=desk.draft.wording.join(parts),
        marker=desk.marker(desk.sources.weights(node.children)),
    )


def _level(desk: Desk, level: str, nodes: Sequence[Node]) -> None:
    desk.draft.say(
        "hierarchy.level",
        level=level,
        count=desk.figures.count(nodes, desk.figures.definition.root),
        nodes=desk.names(nodes),
        marker=desk.marker(desk.sources.weights(nodes)),
    )
