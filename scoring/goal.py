"""The way back: what a node needs of its indicators to reach a value, whether it can, and what is cheapest."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np

from scoring.aggregate import AGGREGATIONS
from scoring.definition import Node
from scoring.errors import ScenarioError
from scoring.index import IndexResult, effective_shares
from scoring.level import marginal_weights
from scoring.scenario import ImpliedRaw, best_score, implied_raw

_TOLERANCE = 1e-9

# Into how many steps the whole room of improvement is parted where several indicators go up side by side.
_STEPS = 2000


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one indicator, or one dimension, alone would need for a node above it to reach a value.

    Attributes
    ----------
    node : Node
        The indicator or dimension.
    needed : float or None
        Its score; None where no score at all would do.
    best : float or None
        The highest score it can reach; None where nothing limits it.
    reached : float
        The value of the node above with this one at `needed`, or at `best` where that is less.
    raw : ImpliedRaw or None
        The raw value of an indicator that would earn `needed`, where it is possible and one is known.
    """

    node: Node
    current: float
    needed: float | None
    best: float | None
    reached: float
    raw: ImpliedRaw | None
    possible: bool


@dataclass(frozen=True, slots=True)
class Headroom:
    """What an indicator could still add to a node: `gain` points with the indicator at its best; None: no limit."""

    indicator: Node
    current: float
    best: float | None
    gain: float | None


@dataclass(frozen=True, slots=True)
class Mix:
    """The cheapest way for a node to reach a value.

    `moves` holds the new score of each indicator that moves; `reached` is the value of the node with them, less than
    the target where even everything at its best does not do; `cost` is in the unit of the costs given.
    """

    moves: dict[str, float]
    reached: float
    cost: float
    possible: bool


class _Tree:
    """The scores under one node in one unit and year, to be moved about."""

    def __init__(self, result: IndexResult, node_id: str, year: int, unit: str | None):
        self.definition = result.definition
        self.node = self.definition.nodes[node_id]
        result.score(node_id, year, unit)
        self.scores = dict(zip(self.definition.nodes, result.matrix[result.row(year, unit)].tolist(), strict=True))
        self.indicators = [leaf for leaf in self.definition.leaves(node_id) if self._counts(leaf)]
        self.best = {leaf.id: best_score(result, leaf, year) for leaf in self.indicators}
        self._parts = {
            node.id: self._scored_parts(node)
            for node in reversed(list(self.node.walk()))
            if node.children and not math.isnan(self.scores[node.id])
        }

    def _scored_parts(self, node: Node) -> tuple[list[str], list[float]]:
        """Give the children of a node that have a score, and their weights relative to one another."""
        parts = [np.array([self.scores[child.id]]) for child in node.children]
        shares = [np.asarray(share).item() for share in effective_shares(self.definition, node, parts)]
        scored = [not np.isnan(part).any() for part in parts]
        return [c.id for c, here in zip(node.children, scored, strict=True) if here], list(compress(shares, scored))

    def _counts(self, leaf: Node) -> bool:
        """Whether an indicator, and every dimension that it belongs to, has a score."""
        path = self.definition.path(leaf.id)
        return not any(math.isnan(self.scores[node.id]) for node in path[path.index(self.node) :])

    def value(self, moves: Mapping[str, float]) -> float:
        """Score the node with some indicators moved."""
        return self.all_scores(moves)[self.node.id]

    def indicator(self, indicator_id: str) -> Node:
        """Find an indicator under the node."""
        for leaf in self.indicators:
            if leaf.id == indicator_id:
                return leaf
        names = "、".join(leaf.name for leaf in self.indicators)
        name = self.definition.nodes[indicator_id].name
        raise ScenarioError(f"“{name}”不是“{self.node.name}”下有数据的指标；可用的有：{names}")

    def part(self, node_id: str) -> Node:
        """Find an indicator or a dimension under the node."""
        inner = self.definition.nodes[node_id]
        is_dimension = inner.children and inner.id in self._parts and inner is not self.node
        return inner if is_dimension else self.indicator(node_id)

    def best_of(self, part: Node) -> float | None:
        """Score an indicator at its best, or a dimension with all its indicators there; None: no limit."""
        ends = {leaf.id: self.best[leaf.id] for leaf in self.indicators if leaf in part.walk()}
        limits = {leaf: end for leaf, end in ends.items() if end is not None}
        return self.all_scores(limits)[part.id] if len(limits) == len(ends) else None

    def all_scores(self, moves: Mapping[str, float]) -> dict[str, float]:
        """Score every node with some indicators or dimensions moved."""
        scores = {**self.scores, **moves}
        for node_id, (parts, shares) in self._parts.items():
            if node_id in moves:
                continue
            mean = AGGREGATIONS[self.definition.nodes[node_id].aggregation]
            scores[node_id] = mean.of([np.array(scores[part]) for part in parts], shares).item()
        return scores

    def steepest(self, leaves: Iterable[str], scores: Mapping[str, float], costs: Mapping[str, float]) -> str:
        """Tell which of some indicators gains the node most for its cost where the scores stand."""
        gains = marginal_weights(self.definition, self.node, scores)
        return max(leaves, key=lambda leaf: gains[leaf] / costs.get(leaf, 1.0))

    def needed(self, part: Node, target: float, moves: Mapping[str, float]) -> float | None:
        """Go down from the node to a part of it, and ask of each step what it must be; None where nothing would do."""
        scores = self.all_scores(moves)
        path = self.definition.path(part.id)
        path = path[path.index(self.node) :]
        for parent, child in pairwise(path):
            mean = AGGREGATIONS[parent.aggregation]
            parts, shares = self._parts[parent.id]
            others = math.fsum(
                share * mean.transform(np.array(scores[part])).item()
                for part, share in zip(parts, shares, strict=True)
                if part != child.id and share
            )
            if mean.positive and target <= 0:
                return None
            own = (mean.transform(np.array(target)) - others) / shares[parts.index(child.id)]
            with np.errstate(over="ignore"):  # what is beyond any number is none that could be reached
                target = mean.inverse(own).item() if own.item() else math.inf
            if mean.positive and not 0 < target < math.inf:
                return None
        return target


