"""What would be if scores or raw values were others."""

from dataclasses import replace
from typing import Literal

from assistant.answer import Figure, Status
from assistant.assumptions import Assumption
from assistant.desk import Desk
from scoring import Node, Scenario, ScenarioError, Setting, best_score, exact, run_scenario


def write_scenarios(desk: Desk) -> Status:
    """Score the index anew under what the question supposes, and say what becomes of the nodes asked for."""
    if desk.query.of_those_moved and desk.query.assumptions and not (desk := _of_those_moved(desk)).query.assumptions:
        desk.draft.say("scenario.none_moved")
        return Status.REFUSE
    desk = _of_leaves(desk)
    query, draft, figures = desk.query, desk.draft, desk.figures
    assumed = [assumption.node for assumption in query.assumptions]
    years = _years(desk)
    year = years[0 if query.compares else -1]  # what is named behind it is what it is compared with
    if all(_supposes_itself(assumption, year) for assumption in query.assumptions):
        draft.say("scenario.unclear")
        return Status.CLARIFY
    settings: list[Setting] = []
    try:
        settings += [_setting(desk, assumption, year) for assumption in query.assumptions]
        if len(settings) == 1 and _passes_on_by_weight(desk, settings[0]):
            return _write_dimension(desk, settings[0], year)
        scenario = run_scenario(figures.result, year, settings, figures.unit)
    except ScenarioError as error:
        for setting in settings:
            draft.keep(desk.prospects.supposed(setting, year))
            for limit in desk.prospects.limits(setting.node, year) if setting.node.is_indicator else ():
                draft.keep(limit)
        desk.names(leaf for node in assumed for leaf in figures.definition.leaves(node.id))  # the reason may list them
        draft.say("scenario.impossible", reason=desk.why_not(error))
        for node in dict.fromkeys(assumed):
            score, marker = figures.score(node, year), desk.printed(node, [year])
            draft.say("value.score", year=year, node=desk.name(node), score=score, marker=marker)
        return Status.REFUSE
    if year not in query.years:
        draft.note("value.latest", year=year)
    moving = [s for s in settings if desk.prospects.assumed_change(s.node, scenario).direction or s.kind == "raw"]
    items = [_item(desk, scenario, setting) for setting in moving or settings]
    draft.say("scenario.assume", year=year, settings=draft.wording.join(items))
    asked = [node for node in query.nodes if node not in assumed]
    if not asked:
        own = [s.node for s in settings if query.asks_score and s.kind == "raw"]
        asked = list(dict.fromkeys((*own, figures.definition.root)))
    for node in asked:
        value = desk.prospects.assumed(node, scenario)
        _write_change(desk, node, value, desk.prospects.assumed_change(node, scenario))
        _write_since(desk, node, value)
        _write_bound(desk, scenario, node)
        for other in years if query.compares else ():
            if other != year:
                _compare(desk, scenario, node, other)
    if scenario.inferred:
        draft.say("scenario.inferred", nodes=desk.names(scenario.inferred))
    _write_table(desk, scenario)
    return Status.ANSWER


def _years(desk: Desk) -> list[int]:
    """List the years named but for those from which values are taken; the latest where none is named."""
    taken = {assumption.year for assumption in desk.query.assumptions}
    return [year for year in desk.query.years if year not in taken] or [desk.figures.years[-1]]


def _of_leaves(desk: Desk) -> Desk:
    """Suppose of the one indicator that a dimension consists of what is supposed of the dimension."""
    definition = desk.figures.definition
    only = {a.node: leaves[0] for a in desk.query.assumptions if len(leaves := definition.leaves(a.node.id)) == 1}
    assumptions = tuple(replace(a, node=only.get(a.node, a.node)) for a in desk.query.assumptions)
    nodes = tuple(node for node in desk.query.nodes if node not in only or node.is_indicator)
    return replace(desk, query=replace(desk.query, assumptions=assumptions, nodes=nodes))


