"""Exact attribution of a difference: contributions that add up to it without a residual (OECD/JRC handbook, step 9).

Every mean here is quasi-arithmetic: f(S) = Σ w f(s). With q(a, b) the slope of f between the two ends, a difference
splits exactly, whatever the mean, into

    ΔS = Σ [ w̄ q(s) / q(S) · Δs  +  Δw (f̄(s) - f̄(S)) / q(S) ]

where a bar is the mean of both ends: what the scores did, and what the weights did. For the arithmetic mean w̄ q/q is
the weight itself; for the geometric one this is the additive LMDI (log-mean Divisia index), whose limits at equal ends
are the slopes there. Applied from the top down it reaches the indicators; at an indicator, a change of the reference
values is told apart from a change of the raw value by taking both orders and their mean (Shapley).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import AGGREGATIONS, Weights
from scoring.definition import Node
from scoring.errors import DefinitionError
from scoring.index import BLOCK, IndexResult, effective_shares
from scoring.observations import Grid

# A share of the change is withheld when the change is under 5 % of all the movement that went into it:
# a quotient by nearly nothing says nothing.
_SHARE_FLOOR = 0.05

Amount = Grid | float
Mask = NDArray[np.bool_] | bool


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a comparison: a unit and year of a result. The two ends may be of different results."""

    result: IndexResult
    year: int
    unit: str

    @property
    def row(self) -> int:
        """The row of the result."""
        return self.result.row(self.year, self.unit)

    def score(self, node_id: str) -> float:
        """Give an unrounded score."""
        return self.result.score(node_id, self.year, self.unit)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part did to the whole.

    Attributes
    ----------
    node : Node
    weight : float
        Points of the whole for each point of the part between the two ends: for arithmetic means the effective weight.
    start, end, change : float
        Score of the part, in points; NaN where it was missing.
    value_effect, weight_effect, scale_effect : float
        What came from the part itself, from changed weights (a gap that shifts weights included) and from changed
        reference values, in points of the whole.
    contribution : float
        The sum of the three effects, in points of the whole (贡献).
    growth_points : float or None
        `contribution` in per cent of the base, in percentage points (拉动); None where the base is not above zero.
    share : float or None
        `contribution` / change of the whole (贡献率); None where that change is too small to divide by.
    """

    node: Node
    weight: float
    start: float
    end: float
    value_effect: float
    weight_effect: float
    scale_effect: float
    growth_points: float | None
    share: float | None

    @property
    def change(self) -> float:
        """How far the part moved, in its own points."""
        return self.end - self.start

    @property
    def contribution(self) -> float:
        """Give the sum of the effects."""
        return self.value_effect + self.weight_effect + self.scale_effect


@dataclass(frozen=True, slots=True)
class ChangeAttribution:
    """The difference of one node between two points.

    Attributes
    ----------
    base, point : Point
        Where the comparison starts and ends.
    parts : mapping of node id to Contribution
        Every node below, parents first; each level under the node adds up to the change.
    """

    node: Node
    base: Point
    point: Point
    start: float
    end: float
    parts: Mapping[str, Contribution]

    @property
    def change(self) -> float:
        """The whole difference, in points."""
        return self.end - self.start

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """By indicator, largest movement first."""
        return _largest_first(part for part in self.parts.values() if part.node.is_indicator)

    @property
    def dimensions(self) -> tuple[Contribution, ...]:
        """By direct part, largest movement first."""
        return _largest_first(self.parts[child.id] for child in self.node.children)

    @property
    def residual(self) -> float:
        """What the contributions leave unexplained; zero but for float arithmetic."""
        return self.change - math.fsum(part.contribution for part in self.contributions)


def _largest_first(parts: Iterable[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(parts, key=lambda part: -abs(part.contribution)))


def attribute_change(
    result: IndexResult, node_id: str, start: int, end: int, unit: str | None = None
) -> ChangeAttribution:
    """Split the change of a node between two years of a unit, exactly.

    Parameters
    ----------
    result : IndexResult
    node_id : str
        An indicator is its own and only part.
    start, end : int
        Years; `start` may be the later one.
    unit : str, optional

    Raises
    ------
    UnknownYearError, UnknownUnitError, EmptyNodeError
        The data do not hold one of them.
    """
    unit = result.unit(unit)
    return attribute(node_id, Point(result, start, unit), Point(result, end, unit))


def attribute(node_id: str, base: Point, point: Point) -> ChangeAttribution:
    """Split the difference of a node between any two points: years, units, scenarios, editions of an index.

    Raises
    ------
    UnknownYearError, UnknownUnitError, EmptyNodeError
        The data do not hold one of the points.
    DefinitionError
        The points belong to indices of different structure.
    """
    start, end = base.score(node_id), point.score(node_id)
    ends = _Ends(base.result, slice(base.row, base.row + 1), point.result, slice(point.row, point.row + 1))
    effects = ends.effects(node_id)
    node = point.result.definition.nodes[node_id]
    below = [part for part in node.walk() if part is not node or node.is_indicator]
    gross = math.fsum(abs(_number(effects[leaf.id].total)) for leaf in node.walk() if leaf.is_indicator)
    divisible = abs(end - start) > _SHARE_FLOOR * gross

    def part(part: Node) -> Contribution:
        effect = effects[part.id]
        return Contribution(
            node=part,
            weight=_number(effect.weight),
            start=_number(ends.start(part.id)),
            end=_number(ends.end(part.id)),
            value_effect=_number(effect.value),
            weight_effect=_number(effect.weights),
            scale_effect=_number(effect.scale),
            growth_points=100 * _number(effect.total) / start if start > 0 else None,
            share=_number(effect.total) / (end - start) if divisible else None,
        )

    return ChangeAttribution(node, base, point, start, end, {below.id: part(below) for below in below})


def _number(amount: Amount) -> float:
    return float(np.asarray(amount).reshape(-1)[0])


def consecutive_contributions(result: IndexResult, node_id: str) -> Grid:
    """Split every change of a node from one year that holds data to the next, in every unit.

    Returns
    -------
    ndarray, shape (rows of the result, indicators under the node)
        In points of the node; NaN in the first year of a unit.
    """
    leaves = [node.id for node in result.definition.leaves(node_id)]
    rows = len(result.observations.years)
    found = np.full((rows, len(leaves)), np.nan, order="F")
    for first in range(1, rows, BLOCK):
        last = min(first + BLOCK, rows)
        effects = _Ends(result, slice(first - 1, last - 1), result, slice(first, last)).effects(node_id)
        for column, leaf in enumerate(leaves):
            found[first:last, column] = effects[leaf].total
    codes = result.observations.unit_codes
    found[1:][codes[1:] != codes[:-1]] = np.nan
    return found


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a part did to the whole, and the points of the whole for each of its own; a number or one for each row."""

    weight: Amount
    value: Amount
    weights: Amount
    scale: Amount

    @property
    def total(self) -> Amount:
        return self.value + self.weights + self.scale


