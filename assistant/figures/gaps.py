"""How far two units are apart in one year, and what each indicator does to that."""

import math
from dataclasses import dataclass, replace

from assistant.answer import Figure
from assistant.figures.computed import Figures
from scoring import Contribution, Node, Point, attribute


@dataclass(frozen=True, slots=True)
class GapPart:
    """What one indicator does to a gap between two units; None where one of them has no score of it."""

    node: Node
    own: Figure | None
    other: Figure | None
    gap: Figure | None
    weight: Figure
    contribution: Figure


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a unit is above another, and the parts that add up to it, largest first."""

    node: Node
    own: Figure
    other: Figure
    gap: Figure
    parts: tuple[GapPart, ...]
    total: Figure


def split_gap(own: Figures, other: Figures, node: Node, year: int) -> Gap:
    """Split the gap between the scores of a node in two units over its indicators."""
    split = attribute(node.id, Point(other.result, year, other.unit), Point(own.result, year, own.unit))
    parts = tuple(_part(own, other, node, part, year) for part in split.contributions)
    return Gap(
        node=node,
        own=own.score(node, year),
        other=other.score(node, year),
        gap=own.lead(other, node, year),
        parts=parts,
        total=replace(own.added_up([part.contribution for part in parts], node, year), other_unit=other.unit),
    )


def _part(own: Figures, other: Figures, within: Node, part: Contribution, year: int) -> GapPart:
    return GapPart(
        node=part.node,
        own=own.score_if_any(part.node, year),
        other=other.score_if_any(part.node, year),
        gap=None if math.isnan(part.change) else own.lead(other, part.node, year),
        weight=own.weight(part.node, within),
        contribution=replace(own.contributed(part, within, year), other_unit=other.unit),
    )
