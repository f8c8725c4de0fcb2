"""Exact attribution of a difference between two points, and the four figures that come of it (handbook, step 9)."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.definition import Node
from scoring.index import BLOCK, IndexResult
from scoring.observations import Grid
from scoring.split import Amount, Ends

# A share of the change is withheld when the change is under 5 % of all the movement that went into it:
# a quotient by nearly nothing says nothing.
_SHARE_FLOOR = 0.05


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
    ends = Ends(base.result, slice(base.row, base.row + 1), point.result, slice(point.row, point.row + 1))
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
        effects = Ends(result, slice(first - 1, last - 1), result, slice(first, last)).effects(node_id)
        for column, leaf in enumerate(leaves):
            found[first:last, column] = effects[leaf].total
    empty = np.isnan(result.matrix[:, result.definition.columns[node_id]])
    found[empty] = np.nan
    found[1:][empty[:-1]] = np.nan
    codes = result.observations.unit_codes
    found[1:][codes[1:] != codes[:-1]] = np.nan
    return found