@dataclass(frozen=True, slots=True)
class _Both:
    """The scores of a node at both ends, and whether it is absent there; an absent one has the score of the other."""

    start: Grid
    end: Grid
    absent: tuple[Mask, Mask]


class _Ends:
    """Rows of one result, each set against a row of another (or the same)."""

    def __init__(self, base: IndexResult, base_rows: slice, point: IndexResult, point_rows: slice):
        self._base, self._base_rows = base, base_rows
        self._point, self._point_rows = point, point_rows
        shapes = [
            [(node.id, [child.id for child in node.children], node.aggregation) for node in r.definition.nodes.values()]
            for r in (base, point)
        ]
        if base is not point and shapes[0] != shapes[1]:
            raise DefinitionError("两端的指标体系结构不同（节点、上下级或合成方法），变化无法分解到同样的指标")
        self._gaps = "reweight" in (base.definition.missing, point.definition.missing)

    def start(self, node_id: str) -> Grid:
        return self._base.matrix[self._base_rows, self._base.definition.columns[node_id]]

    def end(self, node_id: str) -> Grid:
        return self._point.matrix[self._point_rows, self._point.definition.columns[node_id]]

    def effects(self, node_id: str) -> dict[str, _Effect]:
        """Split the difference of a node over all nodes under it, itself included."""
        effects: dict[str, _Effect] = {}
        node = self._point.definition.nodes[node_id]
        self._split(node, self._both(node, (False, False)), 1.0, 0.0, effects)
        return effects

    def _split(self, node: Node, ends: _Both, weight: Amount, carried: Amount, effects: dict[str, _Effect]) -> None:
        """Split one node, given its weight in the whole and what the weights above it have already done."""
        if node.is_indicator:
            value, scale = self._value_and_scale(node, ends)
            effects[node.id] = _Effect(weight, weight * value, carried, weight * scale)
            return
        mean = AGGREGATIONS[node.aggregation]
        slope = mean.slope(ends.start, ends.end)
        level = (mean.transform(ends.start) + mean.transform(ends.end)) / 2
        for child, before, after in zip(node.children, *self._shares(node, ends), strict=True):
            part = self._both(child, ends.absent)
            share = (before + after) / 2
            shift: Amount = 0.0
            if before is not after:
                shift = (after - before) * ((mean.transform(part.start) + mean.transform(part.end)) / 2 - level) / slope
            own_weight = weight * (share * mean.slope(part.start, part.end) / slope)
            self._split(child, part, own_weight, carried * share + weight * shift, effects)
        below = [effects[child.id] for child in node.children]
        effects[node.id] = _Effect(
            weight, sum(e.value for e in below), sum(e.weights for e in below), sum(e.scale for e in below)
        )

    def _shares(self, node: Node, ends: _Both) -> tuple[Weights, Weights]:
        """Give the shares of the children at both ends, the same objects where they do not differ."""
        scores = ([end(child.id) for child in node.children] for end in (self.start, self.end))
        before, after = (
            effective_shares(result.definition, result.definition.nodes[node.id], parts)
            for result, parts in zip((self._base, self._point), scores, strict=True)
        )
        if not self._gaps:
            return before, before if list(before) == list(after) else after
        at_start, at_end = ends.absent
        pairs = list(zip(before, after, strict=True))
        return [np.where(at_start, b, a) for a, b in pairs], [np.where(at_end, a, b) for a, b in pairs]

    def _both(self, node: Node, absent: tuple[Mask, Mask]) -> _Both:
        """Give both scores of a part; where it, or what it belongs to, is missing at one end, it stands still."""
        start, end = self.start(node.id), self.end(node.id)
        if not self._gaps:
            return _Both(start, end, absent)
        absent = absent[0] | np.isnan(start), absent[1] | np.isnan(end)
        start, end = np.where(absent[0], end, start), np.where(absent[1], start, end)
        return _Both(np.nan_to_num(start, nan=1.0), np.nan_to_num(end, nan=1.0), absent)

    def _value_and_scale(self, node: Node, ends: _Both) -> tuple[Amount, Amount]:
        """Tell what the raw value did from what the reference values did, each being the mean of both orders."""
        start, end = ends.start, ends.end
        base, point = self._base.curves[node.id], self._point.curves[node.id]
        if base.dated == point.dated and len(base.dated) <= 1:
            return end - start, 0.0
        base_raw, base_years = _scored(self._base, self._base_rows, node)
        point_raw, point_years = _scored(self._point, self._point_rows, node)
        new_raw_old_curve = base.scores(point_raw, base_years)
        old_raw_new_curve = point.scores(base_raw, point_years)
        scale = (old_raw_new_curve - start + end - new_raw_old_curve) / 2
        scale = np.where(np.isnan(scale), 0.0, scale)
        return end - start - scale, scale


def _scored(result: IndexResult, rows: slice, node: Node) -> tuple[Grid, NDArray[np.int32]]:
    """Give the raw values that were scored (NaN where a score was given or nothing is known) and their years."""
    observations = result.observations
    years = observations.years[rows]
    column = observations.indicators.index(node.id)
    if observations.raw is None:
        return np.full(len(years), np.nan), years
    raw = observations.raw[rows, column]
    if observations.score is None:
        return raw, years
    return np.where(np.isnan(observations.score[rows, column]), raw, np.nan), years
