"""Exact attribution of a change: contributions that add up to it without a residual (OECD/JRC handbook, step 9)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.definition import Node
from scoring.index import IndexResult

# A share of the change is withheld when the change is under 5 % of all the movement that went into it:
# a quotient by nearly nothing says nothing.
_SHARE_FLOOR = 0.05


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part did to the whole.

    Attributes
    ----------
    node : Node
    weight : float
        Effective weight of the part in the whole, 0..1.
    start, end, change : float
        Score of the part, in points.
    contribution : float
        `weight` x `change`, in points of the whole (贡献).
    share : float or None
        `contribution` / change of the whole (贡献率); None where that change is too small to divide by.
    """

    node: Node
    weight: float
    start: float
    end: float
    change: float
    contribution: float
    share: float | None


@dataclass(frozen=True, slots=True)
class ChangeAttribution:
    """The change of one node between two years, by indicator and by its direct parts, largest movement first."""

    node: Node
    unit: str
    start_year: int
    end_year: int
    start: float
    end: float
    change: float
    contributions: tuple[Contribution, ...]
    dimensions: tuple[Contribution, ...]

    @property
    def residual(self) -> float:
        """What the contributions leave unexplained; zero but for float arithmetic."""
        return self.change - math.fsum(part.contribution for part in self.contributions)


def attribute_change(
    result: IndexResult, node_id: str, start: int, end: int, unit: str | None = None
) -> ChangeAttribution:
    """Split the change of a node between two years, exactly.

    For weighted arithmetic means the contribution of an indicator is its effective weight times its own change.

    Parameters
    ----------
    result : IndexResult
    node_id : str
        An indicator is its own and only part.
    start, end : int
        Years; `start` may be the later one.
    unit : str, optional

    Raises
    ------
    UnknownYearError, UnknownUnitError
        The data do not hold one of them.
    """
    definition = result.definition
    node = definition.nodes[node_id]
    unit = result.unit(unit)
    before, after = result.score(node_id, start, unit), result.score(node_id, end, unit)

    def parts(nodes: Sequence[Node]) -> tuple[Contribution, ...]:
        moved: list[tuple[Node, float, float, float]] = []
        for part in nodes:
            weight = definition.share(part.id, node_id)
            moved.append((part, weight, result.score(part.id, start, unit), result.score(part.id, end, unit)))
        gross = math.fsum(abs(weight * (to - origin)) for _, weight, origin, to in moved)
        divisible = abs(after - before) > _SHARE_FLOOR * gross
        contributions = [
            Contribution(
                node=part,
                weight=weight,
                start=origin,
                end=to,
                change=to - origin,
                contribution=weight * (to - origin),
                share=weight * (to - origin) / (after - before) if divisible else None,
            )
            for part, weight, origin, to in moved
        ]
        return tuple(sorted(contributions, key=lambda c: -abs(c.contribution)))

    return ChangeAttribution(
        node=node,
        unit=unit,
        start_year=start,
        end_year=end,
        start=before,
        end=after,
        change=after - before,
        contributions=parts(definition.leaves(node_id)),
        dimensions=parts(node.children),
    )
