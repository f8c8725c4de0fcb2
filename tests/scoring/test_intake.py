from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scoring import (
    Dataset,
    IndexResult,
    Intake,
    assess,
    build_template,
    compute,
    read_observations,
    write_observations,
)

from ..conftest import DATA

GOOD: dict[str, tuple[float | None, float | None]] = {
    "PM2.5年均浓度": (17, None),
    "国考省考断面水质优良率": (91, None),
    "近岸海域水质优良面积比例": (53, None),
    "声环境功能区夜间达标率": (70, None),
    "管网饮用水质量": (None, 98),
    "生态环境状况指数": (67, None),
    "城市生活污水集中处理能力": (660, None),
    "一般工业固体废物资源利用率": (92, None),
    "公众对城市生态环境提升满意度": (92, None),
}


def form(path: Path, result: IndexResult, values: dict[str, tuple[Any, Any]], year: int = 2022) -> Path:
    """Fill in the form as a user does."""
    path.write_bytes(build_template(result, year))
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        raw, score = values.get(str(sheet.cell(row, 3).value), (None, None))
        sheet.cell(row, 5).value, sheet.cell(row, 6).value = raw, score
    workbook.save(path)
    return path


def take(result: IndexResult, path: Path, **options: Any) -> Intake:
    return assess(result.definition, result.observations, path, **options)


def test_a_good_form_shows_every_node_of_the_new_year_and_changes_no_other(tmp_path: Path, result: IndexResult):
    intake = take(result, form(tmp_path / "2022.xlsx", result, GOOD))
    assert intake.problems == ()
    assert {change.year for change in intake.changes} == {2022}
    assert [change.node.id for change in intake.changes] == list(result.definition.nodes)
    changes = {change.node.id: change for change in intake.changes}
    assert changes["pm25"].before is None
    assert changes["pm25"].after == pytest.approx(96)


@pytest.mark.parametrize(
    ("name", "value", "cell", "words"),
    [
        (
            "PM2.5年均浓度",
            (0.017, None),
            "E2",
            "相差约 1000 倍，疑似单位或小数点不对（如毫克与微克）",
        ),
        ("国考省考断面水质优良率", (0.96, None), "E3", "相差约 100 倍，疑似单位或小数点不对（如比例与百分数）"),
        ("管网饮用水质量", (None, 0.96), "F6", "相差约 100 倍"),
        ("城市生活污水集中处理能力", (6600000, None), "E8", "相差约 10000 倍，疑似单位或小数点不对（如吨与万吨）"),
        ("一般工业固体废物资源利用率", (0.92, None), "E9", "比例与百分数"),
        ("近岸海域水质优良面积比例", (153, None), "E4", "应在 0 到 100%之间"),
        ("声环境功能区夜间达标率", ("七十", None), "E5", "“七十”不是一个数；应填数字，单位 %"),
        ("管网饮用水质量", (99, None), "E6", "只有原始值"),
        ("生态环境状况指数", (None, 101), "F7", "得分 101 超过它的计分方法能给的最高分 100"),
        ("公众对城市生态环境提升满意度", (None, None), "E10", "缺少公众对城市生态环境提升满意度"),
    ],
)
def test_a_bad_cell_is_named_by_its_address(
    tmp_path: Path, result: IndexResult, name: str, value: tuple[Any, Any], cell: str, words: str
):
    problems = take(result, form(tmp_path / "2022.xlsx", result, GOOD | {name: value})).problems
    assert {(problem.cell, problem.indicator) for problem in problems} == {(cell, name)}
    assert any(words in problem.message for problem in problems)


def test_a_suspected_value_may_be_meant(tmp_path: Path, result: IndexResult):
    path = form(tmp_path / "2022.xlsx", result, GOOD | {"PM2.5年均浓度": (0.5, None)})
    assert len(take(result, path).problems) == 1
    assert take(result, path, accept_suspected=True).problems == ()


