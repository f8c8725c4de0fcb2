"""What commands print: records for JSON and CSV, lines for people."""

from collections.abc import Sequence
from typing import Any

from scoring.contribution import ChangeAttribution, Contribution
from scoring.index import IndexResult
from scoring.rounding import display, exact
from scoring.trend import TrendFigure


def score_rows(result: IndexResult, year: int | None) -> list[dict[str, Any]]:
    """List every score, a row for each unit, year and node; an empty node has none.

    Raises
    ------
    UnknownYearError
        A unit does not hold the year.
    """
    if year is not None:
        for unit in result.units:
            result.row(year, unit)
    nodes = [
        (column, node, result.definition.level(node.id)) for column, node in enumerate(result.definition.nodes.values())
    ]
    rows: list[dict[str, Any]] = []
    for row, (unit, period) in enumerate(result.periods):
        if year not in (None, period):
            continue
        scores = result.matrix[row].tolist()
        for column, node, level in nodes:
            known = scores[column] == scores[column]
            record: dict[str, Any] = {
                "unit": unit,
                "year": period,
                "node_id": node.id,
                "node": node.name,
                "level": level,
                "score": scores[column] if known else None,
                "display": display(scores[column]) if known else "",
            }
            if result.coverage is not None:
                record["coverage"] = float(result.coverage[row, column])
            rows.append(record)
    return rows


def figure_record(figure: TrendFigure) -> dict[str, Any]:
    """Write a derived figure with its years and its formula."""
    return {"value": figure.value, "display": display(figure.value), "years": figure.years, "formula": figure.formula}


def contribution_record(part: Contribution) -> dict[str, Any]:
    """Write what one part did."""
    return {
        "node_id": part.node.id,
        "node": part.node.name,
        "weight": part.weight,
        "start": part.start,
        "end": part.end,
        "change": part.change,
        "contribution": part.contribution,
        "value_effect": part.value_effect,
        "weight_effect": part.weight_effect,
        "scale_effect": part.scale_effect,
        "growth_points": part.growth_points,
        "share": part.share,
        "display": display(part.contribution, signed=True),
    }


def attribution_record(attribution: ChangeAttribution) -> dict[str, Any]:
    """Write the split of a difference."""
    base, point = attribution.base, attribution.point
    return {
        "unit": point.unit,
        "from_unit": base.unit,
        "node_id": attribution.node.id,
        "node": attribution.node.name,
        "from": base.year,
        "to": point.year,
        "start": attribution.start,
        "end": attribution.end,
        "change": attribution.change,
        "display": display(attribution.change, signed=True),
        "contributions": [contribution_record(part) for part in attribution.contributions],
        "dimensions": [contribution_record(part) for part in attribution.dimensions],
        "parts": [contribution_record(part) for part in attribution.parts.values()],
        "residual": attribution.residual,
    }


def attribution_lines(attribution: ChangeAttribution) -> list[str]:
    """Write the split of a difference between two years or units for people."""
    base, point = attribution.base, attribution.point
    ends = [f"{end.unit if base.unit != point.unit else ''}{end.year}年" for end in (base, point)]
    change = display(attribution.change, signed=True)
    return [
        f"{attribution.node.name}：{ends[0]} {display(attribution.start)} → {ends[1]} {display(attribution.end)}，"
        f"变化 {change}",
        *contribution_lines(attribution.contributions),
        f"残差 {abs(attribution.residual):.1e}",
    ]


def contribution_lines(parts: Sequence[Contribution]) -> list[str]:
    """Write what each part did, under what the figures are."""
    lines = ["贡献（分）= 每1分的作用 × 得分变化；拉动（百分点）= 贡献 ÷ 起点；贡献率 = 贡献 ÷ 总变化"]
    for part in parts:
        growth = "—" if part.growth_points is None else f"{display(part.growth_points, signed=True)}百分点"
        share = "—" if part.share is None else f"{display(100 * part.share, 1)}%"
        lines.append(
            f"  {display(part.contribution, signed=True):>7}  {part.node.name}  "
            f"{exact(part.weight, 4)} × ({_shown(part.end)} - {_shown(part.start)}){_others(part)}"
            f"  拉动 {growth}  贡献率 {share}"
        )
    return lines


def _shown(score: float) -> str:
    return display(score) if score == score else "缺"


def _others(part: Contribution) -> str:
    shifted = [("权重", part.weight_effect), ("参照值", part.scale_effect)]
    return "".join(
        f"，其中{name}变化 {display(effect, signed=True)}" for name, effect in shifted if exact(effect) != "0"
    )
