"""Commands for figures as they are: scores, the split of a change, the course over the years."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from scoring.commands.index import (
    DataOption,
    DefinitionOption,
    JsonOption,
    NodeOption,
    UnitOption,
    Values,
    ValuesOption,
    find_node_id,
    open_index,
    print_json,
    to_csv,
    to_json,
)
from scoring.commands.records import attribution_lines, attribution_record, figure_record, score_rows
from scoring.contribution import Point, attribute
from scoring.rounding import display
from scoring.trend import Streak, Trend, TrendFigure, trend_of


class Format(StrEnum):
    """What `compute` writes."""

    JSON = "json"
    CSV = "csv"


def compute_command(
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    year: Annotated[int | None, typer.Option(help="只算这一年")] = None,
    format: Annotated[Format, typer.Option(help="输出格式")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="写入文件；默认写到屏幕")] = None,
) -> None:
    """计算每个单位、每一年、每个节点的得分。"""
    result = open_index(definition, data, values)
    rows = score_rows(result, year)
    text = to_json(rows) if format is Format.JSON else to_csv(rows)
    if out is None:
        typer.echo(text.rstrip("\n"))
    else:
        out.write_text(text, encoding="utf-8")


def explain_command(
    node: Annotated[str, typer.Option(help="节点的 id、名称或别名")],
    start: Annotated[int, typer.Option("--from", help="起始年份")],
    end: Annotated[int, typer.Option("--to", help="截止年份")],
    unit: UnitOption = None,
    from_unit: Annotated[str | None, typer.Option(help="起始一端是另一个单位时，写它的名称")] = None,
    from_definition: Annotated[
        Path | None, typer.Option(help="起始一端用另一版指标体系（权重或参照值不同）时，写它的文件")
    ] = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """把一个节点在两年（或两个单位）之间的差别分解到每个指标，不留残差。"""
    result = open_index(definition, data, values)
    base = open_index(from_definition, data, values) if from_definition else result
    point = Point(result, end, result.unit(unit))
    attribution = attribute(
        result.definition.find(node).id, Point(base, start, base.unit(from_unit or point.unit)), point
    )
    if as_json:
        print_json(attribution_record(attribution))
    else:
        typer.echo("\n".join(attribution_lines(attribution)))


def trend_command(
    node: NodeOption = None,
    unit: UnitOption = None,
    target: Annotated[float | None, typer.Option(help="目标得分，与 --by 同用")] = None,
    by: Annotated[int | None, typer.Option(help="目标年份")] = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """逐年变化、累计变化、转折、连升连降、最好最差、波动；给出目标与年份时，还有每年需要提高多少。"""
    if (target is None) != (by is None):
        raise typer.BadParameter("--target 与 --by 要一起给")
    result = open_index(definition, data, values)
    trend = trend_of(result, find_node_id(result.definition, node), unit)
    pace = trend.pace_to(target, by) if target is not None and by is not None else None
    if as_json:
        print_json(_trend_record(trend, pace))
    else:
        typer.echo("\n".join(_trend_lines(trend, pace)))


def _trend_record(trend: Trend, pace: TrendFigure | None) -> dict[str, Any]:
    return {
        "unit": trend.unit,
        "node_id": trend.node.id,
        "node": trend.node.name,
        "scores": [
            {"year": year, "score": score, "display": display(score)}
            for year, score in zip(trend.years, trend.scores, strict=True)
        ],
        "changes": [figure_record(change) for change in trend.changes],
        "cumulative": figure_record(trend.cumulative),
        "turning_points": [figure_record(turn) for turn in trend.turning_points],
        "streaks": [
            {"direction": streak.direction, "length": streak.length, **figure_record(streak.change)}
            for streak in trend.streaks
        ],
        "best": figure_record(trend.best),
        "worst": figure_record(trend.worst),
        "volatility": figure_record(trend.volatility) if trend.volatility else None,
        "pace": figure_record(pace) if pace else None,
    }


def _trend_lines(trend: Trend, pace: TrendFigure | None) -> list[str]:
    first, last = trend.years[0], trend.years[-1]
    course = "，".join(f"{y}年 {display(s)}" for y, s in zip(trend.years, trend.scores, strict=True))
    lines = [f"{trend.node.name}：{course}"]
    lines += [
        f"  {change.years[0]}→{change.years[1]}年  {display(change.value, signed=True):>6}" for change in trend.changes
    ]
    lines.append(f"累计（{first}→{last}年）{display(trend.cumulative.value, signed=True)}：{trend.cumulative.formula}")
    lines += [_streak_line(streak) for streak in trend.streaks if streak.length > 1]
    lines += [f"转折：{turn.years[0]}年（{display(turn.value)}）" for turn in trend.turning_points]
    for label, figure in (("最高", trend.best), ("最低", trend.worst)):
        lines.append(f"{label}：{display(figure.value)}（{'、'.join(f'{year}年' for year in figure.years)}）")
    if trend.volatility:
        lines.append(f"波动（逐年变化的标准差）：{display(trend.volatility.value)} = {trend.volatility.formula}")
    if pace:
        lines.append(f"到{pace.years[1]}年达到目标，每年需变化 {display(pace.value, signed=True)}：{pace.formula}")
    return lines


def _streak_line(streak: Streak) -> str:
    first, last = streak.change.years
    verb = {1: "连升", -1: "连降", 0: "持平"}[streak.direction]
    return f"{verb} {streak.length} 年（{first}→{last}年）：{display(streak.change.value, signed=True)}"
