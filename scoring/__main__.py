"""The command line of the scoring engine: compute, explain, check."""

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.command import USAGE, run
from assistant.settings import SettingsError, load_settings
from scoring import (
    ChangeAttribution,
    Contribution,
    IndexResult,
    Reconciled,
    ScoringError,
    attribute_change,
    compute,
    display,
    load_definition,
    read_observations,
    read_published,
    reconcile,
)

app = typer.Typer(
    help="综合指数计算：得分、变化的逐项贡献、与公布值核对。", pretty_exceptions_enable=False, rich_markup_mode=None
)

DefinitionOption = Annotated[
    Path | None, typer.Option("--definition", help="指标体系 YAML；默认用 DATA_DIR 的 index.yaml")
]
DataOption = Annotated[Path | None, typer.Option("--data", help="观测数据 CSV；默认用 DATA_DIR 的 observations.csv")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


class Format(StrEnum):
    """What `compute` writes."""

    JSON = "json"
    CSV = "csv"


def _result(definition_file: Path | None, data_file: Path | None) -> IndexResult:
    if definition_file is None or data_file is None:
        settings = load_settings()
        definition_file = definition_file or settings.definition_file
        data_file = data_file or settings.observations_file
    definition = load_definition(definition_file)
    return compute(definition, read_observations(data_file, definition))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@app.command("compute")
def compute_command(
    definition: DefinitionOption = None,
    data: DataOption = None,
    year: Annotated[int | None, typer.Option(help="只算这一年")] = None,
    format: Annotated[Format, typer.Option(help="输出格式")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="写入文件；默认写到屏幕")] = None,
) -> None:
    """计算每个单位、每一年、每个节点的得分。"""
    result = _result(definition, data)
    if year is not None:
        for unit in result.units:
            result.score(result.definition.root.id, year, unit)
    rows: list[dict[str, Any]] = [
        {
            "unit": unit,
            "year": period,
            "node_id": node.id,
            "node": node.name,
            "level": result.definition.level(node.id),
            "score": score,
            "display": display(score),
        }
        for unit, period in result.periods
        if year in (None, period)
        for node in result.definition.nodes.values()
        for score in [result.score(node.id, period, unit)]
    ]
    text = _json(rows) if format is Format.JSON else _csv(rows)
    if out is None:
        typer.echo(text.rstrip("\n"))
    else:
        out.write_text(text, encoding="utf-8")


def _csv(rows: list[dict[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


@app.command()
def explain(
    node: Annotated[str, typer.Option(help="指标的 id、名称或别名")],
    start: Annotated[int, typer.Option("--from", help="起始年份")],
    end: Annotated[int, typer.Option("--to", help="截止年份")],
    unit: Annotated[str | None, typer.Option(help="单位（城市）")] = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """把一个节点两年之间的变化分解到每个指标，不留残差。"""
    result = _result(definition, data)
    attribution = attribute_change(result, result.definition.find(node).id, start, end, unit)
    typer.echo(_json(_attribution_record(attribution)) if as_json else _attribution_text(attribution))


def _attribution_record(attribution: ChangeAttribution) -> dict[str, Any]:
    def part(contribution: Contribution) -> dict[str, Any]:
        return {
            "node_id": contribution.node.id,
            "node": contribution.node.name,
            "weight": contribution.weight,
            "start": contribution.start,
            "end": contribution.end,
            "change": contribution.change,
            "contribution": contribution.contribution,
            "share": contribution.share,
            "display": display(contribution.contribution, signed=True),
        }

    return {
        "unit": attribution.point.unit,
        "node_id": attribution.node.id,
        "node": attribution.node.name,
        "from": attribution.base.year,
        "to": attribution.point.year,
        "start": attribution.start,
        "end": attribution.end,
        "change": attribution.change,
        "display": display(attribution.change, signed=True),
        "contributions": [part(c) for c in attribution.contributions],
        "dimensions": [part(c) for c in attribution.dimensions],
        "residual": attribution.residual,
    }


def _attribution_text(attribution: ChangeAttribution) -> str:
    lines = [
        f"{attribution.node.name}：{attribution.base.year}年 {display(attribution.start)} → "
        f"{attribution.point.year}年 {display(attribution.end)}，变化 {display(attribution.change, signed=True)}",
        "贡献 = 有效权重 × 指标得分变化：",
    ]
    lines += [
        f"  {display(c.contribution, signed=True):>7}  {c.node.name}  "
        f"{c.weight:.4g} × ({display(c.end)} - {display(c.start)})"
        for c in attribution.contributions
    ]
    return "\n".join([*lines, f"残差 {abs(attribution.residual):.1e}"])


@app.command()
def check(definition: DefinitionOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """逐个核对公布的数字：按印出的位数四舍五入后是否一致；有不一致时退出码为 1。"""
    result = _result(definition, data)
    published = data.parent / "published.csv" if data else load_settings().published_file
    rows = reconcile(result, read_published(published, result.definition))
    differing = [row for row in rows if not row.agrees]
    if as_json:
        typer.echo(_json([_reconciled_record(row) for row in rows]))
    else:
        for row in rows:
            figure = row.published
            verdict = "一致" if row.agrees else f"不一致（相差 {row.rounded - figure.printed:+}）"
            typer.echo(f"{figure.year}  印出 {figure.printed:>6}  复算 {row.rounded:>6}  {verdict}  {figure.node.name}")
        typer.echo(f"共核对 {len(rows)} 个公布值，{len(differing)} 个不一致。")
    if differing:
        raise typer.Exit(1)


def _reconciled_record(row: Reconciled) -> dict[str, Any]:
    figure = row.published
    return {
        "unit": figure.unit,
        "year": figure.year,
        "node_id": figure.node.id,
        "node": figure.node.name,
        "printed": str(figure.printed),
        "recomputed": row.recomputed,
        "display": str(row.rounded),
        "agrees": row.agrees,
        "section": figure.section,
        "printed_as": figure.printed_as,
    }


if __name__ == "__main__":
    run(app, {ScoringError: USAGE, SettingsError: USAGE})
