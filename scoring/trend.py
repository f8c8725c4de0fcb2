"""How a node moved over the years: each statement a figure with its formula."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scoring.definition import Node
from scoring.errors import ScenarioError
from scoring.index import IndexResult
from scoring.rounding import exact

# Moves below this are float noise: such a year stood still.
_STILL = 1e-9


@dataclass(frozen=True, slots=True)
class TrendFigure:
    """A derived figure, in points of the node, with the years that it speaks of and the arithmetic behind it."""

    value: float
    formula: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Streak:
    """Consecutive changes in one direction (1: rises, -1: falls, 0: none), and what they add up to."""

    direction: int
    length: int
    change: TrendFigure


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of one node in one unit.

    Attributes
    ----------
    years, scores : tuple
        The years that hold a score, ascending, and the unrounded scores.
    changes : tuple of TrendFigure
        From each year that holds data to the next.
    cumulative : TrendFigure
        From the first year to the last.
    turning_points : tuple of TrendFigure
        Scores of the years in which a rise turned into a fall, or the other way round (a flat stretch between them
        turns at its end).
    streaks : tuple of Streak
        The course cut where its direction changes.
    best, worst : TrendFigure
        The highest and the lowest score; all years that hold it.
    volatility : TrendFigure or None
        The standard deviation of the changes (n - 1); None for fewer than two changes.
    """

    node: Node
    unit: str
    years: tuple[int, ...]
    scores: tuple[float, ...]
    changes: tuple[TrendFigure, ...]
    cumulative: TrendFigure
    turning_points: tuple[TrendFigure, ...]
    streaks: tuple[Streak, ...]
    best: TrendFigure
    worst: TrendFigure
    volatility: TrendFigure | None

    def pace_to(self, target: float, year: int) -> TrendFigure:
        """Give the points a year that the node must gain from its last year on to reach a value in a later year.

        Raises
        ------
        ScenarioError
            The year is not after the last one that holds data.
        """
        last, score = self.years[-1], self.scores[-1]
        if year <= last:
            raise ScenarioError(f"目标年份{year}应在最后一个有数据的年份{last}之后")
        pace = (target - score) / (year - last)
        formula = f"({exact(target)} - {exact(score)}) ÷ ({year} - {last}) = {exact(pace)}"
        return TrendFigure(pace, formula, (last, year))


def trend_of(result: IndexResult, node_id: str, unit: str | None = None) -> Trend:
    """Describe the course of a node over all years of a unit that hold a score.

    Raises
    ------
    UnknownUnitError
        The data hold no such unit.
    EmptyNodeError
        No year holds a score.
    """
    unit = result.unit(unit)
    every = result.years(unit)
    years = [year for year in every if result.has_score(node_id, year, unit)] or every[:1]
    scores = [result.score(node_id, year, unit) for year in years]
    places = list(zip(years, scores, strict=True))
    changes = tuple(_change(start, end) for start, end in pairwise(places))
    return Trend(
        node=result.definition.nodes[node_id],
        unit=unit,
        years=tuple(years),
        scores=tuple(scores),
        changes=changes,
        cumulative=_change(places[0], places[-1]),
        turning_points=_turning_points(places, changes),
        streaks=_streaks(places, changes),
        best=_extreme("max", max(scores), places),
        worst=_extreme("min", min(scores), places),
        volatility=_volatility(changes),
    )


_Place = tuple[int, float]


def _change(start: _Place, end: _Place) -> TrendFigure:
    (first, before), (last, after) = start, end
    return TrendFigure(after - before, f"{exact(after)} - {exact(before)} = {exact(after - before)}", (first, last))


def _direction(change: TrendFigure) -> int:
    return 0 if abs(change.value) < _STILL else int(math.copysign(1, change.value))


def _turning_points(places: Sequence[_Place], changes: Sequence[TrendFigure]) -> tuple[TrendFigure, ...]:
    turns: list[TrendFigure] = []
    heading = 0
    for (year, score), change in zip(places, changes, strict=False):
        direction = _direction(change)
        if direction and heading and direction != heading:
            turns.append(TrendFigure(score, exact(score), (year,)))
        heading = direction or heading
    return tuple(turns)


def _streaks(places: Sequence[_Place], changes: Sequence[TrendFigure]) -> tuple[Streak, ...]:
    streaks: list[Streak] = []
    first = 0
    for position, change in enumerate(changes):
        following = changes[position + 1] if position + 1 < len(changes) else None
        if following is None or _direction(following) != _direction(change):
            length = position + 1 - first
            streaks.append(Streak(_direction(change), length, _change(places[first], places[position + 1])))
            first = position + 1
    return tuple(streaks)


def _extreme(function: str, value: float, places: Sequence[_Place]) -> TrendFigure:
    listed = ", ".join(exact(score) for _, score in places)
    years = tuple(year for year, score in places if abs(score - value) < _STILL)
    return TrendFigure(value, f"{function}({listed}) = {exact(value)}", years)


def _volatility(changes: Sequence[TrendFigure]) -> TrendFigure | None:
    if len(changes) <= 1:
        return None
    values = [change.value for change in changes]
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
    squares = " + ".join(f"({exact(value)} - {exact(mean)})²" for value in values)
    formula = f"√(({squares}) ÷ {len(values) - 1}) = {exact(deviation)}"
    return TrendFigure(deviation, formula, (changes[0].years[0], changes[-1].years[-1]))
