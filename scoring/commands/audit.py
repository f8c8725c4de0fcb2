"""Commands for those who check: printed against recomputed, and the audit table."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.settings import load_settings
from scoring.audit import AuditRow, audit_rows
from scoring.audit_workbook import build_audit_workbook
from scoring.commands.index import (
    DataOption,
    DefinitionOption,
    JsonOption,
    Values,
    ValuesOption,
    open_index,
    print_json,
    to_csv,
    to_json,
)
from scoring.index import IndexResult
from scoring.reconcile import Published, Reconciled, read_published, reconcile
from scoring.rounding import display

_SUFFIXES = (".csv", ".json", ".xlsx")


def check_command(
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """逐个核对公布的数字：按印出的位数四舍五入后是否一致；有不一致时退出码为 1。"""
    result = open_index(definition, data, values)
    rows = reconcile(result, _published(result, data))
    differing = [row for row in rows if not row.agrees]
    if as_json:
        print_json([_reconciled_record(row) for row in rows])
    else:
        for row in rows:
            figure = row.published
            verdict = "一致" if row.agrees else f"不一致（相差 {row.rounded - figure.printed:+}）"
            typer.echo(f"{figure.year}  印出 {figure.printed:>6}  复算 {row.rounded:>6}  {verdict}  {figure.node.name}")
        typer.echo(f"共核对 {len(rows)} 个公布值，{len(differing)} 个不一致。")
        _print_curves(audit_rows(result))
    if differing:
        raise typer.Exit(1)


def _published(result: IndexResult, data: Path | None) -> tuple[Published, ...]:
    file = data.parent / "published.csv" if data else load_settings().published_file
    return read_published(file, result.definition)


def _print_curves(rows: tuple[AuditRow, ...]) -> None:
    """Tell how the scores given compare with what the raw values beside them earn."""
    pairs = [row for row in rows if row.curve_agrees is not None]
    if not pairs:
        return
    typer.echo(f"另有 {len(pairs)} 处同时给出原始值与得分，按换算方法复算：")
    for row in pairs:
        computed, given = row.computed or 0.0, row.given or 0.0
        verdict = "一致" if row.curve_agrees else f"相差 {display(computed - given, signed=True)}"
        status = "，换算方法为推断" if row.status == "inferred" else ""
        typer.echo(
            f"{row.year}  给出 {display(given):>6}  换算 {display(computed):>6}  {verdict}  {row.node.name}{status}"
        )


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


def audit_command(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件：.xlsx（带公式）、.csv 或 .json")],
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
) -> None:
    """写出审计表：每个数字从原始值、换算、权重到合成的每一步。"""
    if out.suffix.lower() not in _SUFFIXES:
        raise typer.BadParameter(f"--out 的扩展名应为 {'、'.join(_SUFFIXES)}")
    result = open_index(definition, data, values)
    rows = audit_rows(result, _published(result, data))
    if out.suffix.lower() == ".xlsx":
        out.write_bytes(build_audit_workbook(rows, result.definition.language))
    else:
        records = [_audit_record(row) for row in rows]
        text = to_json(records) if out.suffix.lower() == ".json" else to_csv(records)
        out.write_text(text, encoding="utf-8-sig" if out.suffix.lower() == ".csv" else "utf-8")
    typer.echo(f"已写出 {len(rows)} 行审计表：{out}")


def _audit_record(row: AuditRow) -> dict[str, Any]:
    line = row.line
    return {
        "unit": row.unit,
        "year": row.year,
        "level": row.level,
        "node_id": row.node.id,
        "node": row.node.name,
        "raw": row.raw,
        "measure_unit": row.node.measure_unit,
        "method": row.method,
        "start": line.start if line else None,
        "end": line.end if line else None,
        "score_at_start": line.low if line else None,
        "score_at_end": line.high if line else None,
        "cap": line.cap if line else None,
        "log": line.log if line else None,
        "standard": row.standard,
        "status": row.status,
        "computed_score": row.computed,
        "given_score": row.given,
        "curve_agrees": row.curve_agrees,
        "weight": row.weight,
        "share": row.share,
        "effective_weight": row.effective_weight,
        "coverage": row.coverage,
        "score": row.score,
        "display": "" if row.score is None else display(row.score),
        "points": row.points,
        "printed": str(row.published.printed) if row.published else None,
        "print_agrees": row.print_agrees,
        "formula": row.formula,
    }
