from pathlib import Path

import pytest

from scoring import IndexDefinition, ObservationError, Observations, read_observations

HEADER = "unit,year,indicator,raw,score\n"


def read(tmp_path: Path, definition: IndexDefinition, text: str, encoding: str = "utf-8") -> Observations:
    path = tmp_path / "observations.csv"
    path.write_bytes(text.encode(encoding))
    return read_observations(path, definition)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_office_encodings_are_read_alike(tmp_path: Path, definition: IndexDefinition, encoding: str):
    text = HEADER + "深圳市,2021,管网饮用水质量,,96.00\n"
    assert ("深圳市", 2021, "tap_water") in read(tmp_path, definition, text, encoding).by_key


def test_the_unit_column_may_be_absent(tmp_path: Path, definition: IndexDefinition):
    values = read(tmp_path, definition, "year,indicator,raw,score\n2021,pm25,18,94\n").by_key
    assert list(values) == [(definition.default_unit, 2021, "pm25")]


def test_printed_decimals_are_kept(tmp_path: Path, definition: IndexDefinition):
    [observation] = read(tmp_path, definition, HEADER + ",2021,night_noise,69.0,96.80\n").by_key.values()
    assert (observation.raw, observation.raw_text, observation.score_text) == (69.0, "69.0", "96.80")


def test_all_problems_are_named_at_once(tmp_path: Path, definition: IndexDefinition):
    text = HEADER + "\n".join(
        [
            "深圳市,2021,pm25,18,94",
            "深圳市,2021,PM2.5,18,94",
            "深圳市,21,pm25,18,94",
            "深圳市,2020,臭氧,18,94",
            "深圳市,2020,水质,18,94",
            "深圳市,2020,质量水平,,94",
            "深圳市,2019,pm25,eighteen,94",
            "深圳市,2018,pm25,18,nan",
        ]
    )
    with pytest.raises(ObservationError) as error:
        read(tmp_path, definition, text)
    cells = [problem.cell for problem in error.value.problems]
    assert cells == [f"第{line}行" for line in range(3, 10)]
    assert "与第2行重复" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "year,indicator\n2021,pm25\n", HEADER])
def test_a_file_without_the_columns_or_rows_is_refused(tmp_path: Path, definition: IndexDefinition, text: str):
    with pytest.raises(ObservationError, match="缺少列|没有任何数据行"):
        read(tmp_path, definition, text)


def test_a_missing_or_binary_file_is_refused(tmp_path: Path, definition: IndexDefinition):
    with pytest.raises(ObservationError, match="读不到文件"):
        read_observations(tmp_path / "none.csv", definition)
    (tmp_path / "observations.csv").write_bytes(b"\x81\xff\x00")
    with pytest.raises(ObservationError, match="GB18030"):
        read_observations(tmp_path / "observations.csv", definition)