def _of_those_moved(desk: Desk) -> Desk:
    """Suppose something only of the indicators that moved the way that the question says."""
    query, figures = desk.query, desk.figures
    year = _years(desk)[0]
    before = max((known for known in figures.years if known < year), default=year)
    moved = [a for a in query.assumptions if figures.change(a.node, before, year).direction == query.of_those_moved]
    nodes = tuple(node for node in query.nodes if not node.is_indicator)
    return replace(desk, query=replace(query, assumptions=tuple(moved), nodes=nodes))


def _supposes_itself(assumption: Assumption, year: int) -> bool:
    """Whether what is supposed of a year is only what it was in that year."""
    return assumption.number is None and assumption.year == year and not assumption.is_reckoned


def _setting(desk: Desk, assumption: Assumption, year: int) -> Setting:
    """Turn what is supposed into a score or raw value."""
    result, unit, node = desk.figures.result, desk.figures.unit, assumption.node
    observation = result.observation(node.id, year, unit)
    raw = observation.raw if observation else None
    score = result.score(node.id, year, unit)
    kind: Literal["score", "raw"] = (
        assumption.kind
        if assumption.kind in ("score", "raw")
        else _meant(assumption.number or 0.0, score, raw, desk.query.direction)
    )
    earlier = max((known for known in desk.figures.years if known < year), default=year)
    is_last = assumption.is_reckoned and assumption.year == year
    when = earlier if assumption.is_unchanged or is_last else assumption.year
    if when is not None:
        then = result.observation(node.id, when, unit)
        if kind == "raw" and then is not None and then.raw is not None:
            return Setting(node, "raw", then.raw)
        return Setting(node, "score", result.score(node.id, when, unit))
    if assumption.is_record:
        known = [y for y in desk.figures.years if result.has_score(node.id, y, unit)]
        return Setting(node, "score", max(result.score(node.id, y, unit) for y in known))
    if assumption.number is None:
        best = _best(desk, node, year)
        if best is None:
            raise ScenarioError(f"“{node.name}”的得分没有上限", "no_best", node=node)
        return Setting(node, "score", best)
    if assumption.is_from_before:
        before = result.observation(node.id, earlier, unit)
        raw, score = before.raw if before else None, result.score(node.id, earlier, unit)
    now = raw if kind == "raw" else score
    if assumption.is_step and now is None:
        raise ScenarioError(f"没有{year}年“{node.name}”的观测值", "no_raw", node=node, year=year)
    if assumption.is_ratio:
        return Setting(node, kind, float(exact((now or 0.0) * (1 + assumption.number / 100))))
    value = (now or 0.0) + assumption.number if assumption.is_step else assumption.number
    best = _best(desk, node, year) if kind == "score" and assumption.is_step and desk.query.is_capped else None
    return Setting(node, kind, float(exact(value if best is None else min(value, best))))


def _best(desk: Desk, node: Node, year: int) -> float | None:
    """Give the highest score that a node can have; of a dimension, that of the scale."""
    if node.is_indicator:
        return best_score(desk.figures.result, node, year)
    scale = desk.figures.definition.score_range
    return scale[1] if scale else None


def _passes_on_by_weight(desk: Desk, setting: Setting) -> bool:
    """Whether the score supposed of a dimension is possible and moves all above it by its weight."""
    *above, node = desk.figures.definition.path(setting.node.id)
    scale = desk.figures.definition.score_range
    is_possible = scale is None or scale[0] <= setting.value <= scale[1]
    return bool(node.children and above and is_possible and all(n.aggregation == "arithmetic" for n in above))


def _write_dimension(desk: Desk, setting: Setting, year: int) -> Status:
    """Say what the score of a dimension would do to the nodes above it; how it comes about stays open."""
    draft, figures, node = desk.draft, desk.figures, setting.node
    if year not in desk.query.years:
        draft.note("value.latest", year=year)
    above = figures.definition.path(node.id)[:-1]
    actual, value = figures.score(node, year), replace(desk.prospects.supposed(setting, year), decimals=2)
    item = draft.phrase("scenario.score", node=desk.name(node), actual=actual, value=value)
    draft.say("scenario.assume", year=year, settings=item)
    for whole in [other for other in desk.query.nodes if other in above] or above[:1]:
        supposed, change = desk.prospects.passed_on(setting, whole, year)
        _write_change(desk, whole, supposed, change)
        _write_since(desk, whole, supposed)
    draft.say("scenario.dimension", node=desk.name(node), parts=desk.names(figures.definition.leaves(node.id)))
    return Status.ANSWER


