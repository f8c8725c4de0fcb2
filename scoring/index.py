"""From a definition and observations to every node's score, with each stage kept under its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scoring.aggregate import AGGREGATIONS, Weights
from scoring.curves import Curves, IndicatorCurve, fit_curves
from scoring.definition import IndexDefinition, Node
from scoring.errors import EmptyNodeError, ObservationError, Problem, UnknownUnitError, UnknownYearError
from scoring.observations import Grid, Observation, Observations, Period

if TYPE_CHECKING:
    import pandas as pd

# Rows worked on at a time: their columns stay in the processor's cache from one step to the next.
BLOCK = 8192

# A weighted sum of float shares misses one by some 1e-16.
_COVERAGE_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class IndexResult:
    """Every stage of an index.

    Attributes
    ----------
    definition : IndexDefinition
    observations : Observations
        What went in.
    curves : mapping of indicator id to IndicatorCurve
        What turned raw values into scores.
    matrix : ndarray, shape (rows, nodes)
        Unrounded scores; the rows of `observations`, columns in the order of `definition.nodes`. NaN where a node
        stayed empty, which only `missing: reweight` allows.
    coverage : ndarray of the same shape, or None
        The share of the weight under a node that was there, 0..1; None where gaps are errors.
    """

    definition: IndexDefinition
    observations: Observations
    curves: Curves
    matrix: Grid
    coverage: Grid | None

    @property
    def periods(self) -> list[Period]:
        """The (unit, year) pairs of the rows."""
        return self.observations.periods

    @cached_property
    def scores(self) -> "pd.DataFrame":
        """The scores as a table: rows (unit, year), a column per node id."""
        import pandas as pd  # a second at start-up that a question never needs

        rows = pd.MultiIndex.from_tuples(self.periods, names=["unit", "year"])
        return pd.DataFrame(self.matrix, index=rows, columns=list(self.definition.nodes))

    @property
    def units(self) -> list[str]:
        """The units that hold data."""
        return list(self.observations.units)

    def unit(self, name: str | None = None) -> str:
        """Resolve a unit: the one named, else the default, else the only one.

        Raises
        ------
        UnknownUnitError
            The data hold no such unit, or several and none is the default.
        """
        name = name or self.definition.default_unit or (self.units[0] if len(self.units) == 1 else "")
        if name not in self.units:
            raise UnknownUnitError(name, self.units)
        return name

    @cached_property
    def span(self) -> list[int]:
        """All years of all units, ascending."""
        return np.unique(self.observations.years).tolist()

    def years(self, unit: str | None = None) -> list[int]:
        """List the years of a unit, ascending."""
        code = self.units.index(self.unit(unit))
        return self.observations.years[self.observations.unit_codes == code].tolist()

    def row(self, year: int, unit: str | None = None) -> int:
        """Find the row of a unit and year.

        Raises
        ------
        UnknownYearError
            The data hold no such year for the unit.
        """
        unit = self.unit(unit)
        row = self.observations.rows.get((unit, year))
        if row is None:
            raise UnknownYearError(year, self.years(unit))
        return row

    def score(self, node_id: str, year: int, unit: str | None = None) -> float:
        """Give one unrounded score.

        Raises
        ------
        UnknownYearError
            The data hold no such year for the unit.
        EmptyNodeError
            Too little was observed to score the node.
        """
        score = float(self.matrix[self.row(year, unit), self.definition.columns[node_id]])
        if np.isnan(score):
            raise EmptyNodeError(self.definition.nodes[node_id].name, self.unit(unit), year)
        return score

    def has_score(self, node_id: str, year: int, unit: str | None = None) -> bool:
        """Whether enough was observed to score a node."""
        return not np.isnan(self.matrix[self.row(year, unit), self.definition.columns[node_id]])

    def observation(self, indicator_id: str, year: int, unit: str | None = None) -> Observation | None:
        """Give what was observed of an indicator, or None for a dimension or a gap."""
        return self.observations.find(self.unit(unit), year, indicator_id)


def compute(definition: IndexDefinition, observations: Observations) -> IndexResult:
    """Score every node in every unit and year.

    A score that was given wins over one computed from the raw value.

    Raises
    ------
    ObservationError
        An indicator has neither a score nor a raw value that its method can score, or a mean has no value for its
        parts; all such places are named.
    """
    return compute_with(definition, observations, fit_curves(definition, observations))


def compute_with(definition: IndexDefinition, observations: Observations, curves: Curves) -> IndexResult:
    """Score every node as `compute` does, by curves that were made from other observations."""
    shape = (len(observations.years), len(definition.nodes))
    matrix = np.empty(shape, order="F")
    coverage = np.empty(shape, order="F") if definition.missing == "reweight" else None
    result = IndexResult(definition, observations, curves, matrix, coverage)
    for start in range(0, shape[0], BLOCK):
        block = slice(start, start + BLOCK)
        _score_indicators(result, block)
        _aggregate(result, block)
    problems = [*_gaps(result), *_without_mean(result)]
    if problems:
        raise ObservationError("数据", problems)
    return result


def _score_indicators(result: IndexResult, block: slice) -> None:
    observations = result.observations
    years = observations.years[block]
    for column, node in enumerate(result.definition.indicators):
        scores = result.matrix[block, result.definition.columns[node.id]]
        if observations.raw is None:
            scores[:] = np.nan
        else:
            scores[:] = result.curves[node.id].scores(observations.raw[block, column], years)
        if observations.score is not None:
            given = observations.score[block, column]
            np.copyto(scores, given, where=~np.isnan(given))


def _aggregate(result: IndexResult, block: slice) -> None:
    definition, columns = result.definition, result.definition.columns
    if result.coverage is not None:
        for node in definition.indicators:
            column = columns[node.id]
            result.coverage[block, column] = ~np.isnan(result.matrix[block, column])
    with np.errstate(divide="ignore", invalid="ignore"):
        for node in reversed(definition.nodes.values()):
            if not node.children:
                continue
            parts = [result.matrix[block, columns[child.id]] for child in node.children]
            shares = effective_shares(definition, node, parts)
            if result.coverage is not None:
                covered = result.coverage[block, columns[node.id]]
                covered[:] = 0
                for child, share in node.shares().items():
                    covered += share * result.coverage[block, columns[child]]
                parts = [np.where(np.isnan(part), 1.0, part) for part in parts]
            scores = result.matrix[block, columns[node.id]]
            scores[:] = AGGREGATIONS[node.aggregation].of(parts, shares)
            if result.coverage is not None:
                covered = result.coverage[block, columns[node.id]]
                scores[(covered < definition.min_coverage - _COVERAGE_TOLERANCE) | (covered == 0)] = np.nan


def effective_shares(definition: IndexDefinition, node: Node, parts: Sequence[Grid]) -> Weights:
    """Give the weights of a node's children relative to the siblings that are there; a gap weighs nothing."""
    shares = list(node.shares().values())
    if definition.missing != "reweight":
        return shares
    present = [share * ~np.isnan(part) for share, part in zip(shares, parts, strict=True)]
    total = np.sum(present, axis=0)
    return [weight / np.where(total > 0, total, 1.0) for weight in present]


