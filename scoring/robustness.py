"""How far a statement depends on the choices behind the index (OECD/JRC handbook, step 7: uncertainty analysis).

Other weights are drawn at random, by a seed: the same question gets the same draws. Other methods are tried one by one.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from scoring.aggregate import AGGREGATIONS
from scoring.definition import IndexDefinition, Node, Normalisation
from scoring.errors import DefinitionError, ScoringError, UnknownYearError
from scoring.index import IndexResult, compute
from scoring.observations import Grid, Observations, Period

# Sum of the Dirichlet parameters: a weight of one half among siblings is drawn with a standard deviation of 0.05.
_CONCENTRATION = 100.0

_RESCALINGS = ("minmax", "zscore", "rank")


@dataclass(frozen=True, slots=True, eq=False)
class WeightDraws:
    """The scores of a node under weights drawn around the given ones.

    Attributes
    ----------
    periods : list of (unit, year)
    given : ndarray, shape (periods,)
        The scores under the given weights.
    scores : ndarray, shape (draws, periods)
    """

    node: Node
    periods: list[Period]
    given: Grid
    scores: Grid

    def interval(self, period: Period, coverage: float = 0.9) -> tuple[float, float]:
        """Give the middle part of the draws, by default between the 5th and the 95th percentile."""
        tail = 50 * (1 - coverage)
        low, high = np.percentile(self.scores[:, self._column(period)], [tail, 100 - tail])
        return float(low), float(high)

    def survival(self, higher: Period, lower: Period) -> float:
        """Tell in which share of the draws (0..1) one period is above another."""
        return float(np.mean(self.scores[:, self._column(higher)] > self.scores[:, self._column(lower)]))

    def _column(self, period: Period) -> int:
        if period not in self.periods:
            raise UnknownYearError(period[1], [year for unit, year in self.periods if unit == period[0]])
        return self.periods.index(period)


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """A node under one other choice.

    Attributes
    ----------
    kind : str
        `aggregation` or `normalisation` (all nodes by `choice`), `without` (the indicator `choice` left out), or
        `weights` (each indicator, or each part of a storey, counts the same).
    choice : str
        The method, or the id of the indicator.
    scores : mapping of period to float
        On the scale of the alternative, so comparable only within it; empty where it has no value.
    problem : str
        Why it has none.
    """

    kind: Literal["aggregation", "normalisation", "without", "weights"]
    choice: str
    scores: Mapping[Period, float]
    problem: str = ""

    def upholds(self, higher: Period, lower: Period) -> bool | None:
        """Whether one period is above another; None where the alternative has no value."""
        ends = self.scores.get(higher, math.nan), self.scores.get(lower, math.nan)
        return None if any(map(math.isnan, ends)) else ends[0] > ends[1]


def draw_weights(
    result: IndexResult,
    node_id: str,
    *,
    draws: int = 1000,
    concentration: float = _CONCENTRATION,
    seed: int = 0,
    unit: str | None = None,
) -> WeightDraws:
    """Score a node under random weights: among siblings, Dirichlet with the given weights as mean.

    Parameters
    ----------
    concentration : float
        The sum of the Dirichlet parameters: the larger, the closer the draws stay to the given weights.
    unit : str, optional
        Only the years of this unit; by default all units and years.

    Raises
    ------
    UnknownUnitError
        The data hold no such unit.
    """
    periods = [period for period in result.periods if unit in (None, period[0])]
    if unit is not None:
        result.unit(unit)
    rows = [result.observations.rows[period] for period in periods]
    random = np.random.default_rng(seed)
    definition = result.definition

    def scored(node: Node) -> Grid:
        if not node.children:
            return result.matrix[rows, definition.columns[node.id]][np.newaxis]
        parts = [scored(child) for child in node.children]
        drawn = random.dirichlet([concentration * share for share in node.shares().values()], draws)
        weights = [weight[:, np.newaxis] * ~np.isnan(part) for weight, part in zip(drawn.T, parts, strict=True)]
        total = np.sum(np.broadcast_arrays(*weights), axis=0)
        filled = [np.nan_to_num(part, nan=1.0) for part in parts]
        with np.errstate(invalid="ignore"):
            scores = AGGREGATIONS[node.aggregation].of(filled, [weight / total for weight in weights])
        return np.where(np.isnan(result.matrix[rows, definition.columns[node.id]]), np.nan, scores)

    node = definition.nodes[node_id]
    scores = np.broadcast_to(scored(node), (draws, len(rows)))
    return WeightDraws(node, periods, result.matrix[rows, definition.columns[node_id]], scores)


def alternatives(result: IndexResult, node_id: str) -> tuple[Alternative, ...]:
    """Score a node anew by each other aggregation, by each rescaling, and without each of its indicators.

    A rescaling starts from the raw values of an indicator where all are known, otherwise from its scores.
    """
    definition = result.definition
    node = definition.nodes[node_id]
    found: list[Alternative] = []
    for method in AGGREGATIONS:
        if any(inner.children and inner.aggregation != method for inner in node.walk()):
            changed = _rebuilt(definition, lambda n, method=method: replace(n, aggregation=method))
            found.append(_alternative(result, node_id, "aggregation", method, changed, _given_scores(result)))
    measured = dict(_values(result))
    values = {indicator: value for indicator, (value, _) in measured.items()}
    for method in _RESCALINGS:
        changed = _rebuilt(definition, lambda n, method=method: _rescaled(n, method, measured))
        found.append(_alternative(result, node_id, "normalisation", method, changed, values, as_raw=True))
    left_out = (leave_out(result, node_id, leaf.id) for leaf in definition.leaves(node_id))
    return (*found, *filter(None, left_out))


def leave_out(result: IndexResult, node_id: str, left_out: str) -> Alternative | None:
    """Score a node anew without one below it, an indicator or a dimension; None where nothing would be left of it."""
    definition = result.definition
    gone = definition.leaves(left_out)
    if all(leaf in gone for leaf in definition.leaves(node_id)):
        return None
    changed = _rebuilt(definition, lambda node: None if node.id == left_out else node)
    return _alternative(result, node_id, "without", left_out, changed, _given_scores(result))


def equally_weighted(result: IndexResult, node_id: str, parts: Sequence[Node] = ()) -> Alternative:
    """Score a node anew as the mean of its parts, each of which counts the same; empty where one is missing.

    Parameters
    ----------
    parts : sequence of Node
        Nodes below it that make it up; by default its indicators.
    """
    definition = result.definition
    parts = parts or definition.leaves(node_id)
    scores = AGGREGATIONS[definition.nodes[node_id].aggregation].of(
        [result.matrix[:, definition.columns[part.id]] for part in parts], [1 / len(parts)] * len(parts)
    )
    return Alternative("weights", "equal", dict(zip(result.periods, scores.tolist(), strict=True)))


def _alternative(
    result: IndexResult,
    node_id: str,
    kind: Literal["aggregation", "normalisation", "without"],
    choice: str,
    definition: IndexDefinition,
    values: Mapping[str, Grid],
    *,
    as_raw: bool = False,
) -> Alternative:
    observations = result.observations
    grid = np.column_stack([values[node.id] for node in definition.indicators])
    laid_out = Observations(
        tuple(node.id for node in definition.indicators),
        observations.units,
        observations.unit_codes,
        observations.years,
        raw=grid if as_raw else None,
        score=None if as_raw else grid,
    )
    try:
        scores = compute(definition, laid_out).matrix[:, definition.columns[node_id]]
    except ScoringError as error:
        return Alternative(kind, choice, {}, str(error))
    return Alternative(kind, choice, dict(zip(result.periods, scores.tolist(), strict=True)))


def _given_scores(result: IndexResult) -> dict[str, Grid]:
    columns = result.definition.columns
    return {node.id: result.matrix[:, columns[node.id]] for node in result.definition.indicators}


def _values(result: IndexResult) -> Iterator[tuple[str, tuple[Grid, str]]]:
    """Give what each indicator is rescaled from, and the direction of that."""
    scores = _given_scores(result)
    for column, node in enumerate(result.definition.indicators):
        raw = None if result.observations.raw is None else result.observations.raw[:, column]
        if raw is None or np.isnan(raw).any():
            yield node.id, (scores[node.id], "higher")
        else:
            yield node.id, (raw, node.direction)


def _rescaled(node: Node, method: str, measured: Mapping[str, tuple[Grid, str]]) -> Node:
    if node.children:
        return node
    return replace(node, normalise=Normalisation(method), direction=measured[node.id][1])


def _rebuilt(definition: IndexDefinition, change: Callable[[Node], Node | None]) -> IndexDefinition:
    """Change every node of a definition; a node that is dropped, or left without children, goes."""

    def rebuild(node: Node) -> Node | None:
        changed = change(node)
        if changed is None or not node.children:
            return changed
        children = tuple(child for child in map(rebuild, node.children) if child)
        return replace(changed, children=children) if children else None

    root = rebuild(definition.root)
    if root is None:
        raise DefinitionError("去掉这个指标后，指数没有任何指标")
    return replace(definition, root=root)
