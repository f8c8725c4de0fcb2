"""How a score came about, written as arithmetic that anyone can redo."""

import math

from scoring.definition import Node
from scoring.index import IndexResult
from scoring.normalise import Line
from scoring.rounding import exact


def mean_formula(result: IndexResult, node: Node, year: int, unit: str | None = None) -> str:
    """Write the mean of a dimension's parts, without its value; a part that is missing has no term."""
    parts = [child for child in node.children if result.has_score(child.id, year, unit)]
    terms = [(f"{child.weight:g}", exact(result.score(child.id, year, unit))) for child in parts]
    total = math.fsum(child.weight for child in parts)
    is_whole = abs(total - 1) < 1e-9
    if node.aggregation == "harmonic":
        return f"{total:g} ÷ ({' + '.join(f'{weight} ÷ {score}' for weight, score in terms)})"
    if node.aggregation == "geometric":
        product = " × ".join(f"{score}^{weight}" for weight, score in terms)
        return product if is_whole else f"({product})^(1 ÷ {total:g})"
    mean = " + ".join(f"{weight} × {score}" for weight, score in terms)
    return mean if is_whole else f"({mean}) ÷ {total:g}"


def curve_formula(result: IndexResult, node: Node, year: int, raw: str) -> str:
    """Write the scoring of a raw value, without its result; empty where it is no arithmetic."""
    dated = result.curves[node.id].at(year)
    return dated.curve.formula(raw) if dated and raw else ""


def straight_line(result: IndexResult, node: Node, year: int) -> Line | None:
    """Give the line between two reference values that scores an indicator; None where it is no straight line."""
    dated = result.curves[node.id].at(year)
    return dated.curve if dated and isinstance(dated.curve, Line) and not dated.curve.log else None
