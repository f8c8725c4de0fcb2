"""Observations: the raw value and the score of each indicator, by unit and year, with the place each comes from."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scoring.definition import IndexDefinition
from scoring.errors import ObservationError, Problem, ScoringError
from scoring.textfile import read_text

# Larger figures are mistakes, and past what rounding can write down.
LARGEST = 1e12

_COLUMNS = ("year", "indicator", "raw", "score")


@dataclass(frozen=True, slots=True)
class Observation:
    """What is known of one indicator in one unit and year. `raw_text` and `score_text` keep the decimals as printed."""

    unit: str
    year: int
    indicator: str
    raw: float | None
    score: float | None
    raw_text: str = ""
    score_text: str = ""
    raw_section: str = ""
    score_section: str = ""


Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Observations:
    """All observations by (unit, year, indicator id)."""

    by_key: Mapping[Key, Observation]

    @property
    def periods(self) -> list[tuple[str, int]]:
        """The (unit, year) pairs that hold data, units in the order of the file, years ascending."""
        units = list(dict.fromkeys(unit for unit, _, _ in self.by_key))
        pairs = {(unit, year) for unit, year, _ in self.by_key}
        return sorted(pairs, key=lambda pair: (units.index(pair[0]), pair[1]))


def read_rows(path: Path, required: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file (UTF-8, with or without BOM, or GB18030) as (line number, fields by column) pairs.

    Raises
    ------
    ObservationError
        The file is missing or unreadable, or lacks one of the required columns.
    """
    try:
        text = read_text(path)
    except OSError as error:
        raise ObservationError(path.name, [Problem(str(path), f"读不到文件（{error.strerror}）")]) from error
    except UnicodeDecodeError as error:
        raise ObservationError(path.name, [Problem("编码", "既不是 UTF-8 也不是 GB18030")]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip() for column in reader.fieldnames or ()]
    missing = [column for column in required if column not in columns]
    if missing:
        raise ObservationError(
            path.name, [Problem("表头", f"缺少列 {'、'.join(missing)}；现有 {'、'.join(columns) or '无'}")]
        )
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    if doubled:
        raise ObservationError(path.name, [Problem("表头", f"列 {'、'.join(doubled)} 出现了两次")])
    reader.fieldnames = columns
    return [
        (reader.line_num, {str(column): (value or "").strip() for column, value in row.items() if column})
        for row in _csv_rows(reader, path.name)
        if any(row.values())
    ]


def _csv_rows(reader: "csv.DictReader[str]", file: str) -> Iterator[dict[str, str | None]]:
    try:
        yield from reader
    except csv.Error as error:
        raise ObservationError(file, [Problem(f"第{reader.line_num}行", f"不是有效的 CSV（{error}）")]) from error


def read_observations(path: Path, definition: IndexDefinition) -> Observations:
    """Read observations in long form: `unit,year,indicator,raw,score` and, optional, `raw_section,score_section`.

    `unit` may be absent for a single city; either value may be empty; an indicator is named by id, name or alias.

    Raises
    ------
    ObservationError
        Anything is wrong with the file; all of it is named at once.
    """
    values: dict[Key, Observation] = {}
    lines: dict[Key, int] = {}
    problems: list[Problem] = []
    for line, row in read_rows(path, _COLUMNS):
        place = f"第{line}行"
        try:
            observation = _observation(row, definition)
        except (ScoringError, ValueError) as error:
            problems.append(Problem(place, str(error)))
            continue
        key = (observation.unit, observation.year, observation.indicator)
        if key in values:
            name = definition.nodes[observation.indicator].name
            problems.append(Problem(place, f"{observation.year}年{name}与第{lines[key]}行重复"))
            continue
        values[key], lines[key] = observation, line
    if not values and not problems:
        problems.append(Problem("文件", "没有任何数据行"))
    if problems:
        raise ObservationError(path.name, problems)
    return Observations(values)


def _observation(row: Mapping[str, str], definition: IndexDefinition) -> Observation:
    node = definition.find(row["indicator"])
    if not node.is_indicator:
        raise ValueError(f"“{node.name}”不是指标，它的得分由下级合成")
    return Observation(
        unit=row.get("unit") or definition.default_unit,
        year=parse_year(row["year"]),
        indicator=node.id,
        raw=_number(row["raw"], "raw"),
        score=_number(row["score"], "score"),
        raw_text=row["raw"],
        score_text=row["score"],
        raw_section=row.get("raw_section", ""),
        score_section=row.get("score_section", ""),
    )


def parse_year(text: str) -> int:
    """Read a year; ValueError says in Chinese what is wrong."""
    if not (text.isdecimal() and len(text) == 4):
        raise ValueError(f"年份“{text}”应为四位数字")
    return int(text)


def _number(text: str, column: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) < LARGEST:
        raise ValueError(f"{column} 列的“{text}”不是一个数")
    return value