def require(
    result: IndexResult, node_id: str, target: float, part_id: str, year: int, unit: str | None = None
) -> Requirement:
    """Tell what one indicator or dimension would need for a node to reach a value, everything else standing still.

    Raises
    ------
    ScenarioError
        The indicator or dimension is not under the node, or has no data.
    UnknownYearError, UnknownUnitError, EmptyNodeError
        The data do not hold the score.
    """
    tree = _Tree(result, node_id, year, unit)
    part = tree.part(part_id)
    best, needed = tree.best_of(part), tree.needed(part, target, {})
    possible = needed is not None and (best is None or needed <= best + _TOLERANCE)
    end = needed if possible else best
    return Requirement(
        node=part,
        current=tree.scores[part.id],
        needed=needed,
        best=best,
        possible=possible,
        reached=tree.value({part.id: end} if end is not None else {}),
        raw=implied_raw(result, part, year, needed) if part.is_indicator and possible and needed is not None else None,
    )


def scored_indicators(result: IndexResult, node_id: str, year: int, unit: str | None = None) -> tuple[Node, ...]:
    """List the indicators under a node that count in a year: those with a score, in dimensions with one."""
    return tuple(_Tree(result, node_id, year, unit).indicators)


def headroom(result: IndexResult, node_id: str, year: int, unit: str | None = None) -> tuple[Headroom, ...]:
    """Rank the indicators by what each could still add to a node; those without a limit come last."""
    tree = _Tree(result, node_id, year, unit)
    rooms: list[Headroom] = []
    for leaf in tree.indicators:
        best = tree.best[leaf.id]
        gain = None if best is None else max(0.0, tree.value({leaf.id: best}) - tree.scores[node_id])
        rooms.append(Headroom(leaf, tree.scores[leaf.id], best, gain))
    return tuple(sorted(rooms, key=lambda room: -math.inf if room.gain is None else room.gain, reverse=True))


def cheapest_mix(
    result: IndexResult,
    node_id: str,
    target: float,
    year: int,
    unit: str | None = None,
    *,
    bounds: Mapping[str, float] | None = None,
    costs: Mapping[str, float] | None = None,
) -> Mix:
    """Find the moves of least cost with which a node reaches a value.

    The indicator that gains the node most for its cost goes first, as long as it does. Every mean here is concave and
    rises with its parts, and the best use of a budget within each part is concave in the budget too; so walking along
    the steepest gain is the optimum, to within one step. And as an indicator goes up, what it gains falls against all
    others; one that gains most at the end of a stride did so all along it.

    Parameters
    ----------
    bounds : mapping of indicator id to float, optional
        The highest score of each; at most, and by default, the best it can reach. An indicator without a limit of its
        own must be given one, or it stands still.
    costs : mapping of indicator id to float, optional
        The cost of one point of each; 1 by default.

    Raises
    ------
    ScenarioError
        A bound or cost is given for an indicator that is not under the node, or a cost is not above zero.
    """
    tree = _Tree(result, node_id, year, unit)
    bounds, costs = dict(bounds or {}), dict(costs or {})
    for indicator_id in (*bounds, *costs):
        tree.indicator(indicator_id)
    if any(cost <= 0 for cost in costs.values()):
        raise ScenarioError("每分的成本应大于 0")
    limits: dict[str, float] = {}
    for leaf in tree.indicators:
        ends = [end for end in (tree.best[leaf.id], bounds.get(leaf.id)) if end is not None]
        limits[leaf.id] = max(min(ends, default=-math.inf), tree.scores[leaf.id])
    room = math.fsum(limit - tree.scores[leaf] for leaf, limit in limits.items())
    moves: dict[str, float] = {}
    scores = tree.all_scores(moves)
    stride = room
    while scores[node_id] < target - _TOLERANCE:
        open_to = [leaf for leaf, limit in limits.items() if scores[leaf] < limit - _TOLERANCE]
        if not open_to:
            break
        leaf = tree.steepest(open_to, scores, costs)
        end = min(scores[leaf] + stride, limits[leaf])
        after = tree.all_scores({**moves, leaf: end})
        if stride > room / _STEPS and tree.steepest(open_to, after, costs) != leaf:
            stride /= 2
            continue
        if after[node_id] >= target:
            end = tree.needed(tree.definition.nodes[leaf], target, moves) or end
            after = tree.all_scores({**moves, leaf: end})
        moves[leaf] = end
        scores = after
        stride *= 2
    cost = math.fsum(costs.get(leaf, 1.0) * (end - tree.scores[leaf]) for leaf, end in moves.items())
    return Mix(moves, scores[node_id], cost, scores[node_id] >= target - _TOLERANCE)
