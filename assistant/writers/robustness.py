"""Whether a statement about two years or units outlives other weights or methods, and the loss of an indicator.

A choice that the question names is computed by itself, with its scores.
"""

import math
from collections.abc import Sequence

from assistant.answer import Figure, Kind, Status
from assistant.below import is_below
from assistant.desk import Desk
from assistant.writers.changes import write_lead
from assistant.writers.unit_gaps import write_gap
from scoring import Alternative, Node, alternatives, draw_weights, equally_weighted, exact, leave_out

_DRAWS = 1000

Period = tuple[str, int]


def write_robustness(desk: Desk) -> Status:
    """Test, for each node, whether the higher of two years stays the higher one."""
    start, end = desk.span()
    left_out = _left_out(desk)
    wholes = [node for node in desk.query.nodes if node.children and node not in left_out]
    if not wholes and left_out:
        wholes = [desk.figures.definition.root]
    for node in wholes or desk.query.nodes:
        desk.draft.paragraph()
        chosen = _chosen(desk, node) if node.children else []
        if chosen and desk.query.asks_amount and not desk.query.compares:
            _write_scores(desk, node, chosen, end)
        elif start == end:
            desk.draft.say("ranking.first_year", year=end)
        else:
            change = desk.figures.change(node, start, end)
            if desk.query.direction and change.direction == -desk.query.direction:
                write_lead(desk, desk.figures.explain(node, start, end))
            _write_chosen(desk, node, chosen, start, end)
            _write_test(desk, node, start, end, is_brief=bool(chosen))
        if any(other.kind == "without" for other in chosen):
            desk.draft.say("robust.reweighted")
    return Status.ANSWER


def write_unit_robustness(desk: Desk) -> Status:
    """Test, for each node, whether the first unit stays above or below each other one."""
    year = max(desk.query.years)
    left_out = _left_out(desk)
    wholes = [node for node in desk.query.nodes if node not in left_out]
    for node in wholes or [desk.figures.definition.root]:
        chosen = _chosen(desk, node) if node.children else []
        for other in desk.others:
            desk.draft.paragraph()
            for choice in chosen:
                _write_units(desk, node, choice, other.unit, year)
            write_gap(desk, node, other, year)
            sign = desk.figures.lead(other, node, year).direction
            if sign and node.children:
                ends = ((desk.figures.unit, year), (other.unit, year))
                _write_trials(desk, node, *(ends if sign > 0 else reversed(ends)))
    return Status.ANSWER


def _write_units(desk: Desk, node: Node, choice: Alternative, unit: str, year: int) -> None:
    """Set two units side by side under a choice."""
    first, second = _score(desk, node, choice, year), _score(desk, node, choice, year, unit)
    if math.isnan(first.value) or math.isnan(second.value):
        return
    key = "robust.units_above" if first.value > second.value else "robust.units_not_above"
    desk.draft.say(
        key, choice=_names(desk, [choice]), node=desk.name(node), year=year, unit=first.unit, score=first,
        other_unit=second.unit, other=second,
    )  # fmt: skip


def _chosen(desk: Desk, node: Node) -> list[Alternative]:
    """Compute the node under each other choice that the question names."""
    query, result = desk.query, desk.figures.result
    if not query.variants:
        return []
    found = [other for other in alternatives(result, node.id) if other.choice in query.variants]
    found += filter(None, (leave_out(result, node.id, part.id) for part in _left_out(desk) if is_below(part, [node])))
    if "equal" in query.variants:
        found.insert(0, equally_weighted(result, node.id, _parts(desk, node)))
    return found


def _left_out(desk: Desk) -> list[Node]:
    """List the nodes that the question leaves out: of several that it names, those below another."""
    query = desk.query
    if "without" not in query.variants:
        return []
    return [node for node in query.nodes if is_below(node, query.nodes)] or list(query.nodes)


def _parts(desk: Desk, node: Node) -> list[Node]:
    """List the nodes below one on the storey that the question speaks of; none where it speaks of none."""
    return [part for depth in desk.query.levels for part in desk.at_level(depth) if part in node.walk()]


def _write_scores(desk: Desk, node: Node, chosen: Sequence[Alternative], year: int) -> None:
    """Give the score of one year under each choice."""
    for other in chosen:
        desk.draft.say(
            "robust.score",
            choice=_names(desk, [other]),
            year=year,
            node=desk.name(node),
            score=_score(desk, node, other, year),
            actual=desk.figures.score(node, year),
            marker=desk.printed(node, [year]),
        )


