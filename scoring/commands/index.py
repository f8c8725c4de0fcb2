"""What all commands share: which index, which data, and how results are printed."""

import csv
import io
import json
import math
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from assistant.settings import load_settings
from scoring.definition import IndexDefinition
from scoring.definition_yaml import load_definition
from scoring.index import IndexResult, compute
from scoring.observation_files import Value, read_observations
from scoring.versions import Dataset


class Values(StrEnum):
    """What the columns of a wide file hold."""

    RAW = "raw"
    SCORE = "score"

    @property
    def kind(self) -> Value:
        """The same as the engine names it."""
        return "raw" if self is Values.RAW else "score"


DefinitionOption = Annotated[
    Path | None, typer.Option("--definition", help="指标体系 YAML；默认用 DATA_DIR 的 index.yaml")
]
DataOption = Annotated[
    Path | None, typer.Option("--data", help="观测数据 CSV 或 XLSX；默认用 DATA_DIR 的数据（当前版本）")
]
ValuesOption = Annotated[Values, typer.Option("--values", help="宽表各列是原始值还是得分")]
UnitOption = Annotated[str | None, typer.Option("--unit", help="评价单位（城市、区）")]
YearOption = Annotated[int | None, typer.Option("--year", help="年份；默认最近一年")]
NodeOption = Annotated[str | None, typer.Option("--node", help="节点的 id、名称或别名；默认整个指数")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def open_index(definition_file: Path | None, data_file: Path | None, values: Values) -> IndexResult:
    """Compute the index that the options name."""
    if definition_file is None or data_file is None:
        settings = load_settings()
        definition_file = definition_file or settings.definition_file
        if data_file is None:
            warn_of_edits(settings.dataset)
            data_file = settings.dataset.current_file
    definition = load_definition(definition_file)
    return compute(definition, read_observations(data_file, definition, values.kind))


def warn_of_edits(dataset: Dataset) -> None:
    """Tell a user who edited the data folder that a version is in use instead."""
    if dataset.base_was_edited:
        typer.echo(
            f"提示：数据文件夹里的观测数据在存为版本 1 之后改动过；现在用的是版本 {dataset.current.number}。"
            "要采用改动，请用 import … --replace --commit 导入它",
            err=True,
        )


def find_node_id(definition: IndexDefinition, name: str | None) -> str:
    """Find a node by what a user calls it; the whole index where nothing is named."""
    return definition.root.id if name is None else definition.find(name).id


def latest(result: IndexResult, year: int | None, unit: str | None) -> int:
    """Give the year asked for, or the last one of the unit."""
    return result.years(unit)[-1] if year is None else year


def print_json(value: object) -> None:
    """Print a record; what is not a number is null."""
    typer.echo(to_json(value))


def to_json(value: object) -> str:
    """Write a record; what is not a number is null."""
    return json.dumps(_without_nan(value), ensure_ascii=False, indent=2)


def _without_nan(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in cast(dict[str, object], value).items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in cast(Sequence[object], value)]
    return value


def to_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Write records as CSV; what is not a number stays empty."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _without_nan(value) for key, value in row.items()} for row in rows)
    return buffer.getvalue()