def _gaps(result: IndexResult) -> Iterator[Problem]:
    """Name every indicator that has no score, except where gaps are allowed."""
    definition = result.definition
    if result.coverage is None and np.isfinite(result.matrix[:, 0]).all():
        return
    for column, node in enumerate(definition.indicators):
        scores = result.matrix[:, definition.columns[node.id]]
        for row in np.flatnonzero(~np.isfinite(scores)).tolist():
            raw = np.nan if result.observations.raw is None else result.observations.raw[row, column]
            if definition.missing != "reweight" or not np.isnan(raw):
                unit, year = result.periods[row]
                yield Problem(f"{unit}{year}年 {node.name}", _why_no_score(result.curves[node.id], raw, year))


def _why_no_score(curve: IndicatorCurve, raw: float, year: int) -> str:
    if np.isnan(raw):
        return "没有数据"
    if not curve.dated:
        return "只有原始值，而指标体系没有给出换算方法（normalise）"
    if curve.at(year) is None:
        return "指标体系没有给出这一年适用的参照值（references）"
    return f"原始值 {raw:g} 无法换算成得分（取对数要求大于 0）"


def _without_mean(result: IndexResult) -> Iterator[Problem]:
    """Name every part that its mean has no value for."""
    for node in result.definition.nodes.values():
        if not (node.children and AGGREGATIONS[node.aggregation].positive):
            continue
        for child in node.children:
            scores = result.matrix[:, result.definition.columns[child.id]]
            for row in np.flatnonzero(scores <= 0).tolist():
                unit, year = result.periods[row]
                message = f"得分 {scores[row]:g} 不大于 0，“{node.name}”的 {node.aggregation} 平均没有意义"
                yield Problem(f"{unit}{year}年 {child.name}", message)
