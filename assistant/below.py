"""Which nodes stand below which."""

from collections.abc import Sequence

from scoring import Node


def all_below(nodes: Sequence[Node], whole: Node) -> bool:
    """Whether all of some nodes are parts of one."""
    return all(is_below(node, [whole]) for node in nodes)


def is_below(node: Node, others: Sequence[Node]) -> bool:
    """Whether a node is a part of one of some others."""
    return any(node in other.walk() and node is not other for other in others)


def are_above(others: Sequence[Node], node: Node) -> bool:
    """Whether a node is a part of each of some others."""
    return all(is_below(node, [other]) for other in others)


def outermost(nodes: Sequence[Node]) -> list[Node]:
    """Leave out of some nodes those that lie below another of them."""
    return [node for node in nodes if not is_below(node, nodes)]
