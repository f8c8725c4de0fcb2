"""The audit table: every stage of every figure in one row each, so that an auditor can follow it without us."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.definition import Node
from scoring.formula import curve_formula, mean_formula
from scoring.index import IndexResult, effective_shares
from scoring.normalise import Line
from scoring.observations import Observation
from scoring.reconcile import Published
from scoring.rounding import exact, round_half_up

_SCORE_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class AuditRow:
    """The stages of one figure.

    Attributes
    ----------
    raw, given : float or None
        The raw value and the score that the data give; the second wins.
    method, standard, status : str
        How a raw value is scored, by which standard, and whether that is declared or inferred.
    line : Line or None
        The curve of the year, where it is a straight line.
    computed : float or None
        The score that the raw value earns.
    weight, share, effective_weight : float
        The weight as printed, relative to the siblings that are there, and in the whole index.
    score : float or None
        None where a node stayed empty.
    points : float or None
        Share times score.
    coverage : float
        The share of the weight under the node that was there.
    formula : str
        How the score came about.
    published : Published or None
        The published score.
    """

    unit: str
    year: int
    node: Node
    level: int
    raw: float | None
    given: float | None
    method: str
    standard: str
    status: str
    line: Line | None
    computed: float | None
    weight: float
    share: float
    effective_weight: float
    score: float | None
    points: float | None
    coverage: float
    formula: str
    published: Published | None

    @property
    def curve_agrees(self) -> bool | None:
        """Whether the raw value earns the score given, at its two decimals; None where not both are known."""
        if self.computed is None or self.given is None:
            return None
        return round_half_up(self.computed, _SCORE_DECIMALS) == round_half_up(self.given, _SCORE_DECIMALS)

    @property
    def print_agrees(self) -> bool | None:
        """Whether the score rounds to the printed one; None where none is printed."""
        if self.published is None or self.score is None:
            return None
        return self.published.agrees_with(self.score)


def audit_rows(result: IndexResult, published: Sequence[Published] = ()) -> tuple[AuditRow, ...]:
    """List every stage of every figure: by unit, by year, the nodes from the root down."""
    printed = {(figure.unit, figure.year, figure.node.id): figure for figure in published}
    rows: list[AuditRow] = []
    for unit, year in result.periods:
        weights = _weights(result, unit, year)
        for node in result.definition.nodes.values():
            rows.append(_row(result, node, unit, year, weights, printed.get((unit, year, node.id))))
    return tuple(rows)


def effective_weights(result: IndexResult, year: int, unit: str | None = None) -> dict[str, float]:
    """Give the weight of every node in the whole index; where gaps are allowed, that of the year.

    Raises
    ------
    UnknownYearError, UnknownUnitError
        The data hold no such year or unit.
    """
    result.row(year, unit)
    return {node: whole for node, (_, whole) in _weights(result, result.unit(unit), year).items()}


def _weights(result: IndexResult, unit: str, year: int) -> dict[str, tuple[float, float]]:
    """Give the share among siblings that are there and the weight in the whole, by node."""
    found = {result.definition.root.id: (1.0, 1.0)}
    row = result.row(year, unit)
    for node in result.definition.nodes.values():
        scores = [result.matrix[row : row + 1, result.definition.columns[child.id]] for child in node.children]
        for child, weight in zip(node.children, effective_shares(result.definition, node, scores), strict=True):
            share = np.asarray(weight).item()
            found[child.id] = share, share * found[node.id][1]
    return found


def _row(
    result: IndexResult,
    node: Node,
    unit: str,
    year: int,
    weights: dict[str, tuple[float, float]],
    published: Published | None,
) -> AuditRow:
    row = result.row(year, unit)
    column = result.definition.columns[node.id]
    cell = result.observation(node.id, year, unit) or Observation(unit, year, node.id)
    dated = result.curves[node.id].at(year) if node.is_indicator else None
    computed = result.curves[node.id].score(cell.raw, year) if dated and cell.raw is not None else None
    score = float(result.matrix[row, column]) if result.has_score(node.id, year, unit) else None
    share, whole = weights[node.id]
    if node.children:
        arithmetic = mean_formula(result, node, year, unit) if score is not None else ""
    else:
        arithmetic = cell.score_text or curve_formula(result, node, year, cell.raw_text)
    return AuditRow(
        unit=unit,
        year=year,
        node=node,
        level=result.definition.level(node.id),
        raw=cell.raw,
        given=cell.score,
        method=node.aggregation if node.children else node.normalise.method if node.normalise else "",
        standard=dated.reference.standard if dated else "",
        status=dated.reference.status if dated else "",
        line=dated.curve if dated and isinstance(dated.curve, Line) else None,
        computed=computed,
        weight=node.weight,
        share=share,
        effective_weight=whole,
        score=score,
        points=None if score is None else share * score,
        coverage=1.0 if result.coverage is None else float(result.coverage[row, column]),
        formula=f"{arithmetic} = {exact(score)}" if arithmetic and score is not None else "",
        published=published,
    )
