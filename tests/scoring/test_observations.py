from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from scoring import IndexDefinition, ObservationError, Observations, compute, load_definition, read_observations
from scoring.observation_files import write_observations

from ..conftest import DATA

INDEX = """
id: i
name: 指数
default_unit: 甲市
children:
  - {id: air, name: 空气, aliases: [大气], weight: 1, measure_unit: "%", valid: [0, 100],
     normalise: {method: efficacy, floor: 0, target: 80}}
  - {id: water, name: 水, weight: 1}
"""
LONG = "unit,year,indicator,raw,score\n甲市,2020,空气,69.0,\n甲市,2020,水,,96.50\n"


@pytest.fixture
def index(tmp_path: Path) -> IndexDefinition:
    path = tmp_path / "index.yaml"
    path.write_text(INDEX, encoding="utf-8")
    return load_definition(path)


def read(tmp_path: Path, index: IndexDefinition, text: str, encoding: str = "utf-8") -> Observations:
    path = tmp_path / "observations.csv"
    path.write_bytes(text.encode(encoding))
    return read_observations(path, index)


def problems(tmp_path: Path, index: IndexDefinition, text: str) -> list[str]:
    with pytest.raises(ObservationError) as error:
        read(tmp_path, index, text)
    assert "\n" not in str(error.value)
    return [str(problem) for problem in error.value.problems]


def flat(observations: Observations) -> list[tuple[str, int, str, float | None, float | None]]:
    return [(o.unit, o.year, o.indicator, o.raw, o.score) for o in observations.cells()]


EXPECTED = [("甲市", 2020, "air", 69.0, None), ("甲市", 2020, "water", None, 96.5)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "year,indicator,raw,score\n2020,大气,69.0,\n2020,water,,96.50\n",
        "评价单位,年份,指标,原始值,得分\n甲市,2020年,空气,69.0%,\n甲市,2020年,水,,96.50\n",
        "unit,year,空气,水:score\n甲市,2020,69.0,96.50\n",
        "year,air,water,water:score\n2020,69.0,,96.50\n",
    ],
)
def test_long_and_wide_in_any_office_encoding_are_read_alike(
    tmp_path: Path, index: IndexDefinition, text: str, encoding: str
):
    assert flat(read(tmp_path, index, text, encoding)) == EXPECTED


def test_a_wide_file_may_hold_scores(tmp_path: Path, index: IndexDefinition):
    path = tmp_path / "wide.csv"
    path.write_text("year,空气:raw,水\n2020,69.0,96.50\n", encoding="utf-8")
    assert flat(read_observations(path, index, "score")) == EXPECTED


def test_a_workbook_is_read_with_its_percent_cells(tmp_path: Path, index: IndexDefinition):
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in [["year", "indicator", "raw", "score"], [2020, "空气", 0.69, None], [2020, "水", None, 96.5]]:
        sheet.append(row)
    sheet["C2"].number_format = "0%"
    workbook.save(tmp_path / "data.xlsx")
    assert flat(read_observations(tmp_path / "data.xlsx", index)) == EXPECTED


def test_printed_decimals_are_kept(tmp_path: Path, index: IndexDefinition):
    air, water = read(tmp_path, index, LONG).cells()
    assert (air.raw_text, air.score_text, water.score_text) == ("69.0", "", "96.50")


def test_what_is_written_reads_back_the_same(tmp_path: Path, definition: IndexDefinition):
    shipped = read_observations(DATA / "observations.csv", definition)
    path = tmp_path / "again.csv"
    path.write_text(write_observations(shipped), encoding="utf-8")
    assert list(read_observations(path, definition).cells()) == list(shipped.cells())


def test_all_problems_are_named_at_once_by_address(tmp_path: Path, index: IndexDefinition):
    text = LONG + "\n".join(
        [
            "甲市,2020,大气,69,94",
            "甲市,21,空气,69,94",
            "甲市,2021,臭氧,69,94",
            "甲市,2021,指数,,94",
            "甲市,2021,空气,sixty,",
            "甲市,2022,空气,101,",
            "甲市,2022,水,96,",
            "甲市,2023,空气,,100.5",
        ]
    )
    found = problems(tmp_path, index, text)
    for address, words in [
        ("C4", "2020年空气与 C2 重复"),
        ("B5", "年份“21”应为四位数字"),
        ("C6", "没有名为“臭氧”的指标；可用的有"),
        ("C7", "“指数”不是指标"),
        ("D8", "2021年空气：“sixty”不是一个数；应填数字，单位 %"),
        ("D9", "2022年空气的原始值 101 应在 0 到 100%之间"),
        ("D10", "2022年水只有原始值"),
        ("E11", "2023年空气的得分 100.5 超过它的计分方法能给的最高分 100"),
    ]:
        assert any(problem.startswith(f"{address}：{words}") for problem in found), (address, words, found)


@pytest.mark.parametrize("text", ["", "year,indicator\n2021,空气\n", "indicator,raw\n空气,1\n", LONG.split("\n")[0]])
def test_a_file_without_the_columns_or_rows_is_refused(tmp_path: Path, index: IndexDefinition, text: str):
    with pytest.raises(ObservationError, match="缺少列|没有任何数据行"):
        read(tmp_path, index, text)


def test_an_unknown_column_of_a_wide_file_is_told_once(tmp_path: Path, index: IndexDefinition):
    found = problems(tmp_path, index, "year,空气,水:score,臭氧\n2020,69,96,1\n2021,69,96,1\n")
    assert [problem for problem in found if "臭氧" in problem] == [
        "D1：没有名为“臭氧”的指标；可用的有：指数、空气、水",
    ]


def test_files_that_are_no_tables_are_refused(tmp_path: Path, index: IndexDefinition):
    with pytest.raises(ObservationError, match="读不到文件"):
        read_observations(tmp_path / "none.csv", index)
    for name, content, words in [
        ("observations.csv", b"\x81\xff\x00", "GB18030"),
        ("fake.xlsx", b"not a zip", "缺少列 年份"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为不加密的 .xlsx"),
        ("cut.xlsx", b"PK\x03\x04", "不是有效的 XLSX"),
    ]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ObservationError, match=words):
            read_observations(tmp_path / name, index)


def test_arrays_are_taken_as_they_are_and_sorted_when_they_are_not(index: IndexDefinition):
    raw, score = np.array([[10.0, np.nan], [20.0, np.nan], [30.0, np.nan]]), np.array([[np.nan, 1.0]] * 3)
    taken = Observations.from_arrays(index, ["a", "a", "b"], [2020, 2021, 2020], raw=raw, score=score)
    assert taken.raw is raw
    mixed = Observations.from_arrays(index, ["a", "b", "a"], [2021, 2020, 2020], raw=raw, score=score)
    assert mixed.periods == [("a", 2020), ("a", 2021), ("b", 2020)]
    assert compute(index, mixed).score("air", 2020, "a") == 75
    whole_numbers = Observations.from_arrays(index, ["a"], [2020], raw=np.array([[40, 0]]), score=score[:1])
    assert compute(index, whole_numbers).score("air", 2020, "a") == 80
    with pytest.raises(ValueError, match="two rows"):
        Observations.from_arrays(index, ["a", "a"], [2020, 2020], raw=raw[:2])
    with pytest.raises(ValueError, match="shape"):
        Observations.from_arrays(index, ["a"], [2020], raw=raw)
