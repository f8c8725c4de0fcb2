"""Observations from and to a file: long or wide, checked cell by cell, every problem named at once."""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from scoring.curves import Curves, fit_curves
from scoring.definition import IndexDefinition, Node
from scoring.errors import ObservationError, Problem, ScoringError
from scoring.observations import Key, Observation, Observations
from scoring.rounding import LARGEST, display
from scoring.table import Row, Table, column_letters, parse_year, read_table

Value = Literal["raw", "score"]
VALUES: tuple[Value, ...] = ("raw", "score")

COLUMNS = ("unit", "year", "indicator", "raw", "score", "raw_section", "score_section")
_ALSO_IN_FORMS = ("measure unit", "source and notes")
_HEADINGS = {
    "评价单位": "unit",
    "年份": "year",
    "指标": "indicator",
    "计量单位": "measure unit",
    "原始值": "raw",
    "得分": "score",
    "来源与说明": "source and notes",
}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one indicator in one row: the columns of its unit, year, indicator, raw value and so on.

    In a wide file, the name of the indicator stands above the column of its value.
    """

    row: Row
    indicator: str
    columns: Mapping[str, int]

    def text(self, what: str) -> str:
        """Give what stands in a column; empty where there is none."""
        column = self.columns.get(what)
        return "" if column is None else self.row.cells[column]

    def address(self, what: str) -> str:
        """Give the address of a cell as a spreadsheet shows it."""
        return f"{column_letters(self.columns[what])}{self.row.number}"


@dataclass(frozen=True, slots=True)
class Given:
    """One observation and where it stands."""

    observation: Observation
    entry: Entry


@dataclass(slots=True)
class Reading:
    """What a file holds and what is wrong with it.

    `refused` are the places with a value that is none, `unplaced` the indicators whose place is not known: neither is
    said to be missing, too.
    """

    given: dict[Key, Given] = field(default_factory=dict[Key, Given])
    problems: list[Problem] = field(default_factory=list[Problem])
    refused: set[Key] = field(default_factory=set[Key])
    unplaced: set[str] = field(default_factory=set[str])

    def observations(self, definition: IndexDefinition) -> Observations:
        """Lay out what is good."""
        return Observations.of(definition, (given.observation for given in self.given.values()))


def read_observations(path: Path, definition: IndexDefinition, values: Value = "raw") -> Observations:
    """Read observations, long (`unit,year,indicator,raw,score`) or wide (`unit,year,<indicator>…`).

    `unit` may be absent for a single city; either value may be empty; an indicator is named by id, name or alias. A
    long file may say in `raw_section,score_section` where a value is printed. In a wide one, `values` tells what the
    columns hold; a column may say otherwise, as `indicator:score`.

    Raises
    ------
    ObservationError
        Anything is wrong with the file; all of it is named at once.
    """
    reading = read_file(path, definition, values)
    observations = reading.observations(definition)
    problems = [*reading.problems, *check(reading, definition, observations)]
    if problems:
        raise ObservationError(path.name, problems)
    return observations


def read_file(
    path: Path, definition: IndexDefinition, values: Value = "raw", *, year: int | None = None, unit: str = ""
) -> Reading:
    """Read a file cell by cell; what it says is not yet held against the definition.

    `year` and `unit` stand in where the file has no such column; otherwise `year` picks the rows of that year.

    Raises
    ------
    ObservationError
        The file is no table with the columns needed.
    """
    table = read_table(path)
    table = Table(table.file, tuple(_heading(column) for column in table.columns), table.rows)
    if year is None:
        table.require("year", called={english: chinese for chinese, english in _HEADINGS.items()})
    reading = Reading()
    is_long = "indicator" in table.columns
    for entry in _long(table) if is_long else _wide(table, values, definition, reading):
        _take(entry, definition, (unit or definition.default_unit, year), reading)
    if not reading.given and not reading.problems:
        message = "没有任何数据行" if year is None else f"没有{year}年的数据行"
        reading.problems.append(Problem("文件", message))
    reading.problems = list(dict.fromkeys(reading.problems))
    return reading


def _heading(column: str) -> str:
    """Name a column as the engine does; letters and colons may be of any width, letters of any case."""
    name, colon, said = unicodedata.normalize("NFKC", column).rpartition(":")
    if colon:
        return f"{name}:{_HEADINGS.get(said, said.lower())}"
    lower = said.strip().lower()
    known = _HEADINGS.get(said.strip(), lower)
    return known if known in (*COLUMNS, *_ALSO_IN_FORMS) else column


def _long(table: Table) -> Iterator[Entry]:
    columns = {name: place for place, name in enumerate(table.columns) if name in (*COLUMNS, *_ALSO_IN_FORMS)}
    unknown = [name for name in table.columns if name and name not in columns]
    if not columns.keys() >= set(VALUES) and unknown:
        message = f"缺少“原始值”（raw）或“得分”（score）列，却有认不出的列：{'、'.join(unknown)}"
        raise ObservationError(table.file, [Problem("表头", message)])
    if not columns.keys() & set(VALUES):
        table.require(*VALUES)
    for row in table.rows:
        yield Entry(row, row.cells[columns["indicator"]], columns)


def _wide(table: Table, values: Value, definition: IndexDefinition, reading: Reading) -> Iterator[Entry]:
    shared = {name: place for place, name in enumerate(table.columns) if name in ("unit", "year")}
    by_indicator: dict[str, dict[str, int]] = {}
    for place, column in enumerate(table.columns):
        if column and column not in shared:
            name, colon, said = column.rpartition(":")
            is_suffix = colon and said in VALUES
            own = by_indicator.setdefault(name if is_suffix else column, {**shared, "indicator": place})
            own[said if is_suffix else values] = place
    for indicator, columns in list(by_indicator.items()):
        try:
            definition.find(indicator)
        except ScoringError as error:
            problem = Problem(f"{column_letters(columns['indicator'])}1", str(error), indicator)
            reading.problems.append(problem)
            del by_indicator[indicator]
    if not by_indicator and table.columns:
        message = "认不出：既没有“指标”（indicator）列，也没有以指标命名的列"
        raise ObservationError(table.file, [Problem("表头", message)])
    for row in table.rows:
        for indicator, columns in by_indicator.items():
            yield Entry(row, indicator, columns)


def _take(entry: Entry, definition: IndexDefinition, defaults: tuple[str, int | None], reading: Reading) -> None:
    """Take one entry; all that is wrong with it is told at once."""
    where = "indicator"
    node: Node | None = None
    year = defaults[1] or 0
    problems: list[Problem] = []
    try:
        node = definition.find(entry.indicator)
        if not node.is_indicator:
            raise ValueError(f"“{node.name}”不是指标，它的得分由下级合成")
        if "year" in entry.columns:
            where = "year"
            year = parse_year(entry.text("year"))
            if defaults[1] not in (None, year):
                return
    except (ScoringError, ValueError) as error:
        problems.append(Problem(entry.address(where), str(error), entry.indicator))
        reading.unplaced.add(node.id if node else "")
        node = None
    name = f"{year or ''}{'年' if year else ''}{node.name if node else entry.indicator}"
    numbers: dict[str, Decimal | None] = {}
    for value in VALUES:
        unit_of_measure = node.measure_unit if node and value == "raw" else ""
        try:
            numbers[value] = _number(entry.text(value), unit_of_measure)
        except ValueError as error:
            problems.append(Problem(entry.address(value), f"{name}：{error}", node.name if node else entry.indicator))
    stated = entry.text("measure unit")
    if node and stated and stated != node.measure_unit:
        message = f"{name}的计量单位写作“{stated}”，应为“{node.measure_unit}”"
        problems.append(Problem(entry.address("measure unit"), message, node.name))
    reading.problems.extend(problems)
    if node is None:
        return
    unit = entry.text("unit") or defaults[0]
    unit = definition.default_unit if unit in definition.unit_aliases else unit
    key = (unit, year, node.id)
    if problems:
        reading.refused.add(key)
    if key in reading.given:
        earlier = reading.given[key].entry.address("indicator")
        reading.problems.append(Problem(entry.address("indicator"), f"{name}与 {earlier} 重复", node.name))
        return
    raw, score = numbers.get("raw"), numbers.get("score")
    observation = Observation(
        unit=unit,
        year=year,
        indicator=node.id,
        raw=None if raw is None else float(raw),
        score=None if score is None else float(score),
        raw_text="" if raw is None else f"{raw:f}",
        score_text="" if score is None else f"{score:f}",
        raw_section=entry.text("raw_section"),
        score_section=entry.text("score_section"),
    )
    reading.given[key] = Given(observation, entry)


def _number(text: str, measure_unit: str) -> Decimal | None:
    """Read a number, of any width, with its decimals; a value in per cent may bear the sign."""
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text)
    plain = plain.removesuffix("%").strip() if measure_unit == "%" else plain
    if not _NUMBER.fullmatch(plain) or not abs(Decimal(plain)) < LARGEST:
        raise ValueError(f"“{text}”不是一个数；应填数字" + (f"，单位 {measure_unit}" if measure_unit else ""))
    return abs(Decimal(plain)) if not Decimal(plain) else Decimal(plain)


def check(reading: Reading, definition: IndexDefinition, observations: Observations) -> Iterator[Problem]:
    """Hold what was read against the definition: possible values, and no gaps.

    Parameters
    ----------
    observations : Observations
        The dataset that curves are to be made from: what was read, and what it joins.
    """
    try:
        curves = fit_curves(definition, observations)
    except ObservationError as error:
        yield from error.problems
        return
    for key, given in reading.given.items():
        yield from _impossible(given, definition.nodes[key[2]], definition, curves)
    yield from _missing(reading, definition)


def _impossible(given: Given, node: Node, definition: IndexDefinition, curves: Curves) -> Iterator[Problem]:
    observation = given.observation
    if observation.raw is not None and node.valid and not node.valid[0] <= observation.raw <= node.valid[1]:
        low, high = node.valid
        allowed = f"应在 {low:g} 到 {high:g}{node.measure_unit}之间"
        message = f"{observation.year}年{node.name}的原始值 {observation.raw_text} {allowed}"
        yield Problem(given.entry.address("raw"), message, node.name)
    if observation.score is None:
        yield from _impossible_computed(given, node, definition, curves)
        return
    name = f"{observation.year}年{node.name}的得分 {observation.score_text}"
    dated = curves[node.id].at(observation.year)
    if dated and dated.curve.best is not None and observation.score > dated.curve.best + _TOLERANCE:
        yield Problem(
            given.entry.address("score"), f"{name} 超过它的计分方法能给的最高分 {dated.curve.best:g}", node.name
        )
    elif definition.score_range and not definition.score_range[0] <= observation.score <= definition.score_range[1]:
        low, high = definition.score_range
        yield Problem(given.entry.address("score"), f"{name} 应在 {low:g} 到 {high:g} 之间", node.name)


def _impossible_computed(given: Given, node: Node, definition: IndexDefinition, curves: Curves) -> Iterator[Problem]:
    """Hold the score that a raw value earns against the possible ones."""
    observation = given.observation
    if observation.raw is None or definition.score_range is None:
        return
    score = curves[node.id].score(observation.raw, observation.year)
    low, high = definition.score_range
    if not math.isnan(score) and not low <= score <= high:
        earned = f"{observation.year}年{node.name}的原始值 {observation.raw_text} 换算得 {display(score)} 分"
        yield Problem(given.entry.address("raw"), f"{earned}，应在 {low:g} 到 {high:g} 之间", node.name)


def _missing(reading: Reading, definition: IndexDefinition) -> Iterator[Problem]:
    if definition.missing == "reweight":
        return
    for unit, year in dict.fromkeys((unit, year) for unit, year, _ in reading.given):
        for node in definition.indicators:
            given = reading.given.get((unit, year, node.id))
            if (unit, year, node.id) in reading.refused:
                continue
            if given is None:
                if reading.unplaced & {"", node.id}:
                    continue
                yield Problem(f"{unit}{year}年", f"缺少{node.name}：没有数据", node.name)
            elif given.observation.raw is None and given.observation.score is None:
                wanted = VALUES if node.normalise else VALUES[::-1]
                place = next(value for value in wanted if value in given.entry.columns)
                yield Problem(given.entry.address(place), f"{unit}{year}年缺少{node.name}：没有数据", node.name)
            elif given.observation.score is None and not node.normalise:
                message = f"{year}年{node.name}只有原始值，而指标体系没有给出换算方法（normalise），请填得分"
                yield Problem(given.entry.address("raw"), message, node.name)


def write_observations(observations: Observations) -> str:
    """Write observations as long CSV, value by value as they were printed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cell in observations.cells():
        writer.writerow(
            [cell.unit, cell.year, cell.indicator, cell.raw_text, cell.score_text, cell.raw_section, cell.score_section]
        )
    return buffer.getvalue()
