"""What would be if some nodes weighed more or less in the whole index."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Figure, Kind, Status
from assistant.assumptions import Assumption
from assistant.desk import Desk
from assistant.figures.computed import Figures
from scoring import Node, ScenarioError, exact, reweight

# From this size on a number that has no unit is no weight, but per cent.
_PERCENT_FROM = 2


def write_reweightings(desk: Desk) -> Status:
    """Score the index anew under the weights that the question supposes; all other nodes share what is left."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    root, years = figures.definition.root, query.years or (figures.years[-1],)
    weights = {assumption.node: _weight(desk, assumption) for assumption in query.assumptions}
    nodes = list(weights)
    marker = desk.marker(desk.sources.weights(nodes))
    try:
        supposed = Figures(reweight(figures.result, weights), figures.language, figures.unit)
    except ScenarioError as error:
        for node, weight in weights.items():
            draft.keep(desk.prospects.weight(node, exact(weight)))
        draft.say("scenario.impossible", reason=desk.why_not(error))
        for node in nodes:
            draft.say("weight.of", **_own_weight(desk, node), marker=marker)
        return Status.REFUSE
    if not query.years:
        draft.note("value.latest", year=years[-1])
    items = [
        draft.phrase("reweight.item", **_own_weight(desk, node), value=_supposed(supposed, node, supposed.weight_share))
        for node in nodes
    ]
    draft.say("reweight.assume", settings=draft.wording.join(items), marker=marker)
    for node in [node for node in query.nodes if node not in weights] or [root]:
        for year in years:
            _write_score(desk, supposed, node, year)
        _write_move(desk, supposed, node, max(years))
    _write_table(desk, supposed, nodes)
    return Status.ANSWER


def _weight(desk: Desk, assumption: Assumption) -> float:
    """Turn what is supposed into a weight in the whole index; a number beyond any weight is one of per cent."""
    definition, number = desk.figures.definition, assumption.number
    now = definition.share(assumption.node.id, definition.root.id)
    if number is None:
        raise ScenarioError(desk.draft.wording.say("scenario.unclear"))
    if assumption.is_ratio:
        return now * (1 + number / 100)
    value = number / 100 if assumption.in_percent or abs(number) >= _PERCENT_FROM else number
    return float(exact(now + value if assumption.is_step else value))


def _own_weight(desk: Desk, node: Node) -> dict[str, object]:
    root = desk.figures.definition.root
    return {
        "node": desk.name(node),
        "within": desk.name(root),
        "weight": desk.figures.weight(node, root),
        "percent": desk.figures.weight_share(node, root),
    }


def _supposed(supposed: Figures, node: Node, weight: Callable[[Node, Node], Figure]) -> Figure:
    """Give the weight of a node in the index as supposed, which has nodes of its own."""
    figure = weight(supposed.definition.nodes[node.id], supposed.definition.root)
    return replace(figure, kind=Kind.SCENARIO)


def _write_score(desk: Desk, supposed: Figures, node: Node, year: int) -> None:
    """Give a score under the supposed weights, and how far it is from the actual one."""
    draft, figures = desk.draft, desk.figures
    score, actual = supposed.score(supposed.definition.nodes[node.id], year), figures.score(node, year)
    value = figures.figure(node, Kind.SCENARIO, score.value, score.formula, year=year)
    apart = score.value - actual.value
    change = figures.figure(
        node, Kind.CHANGE, apart, f"{exact(score.value)} - {exact(actual.value)} = {exact(apart)}", year=year
    )
    key = {1: "reweight.rises", -1: "reweight.falls", 0: "reweight.same"}[change.direction]
    marker = desk.printed(node, [year])
    draft.say(key, year=year, node=desk.name(node), value=value, actual=actual, change=change, marker=marker)


def _write_move(desk: Desk, supposed: Figures, node: Node, year: int) -> None:
    """Tell how a score would have moved since the year before, under the same weights in both."""
    draft, figures = desk.draft, desk.figures
    earlier = max((known for known in figures.years if known < year), default=year)
    if earlier < year:
        moved = supposed.change(supposed.definition.nodes[node.id], earlier, year)
        key = {1: "reweight.since_up", -1: "reweight.since_down", 0: "reweight.since_level"}[moved.direction]
        draft.say(key, year=year, earlier=earlier, moved=moved, given=figures.change(node, earlier, year))


def _write_table(desk: Desk, supposed: Figures, nodes: Sequence[Node]) -> None:
    """Set the weights of the dimensions side by side, or of the indicators where the weight of one is supposed."""
    draft, figures, definition = desk.draft, desk.figures, desk.figures.definition
    dimensions = definition.root.children
    shown = dimensions if all(node in dimensions for node in nodes) else definition.indicators
    rows = [
        draft.phrase(
            "reweight.row",
            node=desk.name(node),
            weight=figures.weight(node, definition.root),
            value=_supposed(supposed, node, supposed.weight),
        )
        for node in shown
    ]
    level, within = desk.level_of_all(shown), desk.name(definition.root)
    draft.block(draft.phrase("reweight.table", level=level, within=within, rows="\n".join(rows)))
