"""The exact split of differences: parts that add up without a residual, for any number of rows at once.

Every mean here is quasi-arithmetic: f(S) = Σ w f(s). With q(a, b) the slope of f between the two ends, a difference
splits exactly, whatever the mean, into

    ΔS = Σ [ w̄ q(s) / q(S) · Δs  +  Δw (f̄(s) - f̄(S)) / q(S) ]

where a bar is the mean of both ends: what the scores did, and what the weights did. For the arithmetic mean w̄ q/q is
the weight itself; for the geometric one this is the additive LMDI (log-mean Divisia index), whose limits at equal ends
are the slopes there. Applied from the top down it reaches the indicators; at an indicator, a change of the reference
values is told apart from a change of the raw value by taking both orders and their mean (Shapley).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import AGGREGATIONS, Weights
from scoring.definition import Node
from scoring.errors import DefinitionError
from scoring.index import IndexResult, effective_shares
from scoring.observations import Grid

Amount = Grid | float
Mask = NDArray[np.bool_] | bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a part did to the whole, and the points of the whole for each of its own; a number or one for each row."""

    weight: Amount
    value: Amount
    weights: Amount
    scale: Amount

    @property
    def total(self) -> Amount:
        """Give the sum of the effects."""
        return self.value + self.weights + self.scale


@dataclass(frozen=True, slots=True)
class _Both:
    """The scores of a node at both ends, and whether it is absent there; an absent one has the score of the other."""

    start: Grid
    end: Grid
    absent: tuple[Mask, Mask]


class Ends:
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
        """Give the scores of a node at the base."""
        return self._base.matrix[self._base_rows, self._base.definition.columns[node_id]]

    def end(self, node_id: str) -> Grid:
        """Give the scores of a node at the point."""
        return self._point.matrix[self._point_rows, self._point.definition.columns[node_id]]

    def effects(self, node_id: str) -> dict[str, Effect]:
        """Split the difference of a node over all nodes under it, itself included."""
        effects: dict[str, Effect] = {}
        node = self._point.definition.nodes[node_id]
        self._split(node, self._both(node, (False, False)), 1.0, 0.0, effects)
        return effects

    def _split(self, node: Node, ends: _Both, weight: Amount, carried: Amount, effects: dict[str, Effect]) -> None:
        """Split one node, given its weight in the whole and what the weights above it have already done."""
        if node.is_indicator:
            value, scale = self._value_and_scale(node, ends)
            effects[node.id] = Effect(weight, weight * value, carried, weight * scale)
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
        effects[node.id] = Effect(
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
