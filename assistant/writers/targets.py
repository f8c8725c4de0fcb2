"""How a node could reach a score, and where there is most to gain."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Figure, Status
from assistant.below import is_below, outermost
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.query import Query
from scoring import Mix, Node, Requirement, best_score, cheapest_mix, headroom, require

_MOST_LISTED = 3


def write_targets(desk: Desk) -> Status:
    """Tell what each node asked for would need to reach the score named, or what each indicator could still add."""
    query, figures = desk.query, desk.figures
    goals = [query.to_year] if query.to_year in figures.years and not query.claims else []
    open_years = [year for year in query.years if year in figures.years and year not in goals]
    years = [year for year in open_years if not _is_model(desk, year)] or figures.years[-1:]
    if years[-1] not in query.years:
        desk.draft.note("value.latest", year=years[-1])
    definition = figures.definition
    nodes = outermost(query.nodes) if _asks_of_a_part(query) else query.nodes
    wholes = [node for node in nodes if node.children]
    to_the_top = "full" in query.points and query.asks_gap
    if not wholes and (query.claims or goals or to_the_top) and "alone" not in query.points:
        wholes = list(nodes)  # how far an indicator itself has to go
    wholes = wholes or [definition.root]
    for whole in wholes:
        desk.draft.paragraph()
        if goals:
            _write_target(desk, whole, figures.score(whole, goals[0]), years[-1])
            continue
        if query.claims:
            _write_target(desk, whole, desk.prospects.goal(whole, float(query.claims[0])), years[-1])
            continue
        top = _top(desk, whole, years[-1]) if to_the_top else None
        if top is not None:
            _write_gap(desk, whole, desk.prospects.goal(whole, top), years[-1])
        if whole.children or top is None:
            _write_headroom(desk, whole, years[-1])
    return Status.ANSWER


def write_unit_targets(desk: Desk) -> Status:
    """Tell what a unit would need to come to the score of another in the same year."""
    year = max(desk.query.years)
    for whole in outermost(desk.query.nodes):
        for other in desk.others:
            desk.draft.block(desk.draft.phrase("value.unit", unit=desk.figures.unit))
            desk.draft.paragraph()
            score = other.score(whole, year)
            goal = replace(desk.prospects.goal(whole, score.value), decimals=score.decimals)
            desk.draft.say("target.of_unit", unit=other.unit, year=year)
            _write_target(desk, whole, goal, year)
    return Status.ANSWER


def _asks_of_a_part(query: Query) -> bool:
    """Whether it is asked how far a part would have to go, not how all that is named could reach a score."""
    asks_amount = query.asks_amount or query.asks_number or query.asks_points
    asks_amount = asks_amount or phrasings().to_what.search(normalise(query.text)) is not None
    has_goal = query.claims or query.to_year or len(query.units) > 1
    return bool(query.is_nested and asks_amount and has_goal and not query.asks_each)


def _is_model(desk: Desk, year: int) -> bool:
    """Whether a year is named as the one whose score is to be reached again: "back to the 94.24 of that year"."""
    scores = (desk.figures.score_if_any(node, year) for node in desk.query.nodes)
    return any(score is not None and score.display in desk.query.claims for score in scores)


def _top(desk: Desk, node: Node, year: int) -> float | None:
    """Give the highest score that a node can have; None where there is no end."""
    if node.is_indicator:
        return best_score(desk.figures.result, node, year)
    scale = desk.figures.definition.score_range
    return scale[1] if scale else None


def _said(desk: Desk, goal: Figure) -> str:
    """Write the score that is to be reached, with the year whose score it is."""
    return desk.draft.phrase("target.of_year" if goal.year else "target.value", value=goal, year=goal.year)


def _write_gap(desk: Desk, node: Node, goal: Figure, year: int) -> None:
    """Say how far a node is from a score."""
    score, marker = desk.figures.score(node, year), desk.printed(node, [year])
    has_reached = score.value >= goal.value
    key = f"target.{'reached' if has_reached else 'gap'}{'_of_year' if goal.year else ''}"
    if goal.year and goal.year != year:
        gap = desk.figures.change(node, min(year, goal.year), max(year, goal.year))
    else:
        gap = None if has_reached else desk.prospects.gap(node, year, goal.value)
    desk.draft.say(
        key,
        year=year,
        node=desk.name(node),
        score=score,
        goal=goal,
        goal_year=goal.year,
        gap=gap,
        marker=marker,
    )


def _write_target(desk: Desk, whole: Node, goal: Figure, year: int) -> None:
    draft, figures, target = desk.draft, desk.figures, goal.value
    mix = cheapest_mix(figures.result, whole.id, target, year, figures.unit)
    if figures.score(whole, year).value >= target:
        _write_gap(desk, whole, goal, year)
        return
    leaves = figures.definition.leaves(whole.id)
    named = [node for node in desk.query.nodes if is_below(node, [whole])] if _asks_of_a_part(desk.query) else []
    named = outermost(named)
    named = named or [leaf for leaf in leaves if leaf in desk.query.nodes]
    alone = [require(figures.result, whole.id, target, part.id, year, figures.unit) for part in named or leaves]
    possible = [requirement for requirement in alone if desk.prospects.is_attainable(requirement)]
    unlimited = [requirement.node for requirement in possible if requirement.best is None]
    has_ceiling = all(best_score(figures.result, leaf, year) is not None for leaf in leaves)
    if has_ceiling and not mix.possible and not possible:
        draft.say("target.impossible", node=desk.name(whole), goal=_said(desk, goal))
    _write_gap(desk, whole, goal, year)
    if whole.is_indicator:
        _write_own_need(desk, alone[0], year)
        return
    if limited := [r.node for r in possible if r.best is not None]:
        draft.say("target.alone_named" if named else "target.alone", nodes=desk.names(limited))
    if unlimited:
        draft.say("target.unlimited", nodes=desk.names(unlimited))
    if len(named) == 1 and (needed := desk.prospects.needed(alone[0], whole, year)):
        score = figures.score(named[0], year)
        gap = desk.prospects.gap(named[0], year, needed.value)
        draft.say("target.own_step", node=desk.name(named[0]), score=score, needed=needed, gap=gap)
    if not possible and named:
        draft.say("target.not_alone", nodes=desk.names(named))
    elif not possible:
        draft.say("target.none_alone")
    rows: list[str] = []
    for requirement in alone:
        needed, raw = desk.prospects.needed(requirement, whole, year), desk.prospects.needed_raw(requirement, year)
        shown = draft.phrase("target.value", value=needed) if needed else "—"
        observed = draft.phrase("target.value", value=raw) if raw else "—"
        rows.append(
            draft.phrase(
                "target.row",
                node=desk.name(requirement.node),
                score=figures.score(requirement.node, year),
                needed=shown,
                raw=observed,
                verdict=_verdict(desk, requirement),
            )
        )
    draft.block(draft.phrase("target.table", rows="\n".join(rows)))
    if any(desk.prospects.needed_raw(requirement, year) for requirement in alone):
        draft.say("target.estimated")
    if has_ceiling and mix.possible:
        _write_mix(desk, whole, mix, year, goal)


def _write_own_need(desk: Desk, requirement: Requirement, year: int) -> None:
    """Tell which observed value would earn an indicator the score that it is to reach."""
    if raw := desk.prospects.needed_raw(requirement, year):
        now = desk.figures.raw(requirement.node, year)
        desk.draft.say("target.own_raw_from" if now else "target.own_raw", raw=raw, now=now)
        desk.draft.say("target.estimated")


def _verdict(desk: Desk, requirement: Requirement) -> str:
    """Say whether an indicator can reach what it needs; of one without a ceiling nothing is known."""
    if not desk.prospects.is_attainable(requirement):
        return desk.draft.phrase("target.no")
    return desk.draft.phrase("target.yes") if requirement.best is not None else "—"


def _write_mix(desk: Desk, whole: Node, mix: Mix, year: int, goal: Figure) -> None:
    """Tell the mix that takes the fewest points of indicators."""
    draft, figures = desk.draft, desk.figures
    moves = [
        draft.phrase(
            "target.move",
            node=desk.name(figures.definition.nodes[leaf]),
            score=figures.score(figures.definition.nodes[leaf], year),
            value=desk.prospects.moved(figures.definition.nodes[leaf], score, whole, mix.reached, year),
        )
        for leaf, score in mix.moves.items()
    ]
    draft.say("target.mix", moves=draft.wording.join(moves), goal=_said(desk, goal))


def _write_headroom(desk: Desk, whole: Node, year: int) -> None:
    draft, figures = desk.draft, desk.figures
    rooms = headroom(figures.result, whole.id, year, figures.unit)
    limited = [room for room in rooms if room.gain is not None and desk.prospects.has_ceiling(room.indicator, year)]
    named = [room for room in limited if room.indicator in desk.query.nodes]
    unbounded = [] if named else [room.indicator for room in rooms if room not in limited]
    limited = named or limited
    if not limited:
        draft.say("target.no_limit", node=desk.name(whole))
        _write_effects(desk, whole, [room.indicator for room in rooms])
        return
    items = [
        draft.phrase("target.gain", node=desk.name(room.indicator), gain=desk.prospects.gain(room, whole, year))
        for room in limited[:_MOST_LISTED]
        if room.gain
    ]
    if not items:
        draft.say("target.no_room", year=year, node=desk.name(whole), nodes=desk.names([r.indicator for r in limited]))
    elif named:
        draft.say("target.own_headroom", year=year, node=desk.name(whole), nodes=draft.wording.join(items))
    else:
        key = "target.headroom_limited" if unbounded else "target.headroom"
        draft.say(key, year=year, node=desk.name(whole), first=items[0])
    if items[1:] and not named:
        draft.say("target.following", node=desk.name(whole), nodes=draft.wording.join(items[1:]))
    rows = [
        draft.phrase(
            "target.headroom_row",
            node=desk.name(room.indicator),
            score=figures.score(room.indicator, year),
            weight=figures.weight(room.indicator, whole),
            gain=desk.prospects.gain(room, whole, year),
        )
        for room in limited
    ]
    unit = draft.wording.in_brackets(figures.definition.score_unit)
    draft.block(draft.phrase("target.headroom_table", node=desk.name(whole), in_unit=unit, rows="\n".join(rows)))
    draft.say("target.only_score")
    _write_effects(desk, whole, unbounded)


def _write_effects(desk: Desk, whole: Node, nodes: Sequence[Node]) -> None:
    """Say of indicators without a ceiling what each point of them does to the whole, the most first."""
    weights = [(node, desk.figures.weight(node, whole)) for node in nodes if node is not whole]
    if not weights:
        return
    ranked = sorted(weights, key=lambda pair: -pair[1].value)
    items = [desk.draft.phrase("target.effect", node=desk.name(node), weight=weight) for node, weight in ranked]
    desk.draft.say("target.effects", node=desk.name(whole), nodes=desk.draft.wording.join(items))
