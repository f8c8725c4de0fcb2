"""From a definition and observations to every node's score, with each stage kept under its name."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import AGGREGATIONS
from scoring.definition import IndexDefinition, Node
from scoring.errors import ObservationError, Problem, UnknownUnitError, UnknownYearError
from scoring.normalise import NORMALISATIONS
from scoring.observations import Observation, Observations

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class IndexResult:
    """Every stage of an index.

    Attributes
    ----------
    definition : IndexDefinition
    observations : Observations
        What went in.
    periods : list of (unit, year)
        The rows of `matrix`.
    matrix : ndarray, shape (periods, nodes)
        Unrounded scores, columns in the order of `definition.nodes`.
    """

    definition: IndexDefinition
    observations: Observations
    periods: list[tuple[str, int]]
    matrix: NDArray[np.float64]

    @cached_property
    def _rows(self) -> dict[tuple[str, int], int]:
        return {period: row for row, period in enumerate(self.periods)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {node_id: column for column, node_id in enumerate(self.definition.nodes)}

    @cached_property
    def scores(self) -> "pd.DataFrame":
        """The scores as a table: rows (unit, year), a column per node id."""
        import pandas as pd  # a second at start-up that a question never needs

        rows = pd.MultiIndex.from_tuples(self.periods, names=["unit", "year"])
        return pd.DataFrame(self.matrix, index=rows, columns=list(self.definition.nodes))

    @cached_property
    def units(self) -> list[str]:
        """The units that hold data."""
        return list(dict.fromkeys(unit for unit, _ in self.periods))

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
        return sorted({year for _, year in self.periods})

    def years(self, unit: str | None = None) -> list[int]:
        """List the years of a unit, ascending."""
        unit = self.unit(unit)
        return [year for owner, year in self.periods if owner == unit]

    def score(self, node_id: str, year: int, unit: str | None = None) -> float:
        """Give one unrounded score.

        Raises
        ------
        UnknownYearError
            The data hold no such year for the unit.
        """
        unit = self.unit(unit)
        row = self._rows.get((unit, year))
        if row is None:
            raise UnknownYearError(year, self.years(unit))
        return float(self.matrix[row, self._columns[node_id]])

    def observation(self, indicator_id: str, year: int, unit: str | None = None) -> Observation | None:
        """Give what was observed of an indicator, or None for a dimension or a gap."""
        return self.observations.by_key.get((self.unit(unit), year, indicator_id))


def compute(definition: IndexDefinition, observations: Observations) -> IndexResult:
    """Score every node in every unit and year.

    A score that was given wins over one computed from the raw value.

    Raises
    ------
    ObservationError
        An indicator has neither a score nor a raw value that its method can score; all such gaps are named.
    """
    periods = observations.periods
    columns = {node_id: column for column, node_id in enumerate(definition.nodes)}
    matrix = np.empty((len(periods), len(columns)))
    problems: list[Problem] = []
    for indicator in definition.indicators:
        matrix[:, columns[indicator.id]] = _indicator_scores(indicator, periods, observations, problems)
    if problems:
        raise ObservationError("数据", problems)
    for node in reversed(definition.nodes.values()):
        if node.children:
            parts = matrix[:, [columns[child.id] for child in node.children]]
            shares = np.array(list(node.shares().values()))
            matrix[:, columns[node.id]] = AGGREGATIONS[node.aggregation](parts, shares)
    return IndexResult(definition, observations, periods, matrix)


def _indicator_scores(
    indicator: Node, periods: list[tuple[str, int]], observations: Observations, problems: list[Problem]
) -> NDArray[np.float64]:
    found = [observations.by_key.get((unit, year, indicator.id)) for unit, year in periods]
    given = np.array([o.score if o and o.score is not None else np.nan for o in found])
    raw = np.array([o.raw if o and o.raw is not None else np.nan for o in found])
    if indicator.normalise:
        method = NORMALISATIONS[indicator.normalise.method]
        missing = np.isnan(given)
        given[missing] = method(raw[missing], **indicator.normalise.parameters)
    for (unit, year), score, value in zip(periods, given, raw, strict=True):
        if np.isnan(score):
            why = "没有数据" if np.isnan(value) else "只有原始值，而指标体系没有给出换算方法（normalise）"
            problems.append(Problem(f"{unit}{year}年 {indicator.name}", why))
    return given
