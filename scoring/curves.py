"""The curves of an index: for each indicator, what turns its raw values into scores, and in which years."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.definition import IndexDefinition, Node, Reference
from scoring.errors import ObservationError, Problem
from scoring.normalise import Curve, CurveError, NothingObservedError, fit
from scoring.observations import Grid, Observations

# A raw value and the score that is the same number may each be rounded.
_ROUNDED = 0.01


@dataclass(frozen=True, slots=True)
class DatedCurve:
    """A curve, the reference values behind it and thereby the years that it holds for."""

    reference: Reference
    curve: Curve


@dataclass(frozen=True, slots=True)
class IndicatorCurve:
    """How one indicator is scored, whichever the year."""

    node: Node
    dated: tuple[DatedCurve, ...]

    def at(self, year: int) -> DatedCurve | None:
        """Give the curve of a year, or None where none holds."""
        return next((held for held in self.dated if held.reference.since <= year <= held.reference.until), None)

    def score(self, raw: float, year: int) -> float:
        """Score one raw value; NaN where nothing held in the year."""
        return float(self.scores(np.array([raw]), np.array([year], dtype=np.int32))[0])

    def scores(self, raw: Grid, years: NDArray[np.int32]) -> Grid:
        """Score raw values, each by what held in its year; NaN where nothing did."""
        if len(self.dated) == 1 and self.dated[0].reference.is_open:
            return self.dated[0].curve.scores(raw)
        scores = np.full(len(raw), np.nan)
        for dated in self.dated:
            held = (dated.reference.since <= years) & (years <= dated.reference.until)
            scores[held] = dated.curve.scores(raw[held])
        return scores


Curves = Mapping[str, IndicatorCurve]


def fit_curves(definition: IndexDefinition, observations: Observations) -> Curves:
    """Make the curves of all indicators; those that depend on the data see all units and years.

    Raises
    ------
    ObservationError
        The observed values make no curve, all of them being the same, say.
    """
    curves: dict[str, IndicatorCurve] = {}
    problems: list[Problem] = []
    for column, node in enumerate(definition.indicators):
        dated: list[DatedCurve] = []
        is_known = node.normalise is not None and not (node.is_its_score and _are_apart(observations, column))
        for reference in node.normalise.references if node.normalise and is_known else ():
            method = node.normalise.method if node.normalise else ""
            try:
                curve = fit(
                    method,
                    reference.parameters,
                    lambda column=column: _observed(observations, column),
                    less_is_better=node.less_is_better,
                )
            except NothingObservedError:
                continue
            except CurveError as error:
                place = f"{'、'.join(observations.units)}{min(observations.years)}-{max(observations.years)}年"
                problems.append(Problem(f"{place} {node.name}", str(error)))
                continue
            dated.append(DatedCurve(reference, curve))
        curves[node.id] = IndicatorCurve(node, tuple(dated))
    if problems:
        raise ObservationError("数据", problems)
    return curves


def _are_apart(observations: Observations, column: int) -> bool:
    """Whether some raw value is another number than the score given with it: how it became that is not known."""
    if observations.raw is None or observations.score is None:
        return False
    apart = np.abs(observations.raw[:, column] - observations.score[:, column])
    return bool(np.any(apart > _ROUNDED))


def _observed(observations: Observations, column: int) -> Grid:
    raw = np.empty(0) if observations.raw is None else observations.raw[:, column]
    return raw[~np.isnan(raw)]
