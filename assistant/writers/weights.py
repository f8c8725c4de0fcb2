"""What nodes weigh: in the whole index, in those above them, and together."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.desk import Desk
from assistant.writers.passages import quote_passage
from assistant.writers.structure import say_above, say_weight, write_children, write_level
from scoring import Node

_POOL = 12


def write_weights(desk: Desk) -> Status:
    """Give the weight of each node in the node named above it, otherwise in the whole index."""
    definition = desk.figures.definition
    if "total" in desk.query.points:
        sides = _sides(desk)
        if len(sides) > 1:
            _set_totals_apart(desk, sides)
        for side in sides:
            _write_total(side)
        return Status.ANSWER
    if "settled" in desk.query.points:
        _say_how_settled(desk)
    if not desk.query.nodes or (desk.query.extreme and desk.query.nodes == (definition.root,)):
        for depth in dict.fromkeys(desk.query.levels or (definition.storey(definition.indicators[0].id),)):
            nodes = desk.at_level(depth)
            if desk.query.claims and float(desk.query.claims[0]) <= 1:
                _write_bounded(desk, nodes)
                continue
            _extreme_weight(desk, nodes)
            _weight_table(desk, nodes, definition.root)
        return Status.ANSWER
    desk = _of_those_above(desk)
    lowest = max(desk.query.levels, default=0)
    inner = [node for node in desk.query.nodes if definition.storey(node.id) < lowest]
    inner = [node for node in inner if not any(other in node.walk() for other in inner if other is not node)]
    if inner:
        for node in inner:
            if len(desk.query.nodes) > 1 and node is not definition.root:
                say_weight(desk, node, definition.root)
            _write_below(desk, node)
        return Status.ANSWER
    pairs = _pairs(desk)
    if len(pairs) > 1:
        _extreme_weight(desk, [node for node, _ in pairs])
    if desk.query.asks_same and len(pairs) == 1 and len(pairs[0][0].children) > 1:
        whole = pairs[0][0]
        _judge_equality(desk, [(child, whole) for child in whole.children])
        write_children(desk, whole)
        _table(desk, whole.children, definition.root)
        return Status.ANSWER
    if desk.query.asks_same and len(pairs) > 1:
        _judge_equality(desk, pairs)
    of_two = len(pairs) == 2 and desk.query.extreme
    if of_two or desk.query.compares or desk.query.asks_gap or "times" in desk.query.points:
        _set_apart(desk, pairs)
    for node, within in pairs:
        desk.draft.paragraph()
        if node is within:
            desk.draft.say("weight.whole", node=desk.name(node), weight=desk.figures.weight(node, node))
        else:
            say_weight(desk, node, within)
            say_above(desk, node, parent_too=True)
            parent = definition.parent(node.id)
            is_only = sum(other is node for other, _ in pairs) == 1
            if parent and parent is not within and is_only and len(parent.children) > 1:
                say_weight(desk, node, parent)
        if node.children:
            write_children(desk, node)
        if desk.query.asks_each or desk.query.asks_below:
            for child in _parts(node):
                say_weight(desk, child, definition.root)
    return Status.ANSWER


def _sides(desk: Desk) -> list[Desk]:
    """Part the nodes whose weights are added up into those that are measured and those they are measured by."""
    query = desk.query
    others = tuple(node for node in query.nodes if node not in query.measured_by)
    sides = [others, query.measured_by] if others and query.measured_by else [query.nodes]
    return [replace(desk, query=replace(query, nodes=nodes)) for nodes in sides]


def _set_totals_apart(desk: Desk, sides: Sequence[Desk]) -> None:
    """Say which of two sums of weights is larger."""
    root = desk.figures.definition.root
    first, second = (desk.figures.weight_total(side.query.nodes, root)[0] for side in sides)
    way = (first.value > second.value) - (first.value < second.value)
    desk.draft.say(
        {1: "weight.more_than", -1: "weight.less_than", 0: "weight.as_much_as"}[way],
        nodes=desk.names(sides[0].query.nodes),
        others=desk.names(sides[1].query.nodes),
    )


def _parts(node: Node) -> Sequence[Node]:
    """List what a node is made up of: below a single part, the parts of that."""
    parts = node.children
    while len(parts) == 1 and parts[0].children:
        parts = parts[0].children
    return parts


def _of_those_above(desk: Desk) -> Desk:
    """Take for a node that is weighed in a whole the one above it on the level asked for."""
    query, definition = desk.query, desk.figures.definition
    if len(query.nodes) < 2:
        return desk
    above = {
        node: step
        for node in query.nodes
        for step in definition.path(node.id)[1:-1]
        if definition.storey(step.id) in query.levels
    }
    return replace(desk, query=replace(query, nodes=tuple(above.get(node, node) for node in query.nodes)))


def _write_bounded(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell which nodes weigh as much in the whole index as is said, or more, or less."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    bound = desk.prospects.weight(root, desk.query.claims[0])
    weights = [(node, figures.weight(node, root)) for node in nodes]
    side = desk.query.bound
    held = [
        (node, weight)
        for node, weight in weights
        if (
            (weight.value > bound.value if desk.query.is_beyond else weight.value >= bound.value)
            if side > 0
            else weight.value < bound.value
            if side < 0
            else weight.display == bound.display
        )
    ]
    items = [draft.phrase("ranking.item", node=desk.name(node), value=weight) for node, weight in held]
    key = {1: "above" if desk.query.is_beyond else "at_least", -1: "below", 0: "at"}[side]
    draft.say(
        f"weight.{key}" if held else f"weight.none_{key}",
        within=desk.name(root),
        bound=bound,
        count=figures.count(nodes, root),
        level=desk.level(nodes[0]),
        number=figures.count([node for node, _ in held], root),
        nodes=draft.wording.join(items),
        marker=desk.marker(desk.sources.weights([node for node, _ in held] or nodes)),
    )


def _judge_equality(desk: Desk, pairs: Sequence[tuple[Node, Node]]) -> None:
    """Say whether some nodes weigh the same."""
    weights = {desk.figures.weight(node, within).display for node, within in pairs}
    desk.draft.say("weight.same" if len(weights) == 1 else "weight.differs")


def _set_apart(desk: Desk, pairs: Sequence[tuple[Node, Node]]) -> None:
    """Say how many times the weight of one node is that of another, or how far they are apart."""
    if len(pairs) != 2 or pairs[0][1] is not pairs[1][1]:
        return
    first, second = (desk.figures.weight(node, within) for node, within in pairs)
    names = {"node": desk.name(pairs[0][0]), "other": desk.name(pairs[1][0])}
    if first.display == second.display:
        desk.draft.say("weight.level", **names)
    elif "times" in desk.query.points:
        desk.draft.say("weight.times", **names, times=desk.figures.times(first, second))
    else:
        key = "weight.above_other" if first.value > second.value else "weight.below_other"
        desk.draft.say(key, **names, apart=desk.figures.apart(first, second))


def _say_how_settled(desk: Desk) -> None:
    """Quote how the weights were settled, or say that the documents do not tell."""
    found = desk.sources.search(desk.query.text, expand="weight", most_sentences=1, k=_POOL)
    quotation = next((q for q in found if not q.passage.is_table and desk.sources.tells("weight", q.quote)), None)
    if quotation is not None:
        desk.draft.say("weight.settled")
        quote_passage(desk, quotation)
    elif desk.sources.documents:
        desk.draft.say("weight.not_settled")
    desk.draft.paragraph()


def _write_below(desk: Desk, within: Node) -> None:
    """Give what the nodes of the levels asked for weigh in a node above them, and in the whole index."""
    definition = desk.figures.definition
    for depth in dict.fromkeys(desk.query.levels):
        nodes = [node for node in desk.at_level(depth) if within in definition.path(node.id)[:-1]]
        named = [node for node in desk.query.nodes if within in node.walk() and node is not within]
        for whole in dict.fromkeys(named or (within, definition.root)) if nodes else ():
            desk.draft.paragraph()
            _extreme_weight(desk, nodes)
            for node in nodes:
                say_weight(desk, node, whole)


def _write_total(desk: Desk) -> None:
    """Add up the weights of the nodes named, of those of a supplier, or of a level."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    definition = figures.definition
    supplied = [node for node in definition.indicators if node.source in query.sources]
    levels = [node for depth in dict.fromkeys(query.levels) for node in desk.at_level(depth)]
    pairs = _pairs(desk)
    named = [node for node, within in pairs if node is not within]
    nodes = named or supplied or levels or list(definition.indicators)
    within = pairs[0][1] if named else definition.root
    if query.measured_by and len(nodes) == 1:
        say_weight(desk, nodes[0], within)
        return
    percent, weight = figures.weight_total(nodes, within)
    parts = [
        draft.phrase("weight.part", node=desk.name(node), percent=figures.weight_share(node, within)) for node in nodes
    ]
    draft.say(
        "weight.total",
        parts=draft.wording.join(parts),
        within=desk.name(within),
        weight=weight,
        percent=percent,
        marker=desk.marker(desk.sources.weights(nodes)),
    )


