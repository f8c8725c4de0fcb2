"""Other weights: give some nodes a weight of their own choice, let all others share the rest as before."""

import math
from collections.abc import Mapping
from dataclasses import replace

from scoring.definition import IndexDefinition, Node
from scoring.errors import ScenarioError
from scoring.index import IndexResult, compute_with

_TOLERANCE = 1e-12


def reweight(result: IndexResult, weights: Mapping[Node, float]) -> IndexResult:
    """Score all units and years anew with other effective weights of some nodes in the whole index.

    The indicators below such a node keep their ratios; so do all that are below none, which share what is left.

    Parameters
    ----------
    weights : mapping of node to float
        The effective weight of each in the root, 0..1.

    Raises
    ------
    ScenarioError
        A weight is none; the root is given one; one node lies below another; there is no, or too much, left to share.
    """
    return compute_with(_reweighted(result.definition, weights), result.observations, result.curves)


def _reweighted(definition: IndexDefinition, weights: Mapping[Node, float]) -> IndexDefinition:
    for node, weight in weights.items():
        _check(definition, node, weight, weights)
    given = {leaf.id: node for node in weights for leaf in definition.leaves(node.id)}
    old = {node.id: definition.share(node.id, definition.root.id) for node in definition.nodes.values()}
    total = math.fsum(weights.values())
    shared = 1 - math.fsum(old[node.id] for node in weights)
    if total > 1 + _TOLERANCE or (shared < _TOLERANCE < 1 - total):
        message = f"这些权重之和是 {total:g}，全部指标的权重之和应为 1"
        raise ScenarioError(message, "weight_sum", total=total)

    def weight_of(leaf: Node) -> float:
        node = given.get(leaf.id)
        if node is None:
            return old[leaf.id] * max(1 - total, 0.0) / shared
        return definition.share(leaf.id, node.id) * weights[node]

    new = {node.id: math.fsum(map(weight_of, definition.leaves(node.id))) for node in definition.nodes.values()}

    def rebuild(node: Node, weight: float) -> Node:
        counts = any(new[child.id] for child in node.children)
        children = (rebuild(child, new[child.id] if counts else child.weight) for child in node.children)
        return replace(node, weight=weight, children=tuple(children))

    return replace(definition, root=rebuild(definition.root, definition.root.weight))


def _check(definition: IndexDefinition, node: Node, weight: float, weights: Mapping[Node, float]) -> None:
    if not 0 <= weight <= 1:
        message = f"“{node.name}”的权重应在 0 到 1 之间，不能设为 {weight:g}"
        raise ScenarioError(message, "weight", node=node, value=weight)
    if node is definition.root:
        raise ScenarioError(f"“{node.name}”是指数本身，权重总是 1", "weight_of_all", node=node)
    above = next((other for other in weights if other is not node and node in other.walk()), None)
    if above is not None:
        message = f"“{node.name}”在“{above.name}”之下，两者的权重不能同时设定"
        raise ScenarioError(message, "weight_nested", node=node, above=above)