def _write_chosen(desk: Desk, node: Node, chosen: Sequence[Alternative], start: int, end: int) -> None:
    """Set two years side by side under each choice."""
    for other in chosen:
        before, after = _score(desk, node, other, start), _score(desk, node, other, end)
        change = desk.figures.figure(
            node, Kind.CHANGE, after.value - before.value,
            f"{exact(after.value)} - {exact(before.value)} = {exact(after.value - before.value)}",
            year=end, base_year=start,
        )  # fmt: skip
        desk.draft.say(
            {1: "robust.chosen_higher", -1: "robust.chosen_lower", 0: "robust.chosen_equal"}[change.direction],
            choice=_names(desk, [other]),
            node=desk.name(node),
            start_year=start,
            end_year=end,
            start=before,
            end=after,
            change=change,
        )


def _score(desk: Desk, node: Node, other: Alternative, year: int, unit: str = "") -> Figure:
    figures = desk.figures.of(unit) if unit else desk.figures
    value = other.scores.get((figures.unit, year), math.nan)
    formula = desk.draft.phrase("robust.recomputed", choice=_names(desk, [other]), score=exact(value))
    return figures.figure(node, Kind.SCENARIO, value, formula, year=year)


def _write_test(desk: Desk, node: Node, start: int, end: int, *, is_brief: bool) -> None:
    draft, figures = desk.draft, desk.figures
    change = figures.change(node, start, end)
    higher, lower = (end, start) if change.value > 0 else (start, end)
    values = {
        "node": desk.name(node),
        "higher": higher,
        "lower": lower,
        "score": figures.score(node, higher),
        "other": figures.score(node, lower),
        "change": change,
        "marker": desk.printed(node, [higher, lower]),
    }
    if not change.direction:
        draft.say("robust.equal", **values)
        return
    draft.say("robust.given" if is_brief else "robust.statement", **values)
    if is_brief:
        return
    if not node.children:
        draft.say("robust.indicator", node=desk.name(node))
        return
    _write_trials(desk, node, (figures.unit, higher), (figures.unit, lower))


def _write_trials(desk: Desk, node: Node, higher: Period, lower: Period) -> None:
    """Tell how often the higher of two periods stays higher, and with which other choices."""
    draft, figures = desk.draft, desk.figures
    share = _survival(desk, node, higher, lower)
    tried = [(other, other.upholds(higher, lower)) for other in alternatives(figures.result, node.id)]
    upheld = [other for other, holds in tried if holds]
    broken = [other for other, holds in tried if holds is False]
    draws = figures.count_of(_DRAWS, draft.phrase("robust.draws"), node)
    draft.say("robust.weights", node=desk.name(node), draws=draws, share=share)
    known = figures.count_of(len(upheld) + len(broken), _names(desk, [*upheld, *broken]), node)
    if broken:
        choices = _names(desk, broken)
        draft.say("robust.broken", known=known, count=figures.count_of(len(broken), choices, node), choices=choices)
        if upheld:
            draft.say("robust.kept", choices=_names(desk, upheld))
    else:
        draft.say("robust.upheld", known=known, choices=_names(desk, upheld))
    untried = [other for other, holds in tried if holds is None]
    if untried:
        draft.say("robust.untried", choices=_names(desk, untried))


def _survival(desk: Desk, node: Node, higher: Period, lower: Period) -> Figure:
    figures = desk.figures
    draws = draw_weights(figures.result, node.id, draws=_DRAWS, unit=higher[0] if higher[0] == lower[0] else None)
    survival = draws.survival(higher, lower)
    formula = desk.draft.phrase("robust.draws")
    return figures.figure(
        node, Kind.SHARE, 100 * survival, formula, year=higher[1], base_year=lower[1], measure_unit="%", decimals=1
    )


def _names(desk: Desk, choices: Sequence[Alternative]) -> str:
    definition = desk.figures.definition
    nodes, equal = definition.nodes, _parts(desk, definition.root) or definition.indicators
    return desk.draft.wording.join(
        [
            desk.draft.phrase("robust.without", node=desk.name(nodes[other.choice]))
            if other.kind == "without"
            else desk.draft.phrase("robust.equal_weights", parts=desk.level_of_all(equal))
            if other.kind == "weights"
            else desk.draft.phrase(f"robust.{other.choice}")
            for other in choices
        ]
    )