def _extreme_weight(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell which nodes weigh most or least in the whole index, where that is asked."""
    extremes = (1, -1) if "ends" in desk.query.points else (desk.query.extreme,)
    for extreme in filter(None, extremes):
        _leading_weight(desk, nodes, extreme)


def _leading_weight(desk: Desk, nodes: Sequence[Node], extreme: int) -> None:
    root = desk.figures.definition.root
    weights = [(node, desk.figures.weight(node, root)) for node in nodes]
    ahead = max(extreme * weight.value for _, weight in weights)
    leading = [(node, weight) for node, weight in weights if extreme * weight.value == ahead]
    key = "weight.equal" if len(leading) == len(nodes) else "weight.most" if extreme > 0 else "weight.least"
    names = desk.names([node for node, _ in leading])
    marker = desk.marker(desk.sources.weights([node for node, _ in leading]))
    desk.draft.say(key, nodes=names, within=desk.name(root), weight=leading[0][1], marker=marker)


def _pairs(desk: Desk) -> list[tuple[Node, Node]]:
    """Pair each node with those it is weighed in: the ones above it that are named too, or the root."""
    definition = desk.figures.definition
    named = desk.query.nodes
    pairs: list[tuple[Node, Node]] = []
    for node in named:
        above = [other for other in definition.path(node.id)[:-1] if other in named]
        pairs += [(node, other) for other in above] or [(node, definition.root)]
    containers = {within for node, within in pairs if within in named and within is not node}
    return [(node, within) for node, within in pairs if node not in containers] or pairs


def _weight_table(desk: Desk, nodes: Sequence[Node], within: Node) -> None:
    """Tell what stands on a level, unless an extreme of it was told, and what each of these weighs."""
    if not desk.query.extreme:
        write_level(desk, desk.level(nodes[0]), nodes)
    _table(desk, nodes, within)


def _table(desk: Desk, nodes: Sequence[Node], within: Node) -> None:
    draft = desk.draft
    if "order" in desk.query.points:
        nodes = sorted(nodes, key=lambda node: -desk.figures.weight(node, within).value)
    rows = [
        draft.phrase(
            "weight.row",
            node=desk.name(node),
            weight=desk.figures.weight(node, within),
            percent=desk.figures.weight_share(node, within),
        )
        for node in nodes
    ]
    draft.block(
        draft.phrase("weight.table", level=desk.level(nodes[0]), within=desk.name(within), rows="\n".join(rows))
    )
