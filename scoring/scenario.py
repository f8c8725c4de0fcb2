"""What-ifs: set scores or raw values, get every node again and the exact explanation of the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scoring.contribution import ChangeAttribution, Point, attribute
from scoring.definition import Node
from scoring.errors import ObservationError, ScenarioError
from scoring.index import IndexResult, compute_with
from scoring.observations import Observation, Observations
from scoring.rounding import LARGEST

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Setting:
    """One assumption: the score or the raw value of an indicator."""

    node: Node
    kind: Literal["score", "raw"]
    value: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """What assumptions do in one unit and year.

    Attributes
    ----------
    settings : tuple of Setting
    base, point : Point
        The data, and the data with the assumptions.
    inferred : tuple of Node
        The indicators whose raw value was set and whose curve is only inferred: their scores are estimates.
    """

    settings: tuple[Setting, ...]
    base: Point
    point: Point
    inferred: tuple[Node, ...]

    def explain(self, node_id: str) -> ChangeAttribution:
        """Split what happens to a node over the indicators that were set."""
        return attribute(node_id, self.base, self.point)


@dataclass(frozen=True, slots=True)
class ImpliedRaw:
    """The raw value that would earn a score: always an estimate; `standard` and `basis` tell what the curve rests on.

    At the cap it is the first value that earns it; every better one does too.
    """

    value: float
    at_cap: bool
    status: str
    standard: str
    basis: str


def run_scenario(result: IndexResult, year: int, settings: Sequence[Setting], unit: str | None = None) -> Scenario:
    """Score one unit and year anew under assumptions; curves that depend on the data stay as they are.

    Raises
    ------
    ScenarioError
        A value is impossible, or set twice; a dimension is set; a raw value cannot be scored; a mean has no value.
    UnknownYearError, UnknownUnitError
        The data hold no such year or unit.
    """
    unit = result.unit(unit)
    base = Point(result, year, unit)
    observed = {cell.indicator: cell for cell in result.observations.cells_of(base.row)}
    inferred: list[Node] = []
    for position, setting in enumerate(settings):
        node = setting.node
        if any(node is earlier.node for earlier in settings[:position]):
            raise ScenarioError(f"“{node.name}”设定了两次", "twice", node=node)
        _check(result, setting, year)
        raw, score = (setting.value if setting.kind == kind else None for kind in ("raw", "score"))
        observed[node.id] = Observation(unit, year, node.id, raw, score)
        dated = result.curves[node.id].at(year)
        if setting.kind == "raw" and dated and dated.reference.status == "inferred":
            inferred.append(node)
    try:
        scored = compute_with(result.definition, Observations.of(result.definition, observed.values()), result.curves)
    except ObservationError as error:
        raise ScenarioError("；".join(problem.message for problem in error.problems)) from error
    return Scenario(tuple(settings), base, Point(scored, year, unit), tuple(inferred))


def _check(result: IndexResult, setting: Setting, year: int) -> None:
    node = setting.node
    if not node.is_indicator:
        below = "、".join(leaf.name for leaf in result.definition.leaves(node.id))
        message = f"“{node.name}”由下级合成，不能直接设定；请设定它的指标：{below}"
        raise ScenarioError(message, "dimension", node=node)
    if not abs(setting.value) < LARGEST:
        raise ScenarioError(f"“{node.name}”设定的值不是一个数", "not_a_number", node=node)
    if setting.kind == "raw":
        if result.curves[node.id].at(year) is None:
            message = f"“{node.name}”没有{year}年的换算方法，不能按原始值设定，请设定得分"
            raise ScenarioError(message, "no_curve", node=node, year=year)
        if node.valid and not node.valid[0] <= setting.value <= node.valid[1]:
            low, high = node.valid
            message = f"“{node.name}”的原始值应在 {low:g} 到 {high:g}{node.measure_unit}之间"
            raise ScenarioError(message, "beyond_valid", node=node, low=low, high=high, unit=node.measure_unit)
        return
    best = best_score(result, node, year)
    if best is not None and setting.value > best + _TOLERANCE:
        message = f"“{node.name}”的得分最高是 {best:g}，不能设为 {setting.value:g}"
        raise ScenarioError(message, "beyond_best", node=node, best=best, value=setting.value)


def best_score(result: IndexResult, node: Node, year: int) -> float | None:
    """Give the highest score an indicator can reach: by its curve, its possible raw values and the scale of the index.

    None where nothing limits it.
    """
    limits: list[float] = []
    dated = result.curves[node.id].at(year)
    if dated and dated.curve.best is not None:
        limits.append(dated.curve.best)
    if dated and node.valid:
        limits.append(float(np.nanmax(dated.curve.scores(np.array(node.valid)))))
    if result.definition.score_range:
        limits.append(result.definition.score_range[1])
    return min(limits, default=None)


def implied_raw(result: IndexResult, node: Node, year: int, score: float) -> ImpliedRaw | None:
    """Estimate the raw value that would earn a score; None where the curve knows none, or it is not a possible one."""
    dated = result.curves[node.id].at(year)
    value = dated.curve.raw(score) if dated else None
    if dated is None or value is None:
        return None
    if node.valid and not node.valid[0] - _TOLERANCE <= value <= node.valid[1] + _TOLERANCE:
        return None
    at_cap = dated.curve.best is not None and abs(score - dated.curve.best) < _TOLERANCE
    reference = dated.reference
    return ImpliedRaw(value, at_cap, reference.status, reference.standard, reference.basis)
