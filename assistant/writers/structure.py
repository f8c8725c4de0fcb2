"""What the index is made of: definitions, sources, weights, hierarchy."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from assistant.mentions import normalise
from assistant.phrasings import phrasings
from assistant.stems import stems
from scoring import Node


def write_definitions(desk: Desk) -> Status:
    """Give the definition of each node, with its source, unit and direction."""
    of_each = desk.query.asks_each or bool(desk.query.levels)
    leaves = [leaf for node in desk.query.nodes for leaf in _meant_too(desk, node, of_each=of_each)]
    for node in dict.fromkeys((*desk.query.nodes, *leaves)):
        desk.draft.paragraph()
        if "sense" in desk.query.points and node.is_indicator:
            desk.draft.say(f"definition.{node.direction}_of", node=desk.name(node))
        if node.definition:
            quote_definition(desk, node)
        elif node.children:
            children = desk.names(node.children)
            desk.draft.say("definition.dimension", node=desk.name(node), level=desk.level(node), children=children)
        else:
            desk.draft.say("definition.none", node=desk.name(node))
        if node.definition and "inclusion" in desk.query.points:
            _say_silent(desk, node)
        if node.is_indicator:
            _measure(desk, node)
            _source(desk, node)
        else:
            write_children(desk, node)
    return Status.ANSWER


def _meant_too(desk: Desk, node: Node, *, of_each: bool) -> Sequence[Node]:
    """Give the indicators whose definitions are asked for with a dimension: each, or the one that it consists of."""
    leaves = desk.figures.definition.leaves(node.id)
    return leaves if of_each or (len(leaves) == 1 and not node.definition) else ()


def _say_silent(desk: Desk, node: Node) -> None:
    """Say so where the definition does not speak of what is asked to be part of it."""
    topic = desk.query.content
    is_comparable = desk.query.language == desk.figures.definition.language
    if topic and is_comparable and topic in normalise(desk.query.text) and topic not in normalise(node.definition):
        desk.draft.say("definition.silent", topic=topic)


def quote_definition(desk: Desk, node: Node) -> None:
    """Quote the definition of a node that has one."""
    marker = desk.marker(desk.sources.verbatim(node.definition))
    desk.draft.say("definition.says", node=desk.name(node), definition=node.definition, marker=marker)


def _measure(desk: Desk, node: Node) -> None:
    if node.measure_unit:
        desk.draft.say("definition.unit", unit=desk.draft.wording.unit(node.measure_unit))
    if "sense" not in desk.query.points:
        desk.draft.say(f"definition.{node.direction}")


def write_sources(desk: Desk) -> Status:
    """Tell where the data of each node come from, or which indicators a supplier provides."""
    definition = desk.figures.definition
    if desk.query.sources and desk.query.nodes and all(node.is_indicator for node in desk.query.nodes):
        return _write_supply_of(desk, desk.query.nodes)
    if desk.query.sources:
        if _asks_for_all(desk):
            is_all = all(node.source in desk.query.sources for node in definition.indicators)
            desk.draft.say("verdict.yes" if is_all else "verdict.no")
        for source in desk.query.sources:
            desk.draft.paragraph()
            _supplied(desk, source)
        if desk.query.excludes or _asks_for_all(desk):
            _supplied_by_others(desk)
        return Status.ANSWER
    if phrasings().from_a_supplier.search(normalise(desk.query.text)) and len(desk.query.nodes) == 1:
        _judge_supplier(desk, desk.query.nodes[0])
    if desk.query.asks_same and len(desk.query.nodes) > 1:
        suppliers = {leaf.source for node in desk.query.nodes for leaf in definition.leaves(node.id)}
        desk.draft.say("source.one" if len(suppliers) == 1 else "source.several")
    for node in desk.query.nodes or (definition.root,):
        desk.draft.paragraph()
        if len(leaves := definition.leaves(node.id)) == 1:
            _source(desk, leaves[0])
        else:
            if known := [leaf for leaf in leaves if leaf.source]:
                _count_suppliers(desk, node, known)
                desk.draft.say("source.under", node=desk.name(node), sources=_each_with_source(desk, known))
            if unknown := [leaf for leaf in leaves if not leaf.source]:
                desk.draft.say("source.none", node=desk.names(unknown))
    return Status.ANSWER


def _judge_supplier(desk: Desk, node: Node) -> None:
    """Say whether the data of an indicator come from whom the question names, where that can be told by the name."""
    text, source = normalise(desk.query.text), normalise(node.source)
    if not desk.query.confirms or not source or source.isascii() != text.isascii():
        return
    own = stems(source) - stems(" ".join((node.name, *node.names.values(), *node.aliases)))
    pieces = (source[start : start + len(source) - 1] for start in (0, 1))
    is_named = bool(own & stems(text)) if source.isascii() else any(piece in text for piece in pieces)
    desk.draft.say("verdict.yes" if is_named else "verdict.no")


def _asks_for_all(desk: Desk) -> bool:
    """Whether it is asked if all the data come from the suppliers named."""
    return desk.query.confirms and bool(desk.query.levels) and not desk.query.asks_which


def _write_supply_of(desk: Desk, nodes: Sequence[Node]) -> Status:
    """Tell which of some indicators a supplier provides, or does not; or, where that is asked, whether it does."""
    query = desk.query
    meant = [node for node in nodes if (node.source in query.sources) is not query.excludes]
    if query.confirms and not query.asks_which:
        desk.draft.say("verdict.yes" if len(meant) == len(nodes) else "verdict.no")
    for node in (*meant, *(node for node in nodes if node not in meant)):
        _source(desk, node)
    return Status.ANSWER


def _count_suppliers(desk: Desk, node: Node, known: Sequence[Node]) -> None:
    """Say how many suppliers the data of some indicators come from, and how many each of them supplies."""
    supplied = {leaf.source: [other for other in known if other.source == leaf.source] for leaf in known}
    ordered = sorted(supplied.items(), key=lambda pair: -len(pair[1]))
    items = [
        desk.draft.phrase("source.supplier", source=source, count=desk.figures.count(leaves, node))
        for source, leaves in ordered
    ]
    number = desk.figures.count_of(len(items), desk.draft.wording.join(list(supplied)), node)
    level = desk.level(known[0])
    desk.draft.say(
        "source.suppliers", node=desk.name(node), level=level, number=number, suppliers=desk.draft.wording.join(items)
    )


def _each_with_source(desk: Desk, nodes: Sequence[Node]) -> str:
    items = [
        desk.draft.phrase("source.item", node=desk.name(node), source=node.source, marker=_source_marker(desk, node))
        for node in nodes
    ]
    return desk.draft.wording.join(items)


def _supplied_by_others(desk: Desk) -> None:
    definition = desk.figures.definition
    level = desk.level(definition.indicators[0])
    others = [node for node in definition.indicators if node.source and node.source not in desk.query.sources]
    if not others:
        desk.draft.say("source.no_others", level=level)
        return
    count = desk.figures.count(others, definition.root)
    desk.draft.say("source.others", level=level, count=count, sources=_each_with_source(desk, others))


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
        return Status.ANSWER
    if not desk.query.nodes:
        return _write_levels(desk)
    for node in desk.query.nodes:
        desk.draft.paragraph()
        if not (node.children and desk.query.asks_below):
            _place(desk, node)
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


def _place(desk: Desk, node: Node) -> None:
    definition = desk.figures.definition
    parent = definition.parent(node.id)
    if parent is None:
        desk.draft.say("hierarchy.top", node=desk.name(node))
        return
    marker = desk.marker(desk.sources.weights([node]))
    above = [step for step in definition.path(node.id)[:-2] if definition.storey(step.id) in desk.query.levels]
    for step in above:
        desk.draft.say(
            "hierarchy.above",
            node=desk.name(node),
            level=desk.level(step),
            above=desk.name(step),
            marker=marker,
        )
    desk.draft.say(
        "hierarchy.parent",
        node=desk.name(node),
        level=desk.level(node),
        parent=desk.name(parent),
        marker=marker,
    )
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
        levels=desk.draft.wording.many(len(node.children), desk.level(node.children[0])),
        parts=desk.draft.wording.join(parts),
        marker=desk.marker(desk.sources.weights(node.children)),
    )


def write_level(desk: Desk, level: str, nodes: Sequence[Node]) -> None:
    """Tell what stands on a level."""
    desk.draft.say(
        "hierarchy.level",
        level=level,
        count=desk.figures.count(nodes, desk.figures.definition.root),
        nodes=desk.names(nodes),
        marker=desk.marker(desk.sources.weights(nodes)),
    )