def test_all_bad_cells_are_named_at_once(tmp_path: Path, result: IndexResult):
    bad: dict[str, tuple[Any, Any]] = {
        "PM2.5年均浓度": (0.017, None),
        "管网饮用水质量": (99, None),
        "生态环境状况指数": ("x", None),
    }
    assert {p.cell for p in take(result, form(tmp_path / "f.xlsx", result, GOOD | bad)).problems} == {"E2", "E6", "E7"}


def test_a_year_that_is_there_needs_consent_and_is_then_replaced_as_a_whole(tmp_path: Path, result: IndexResult):
    path = form(tmp_path / "2021.xlsx", result, GOOD, year=2021)
    [problem] = take(result, path).problems
    assert "2021年已有数据；确要整年替换请加 --replace" in problem.message
    intake = take(result, path, replace=True)
    assert {change.year for change in intake.changes} == {2021}
    assert intake.observations is not None
    assert compute(result.definition, intake.observations).score("tap_water", 2021) == 98


def test_a_year_may_be_given_or_picked(tmp_path: Path, result: IndexResult):
    names = [name if raw is not None else f"{name}:score" for name, (raw, _) in GOOD.items()]
    numbers = [str(raw if raw is not None else score) for raw, score in GOOD.values()]
    (tmp_path / "wide.csv").write_text(",".join(names) + "\n" + ",".join(numbers) + "\n", encoding="utf-8")
    assert {c.year for c in take(result, tmp_path / "wide.csv", year=2022).changes} == {2022}
    two = "\n".join(",".join(["年份", *names] if y == "年份" else [y, *numbers]) for y in ("年份", "2022", "2023"))
    (tmp_path / "two.csv").write_text(two + "\n", encoding="utf-8")
    assert {c.year for c in take(result, tmp_path / "two.csv", year=2023).changes} == {2023}
    [problem] = take(result, tmp_path / "two.csv", year=2030).problems
    assert problem.message == "没有2030年的数据行"


SCORES = st.floats(60, 100).map(lambda value: round(value, 2))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scores=st.lists(SCORES, min_size=9, max_size=9))
def test_import_then_restore_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, result: IndexResult, scores: list[float]
):
    folder = tmp_path_factory.mktemp("identity")
    names = [f"{node.id}:score" for node in result.definition.indicators]
    path = folder / "wide.csv"
    path.write_text(",".join(["year", *names]) + "\n2022," + ",".join(map(str, scores)) + "\n", encoding="utf-8")
    dataset = Dataset(DATA / "observations.csv", folder / "versions")
    intake = take(result, path)
    assert intake.observations is not None
    dataset.commit(write_observations(intake.observations), based_on=1, made="", source=path.name)
    imported = compute(result.definition, read_observations(dataset.current_file, result.definition))
    assert imported.score(result.definition.indicators[0].id, 2022) == scores[0]
    assert (imported.matrix[:-1] == result.matrix).all()
    dataset.restore(1)
    restored = read_observations(dataset.current_file, result.definition)
    assert list(restored.cells()) == list(result.observations.cells())


def test_the_form_has_lists_limits_units_and_notes(tmp_path: Path, result: IndexResult):
    (tmp_path / "form.xlsx").write_bytes(build_template(result, 2022))
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2:C10"].type == "list"
    assert (float(rules["E3"].formula1), float(rules["E3"].formula2)) == (0, 100)
    assert (float(rules["F2"].formula1), float(rules["F2"].formula2)) == (0, 100)
    notes = {cell: sheet[cell].comment for cell in ("C2", "E2", "F6")}
    assert "定义：PM2.5是当前公众最为关心" in notes["C2"].text
    assert "应在 0 到 1000微克/立方米之间\n2021年：18" in notes["E2"].text
    assert "请填得分" in notes["F6"].text
    assert [sheet.cell(2, column).value for column in range(1, 5)] == ["深圳市", 2022, "PM2.5年均浓度", "微克/立方米"]
