"""Commands for the data: a form for a new year, taking it in, and the versions that come of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.settings import load_settings
from scoring.commands.index import JsonOption, UnitOption, Values, ValuesOption, print_json, warn_of_edits
from scoring.definition_yaml import load_definition
from scoring.errors import ObservationError
from scoring.index import compute
from scoring.intake import Change, Intake, assess
from scoring.observation_files import read_observations, write_observations
from scoring.rounding import display
from scoring.table import EARLIEST, LATEST
from scoring.template import build_template
from scoring.versions import Version


def template_command(
    out: Annotated[Path, typer.Option("--out", help="写到哪个 XLSX 文件")],
    year: Annotated[
        int | None, typer.Option("--year", min=EARLIEST, max=LATEST, help="填报哪一年；默认最后一年的下一年")
    ] = None,
) -> None:
    """生成新一年数据的 Excel 填报表：下拉选项、单位、逐格说明。"""
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("--out 应是一个 .xlsx 文件")
    settings = load_settings()
    definition = load_definition(settings.definition_file)
    result = compute(definition, read_observations(settings.dataset.current_file, definition))
    year = result.span[-1] + 1 if year is None else year
    out.write_bytes(build_template(result, year))
    typer.echo(f"已生成 {year} 年的填报表 {out}；填好后运行 python -m scoring import {out}")


def import_command(
    file: Annotated[Path, typer.Argument(help="CSV 或 XLSX：填报表、长表或宽表")],
    year: Annotated[
        int | None,
        typer.Option("--year", min=EARLIEST, max=LATEST, help="文件没有年份列时，是哪一年；有时，只取这一年"),
    ] = None,
    unit: UnitOption = None,
    commit: Annotated[bool, typer.Option("--commit", help="存为新版本，并从此使用它")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="允许整年替换已有的年份")] = False,
    accept_suspected: Annotated[bool, typer.Option("--accept-suspected", help="疑似填错单位的数确认无误")] = False,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """检查新一年的数据，显示它会带来的变化；加 --commit 存为新版本。"""
    settings = load_settings()
    dataset = settings.dataset
    warn_of_edits(dataset)
    definition = load_definition(settings.definition_file)
    before = dataset.current
    current = read_observations(dataset.current_file, definition)
    try:
        intake = assess(
            definition, current, file, values=values.kind, year=year, unit=unit or "", replace=replace,
            accept_suspected=accept_suspected,
        )  # fmt: skip
    except ObservationError as error:
        intake = Intake(error.problems)
    version: Version | None = None
    if commit and intake.observations is not None:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        content = write_observations(intake.observations)
        version = dataset.commit(content, based_on=before.number, made=made, source=file.name)
    if as_json:
        print_json(_intake_record(intake, version))
    else:
        _print_intake(intake, version, before.number, commit=commit)
    if intake.problems:
        raise typer.Exit(1)


def _intake_record(intake: Intake, version: Version | None) -> dict[str, Any]:
    return {
        "ok": not intake.problems,
        "problems": [
            {"cell": problem.cell, "indicator": problem.indicator, "message": problem.message}
            for problem in intake.problems
        ],
        "changes": [
            {
                "unit": change.unit,
                "node": change.node.name,
                "node_id": change.node.id,
                "year": change.year,
                "before": change.before,
                "after": change.after,
            }
            for change in intake.changes
        ],
        "version": version.number if version else None,
    }


def _print_intake(intake: Intake, version: Version | None, before: int, *, commit: bool) -> None:
    if intake.problems:
        typer.echo(f"有 {len(intake.problems)} 处问题，未导入：")
        for problem in intake.problems:
            typer.echo(f"  {problem}")
        return
    typer.echo(f"数据无误，会改变 {len(intake.changes)} 个得分：" if intake.changes else "数据无误，各项得分都不变。")
    for change in intake.changes:
        typer.echo(f"  {_change_line(change)}")
    for cell in intake.lost:
        typer.echo(
            f"  注意：{cell.unit}{cell.year}年 {cell.indicator} 原有的原始值 {cell.raw_text} 不在文件里，将不再保留"
        )
    if version:
        typer.echo(
            f"已存为版本 {version.number}，从现在起使用；要撤销，运行 python -m scoring versions --restore {before}"
        )
    elif not commit:
        typer.echo("以上只是预览；确认后加 --commit 存为新版本。")


def _change_line(change: Change) -> str:
    before, after = ("（无）" if score is None else display(score) for score in (change.before, change.after))
    return f"{change.unit}{change.year}年  {before:>7} → {after:>7}  {change.node.name}"


def versions_command(
    restore: Annotated[int | None, typer.Option("--restore", help="改用这个版本")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出数据的各个版本；--restore N 改用第 N 版。"""
    dataset = load_settings().dataset
    warn_of_edits(dataset)
    if restore is not None:
        dataset.restore(restore)
    current = dataset.current
    if as_json:
        print_json(
            [
                {
                    "version": version.number,
                    "current": version == current,
                    "made": version.made,
                    "source": version.source,
                    "sha256": version.sha256,
                }
                for version in dataset.versions
            ]
        )
        return
    for version in dataset.versions:
        mark = "*" if version == current else " "
        typer.echo(f"{mark} 版本 {version.number}  {version.made or '数据文件夹':<25}  {version.source}")
