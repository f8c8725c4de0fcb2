"""The share of the level: what each part holds of a score, as against what it did to a change.

All means here are homogeneous of degree one, so that by Euler's theorem a score is the sum of each part times its
marginal weight, whatever the mean: S = Σ s ∂S/∂s. For the arithmetic mean that is weight times score.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.aggregate import AGGREGATIONS
from scoring.definition import IndexDefinition, Node
from scoring.index import IndexResult, effective_shares


@dataclass(frozen=True, slots=True)
class LevelPart:
    """What one part holds of a score: `points` of it, which is the `share` (0..1) of the level."""

    node: Node
    score: float
    weight: float
    points: float
    share: float


def level_parts(result: IndexResult, node_id: str, year: int, unit: str | None = None) -> dict[str, LevelPart]:
    """Split the score of a node over every node below; each level adds up to it.

    Raises
    ------
    UnknownYearError, UnknownUnitError, EmptyNodeError
        The data do not hold the score.
    """
    definition = result.definition
    whole = result.score(node_id, year, unit)
    row = result.matrix[result.row(year, unit)]
    scores = {
        node.id: float(row[column]) for node, column in zip(definition.nodes.values(), range(len(row)), strict=True)
    }
    weights = marginal_weights(definition, definition.nodes[node_id], scores)
    return {
        part: LevelPart(
            definition.nodes[part], scores[part], weight, weight * scores[part], weight * scores[part] / whole
        )
        for part, weight in weights.items()
        if not np.isnan(scores[part]) and (part != node_id or not definition.nodes[node_id].children)
    }


def marginal_weights(definition: IndexDefinition, node: Node, scores: Mapping[str, float]) -> dict[str, float]:
    """Give, for a node and each one below, the points of the node that one more point of it is worth.

    Parameters
    ----------
    scores : mapping of node id to float
        The scores of all nodes at or below `node`; NaN where one is missing.
    """
    weights = {node.id: 1.0}
    for parent in node.walk():
        if not parent.children:
            continue
        parts = [np.array([scores[child.id]]) for child in parent.children]
        slope = AGGREGATIONS[parent.aggregation].slope
        whole = slope(*[np.array([scores[parent.id]])] * 2)
        for child, part, share in zip(parent.children, parts, effective_shares(definition, parent, parts), strict=True):
            own = slope(part, part) if not np.isnan(part).any() else 0.0
            weights[child.id] = weights[parent.id] * float(np.asarray(share * own / whole).reshape(-1)[0])
    return weights
