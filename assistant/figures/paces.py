"""How much more a score moved over one span of years than over another, and what each indicator does to that."""

from dataclasses import dataclass

from assistant.answer import Figure, Kind
from assistant.figures.computed import Explanation, Figures
from scoring import Node, exact


@dataclass(frozen=True, slots=True)
class PacePart:
    """What one indicator contributed over either span, and how much more it did over the first."""

    node: Node
    own: Figure
    other: Figure
    apart: Figure


@dataclass(frozen=True, slots=True)
class Pace:
    """Two changes of a score, how far they are apart, and the parts that add up to that, largest first."""

    own: Explanation
    other: Explanation
    apart: Figure
    parts: tuple[PacePart, ...]
    total: Figure


def compare_paces(figures: Figures, node: Node, span: tuple[int, int], other_span: tuple[int, int]) -> Pace:
    """Split how much more a score moved over one span of years than over another over its indicators."""
    own, other = (figures.explain(node, *years) for years in (span, other_span))
    others = {part.node: part.contribution for part in other.parts}
    parts = [_part(figures, part.node, part.contribution, others[part.node]) for part in own.parts]
    parts.sort(key=lambda part: -abs(part.apart.value))
    year, base_year = int(own.change.year or 0), other.change.year
    return Pace(
        own=own,
        other=other,
        apart=_apart(figures, node, own.change, other.change),
        parts=tuple(parts),
        total=figures.added_up([part.apart for part in parts], node, year, base_year),
    )


def _part(figures: Figures, node: Node, own: Figure, other: Figure) -> PacePart:
    return PacePart(node, own, other, _apart(figures, node, own, other))


def _apart(figures: Figures, node: Node, own: Figure, other: Figure) -> Figure:
    value = own.value - other.value
    formula = f"({exact(own.value)}) - ({exact(other.value)}) = {exact(value)}"
    return figures.figure(node, Kind.DIFFERENCE, value, formula, year=own.year, base_year=other.year, within=own.within)
