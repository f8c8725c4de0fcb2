"""Where the data come from, and what each supplier provides."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.language.stems import stems
from assistant.names.mentions import normalise
from scoring import Node


def write_sources(desk: Desk) -> Status:
    """Tell where the data of each node come from, or which indicators a supplier provides."""
    definition = desk.figures.definition
    leaves = tuple(definition.only_leaf(node) for node in desk.query.nodes)
    if desk.query.sources and leaves and all(leaf.is_indicator for leaf in leaves):
        return _write_supply_of(desk, leaves)
    if desk.query.sources:
        if _asks_for_all(desk):
            is_all = all(node.source in desk.query.sources for node in definition.indicators)
            desk.draft.say("verdict.yes" if is_all else "verdict.no")
        asks_how_many = desk.query.asks_number or (desk.query.levels and not desk.query.asks_which)
        if asks_how_many and len(desk.query.sources) > 1 and not (desk.query.excludes or desk.query.confirms):
            _supplied_together(desk)
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
        if (leaf := definition.only_leaf(node)).is_indicator:
            say_source(desk, leaf)
        else:
            leaves = definition.leaves(node.id)
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
        say_source(desk, node)
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


def _supplied_together(desk: Desk) -> None:
    """Say how many indicators the suppliers that are meant provide in all."""
    definition = desk.figures.definition
    nodes = [node for node in definition.indicators if node.source in desk.query.sources]
    count = desk.figures.count(nodes, definition.root)
    desk.draft.say("source.together", level=desk.level(nodes[0]), count=count, nodes=desk.names(nodes))


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


def say_source(desk: Desk, node: Node) -> None:
    """Say where the data of an indicator come from."""
    if node.source:
        desk.draft.say("source.is", node=desk.name(node), source=node.source, marker=_source_marker(desk, node))
    else:
        desk.draft.say("source.none", node=desk.name(node))


def _source_marker(desk: Desk, node: Node) -> str:
    return desk.marker(desk.sources.beside(node.definition, node.source))