def _meant(number: float, score: float, raw: float | None, direction: int) -> Literal["score", "raw"]:
    """Take a bare number for the one that moves to it the way that is said, else for the one it is nearer to."""
    if raw is None:
        return "score"
    if (number - raw) * (number - score) * direction < 0:
        return "raw" if (number - raw) * direction > 0 else "score"
    return "raw" if abs(number - raw) / abs(raw or 1) < abs(number - score) / abs(score or 1) else "score"


def _item(desk: Desk, scenario: Scenario, setting: Setting) -> str:
    draft, figures, node, year = desk.draft, desk.figures, setting.node, scenario.point.year
    item = draft.phrase(
        "scenario.score",
        node=desk.name(node),
        actual=figures.score(node, year),
        value=desk.prospects.assumed(node, scenario),
    )
    if setting.kind == "score":
        return item
    raw = figures.raw(node, year)
    value = desk.prospects.supposed(setting, year)
    if raw is None:
        return draft.phrase("scenario.raw", node=desk.name(node), value=value, score=item)
    return draft.phrase("scenario.raw_from", node=desk.name(node), actual=raw, value=value, score=item)


def _write_change(desk: Desk, node: Node, value: Figure, change: Figure) -> None:
    key = {1: "scenario.rises", -1: "scenario.falls", 0: "scenario.same"}[change.direction]
    actual = desk.figures.score(node, int(value.year or 0))
    desk.draft.say(key, node=desk.name(node), value=value, actual=actual, change=change)


def _write_since(desk: Desk, node: Node, value: Figure) -> None:
    """Tell, where that is asked, whether the outcome would still be a rise or a fall from the year before."""
    year = int(value.year or 0)
    earlier = max((known for known in desk.figures.years if known < year), default=year)
    if not desk.query.asks_still or earlier == year:
        return
    moved, actual = desk.prospects.since(value, earlier), desk.figures.change(node, earlier, year)
    way = {1: "up", -1: "down", 0: "level"}[moved.direction]
    key = f"scenario.still_{way}" if moved.direction in (actual.direction, 0) else f"scenario.now_{way}"
    desk.draft.say(key, year=earlier, other=desk.figures.score(node, earlier), moved=moved)


def _write_bound(desk: Desk, scenario: Scenario, node: Node) -> None:
    """Tell whether the outcome reaches the score that the question names."""
    supposed = {abs(assumption.number or 0.0) for assumption in desk.query.assumptions}
    years = {float(year) for year in desk.figures.years}
    given = desk.query.numbers if desk.query.confirms else desk.query.claims
    named = [value for number in given if (value := float(number.rstrip("%"))) not in supposed | years]
    if named and (desk.query.bound or desk.query.confirms):
        goal = desk.prospects.goal(node, named[0])
        key = "scenario.reaches" if desk.prospects.assumed(node, scenario).value >= goal.value else "scenario.misses"
        desk.draft.say(key, goal=goal)


def _compare(desk: Desk, scenario: Scenario, node: Node, year: int) -> None:
    """Set the outcome against another year."""
    value, other = desk.prospects.assumed(node, scenario), desk.figures.score(node, year)
    moved = desk.prospects.since(value, year)
    key = {1: "scenario.above", -1: "scenario.below", 0: "scenario.level"}[moved.direction]
    desk.draft.say(key, node=desk.name(node), value=value, year=year, other=other, moved=moved)


def _write_table(desk: Desk, scenario: Scenario) -> None:
    """Give every node that the assumptions move."""
    draft, figures = desk.draft, desk.figures
    rows: list[str] = []
    for node in figures.definition.nodes.values():
        if any(node in figures.definition.path(setting.node.id) for setting in scenario.settings):
            change = desk.prospects.assumed_change(node, scenario)
            actual, value = figures.score(node, scenario.point.year), desk.prospects.assumed(node, scenario)
            rows.append(draft.phrase("scenario.row", node=desk.name(node), actual=actual, value=value, change=change))
    draft.block(draft.phrase("scenario.table", rows="\n".join(rows)))
