"""A hand-made index with every option on, each figure worked out apart from the engine."""

import math
from pathlib import Path

import numpy as np
import pytest

from scoring import (
    IndexResult,
    ObservationError,
    attribute_change,
    audit_rows,
    compute,
    load_definition,
    read_observations,
)

INDEX = """
id: every
name: 全选项指数
aggregation: geometric
missing: reweight
min_coverage: 0.6
children:
  - id: a
    name: 甲
    weight: 2
    aggregation: arithmetic
    children:
      - {id: eff, name: 功效, weight: 1, direction: lower, measure_unit: 微克/立方米, valid: [0, 500],
         normalise: {method: efficacy, status: inferred, references: [
           {to: 2020, floor: 35, target: 15, standard: 旧标准},
           {from: 2021, floor: 25, target: 10, standard: 新标准, status: declared}]}}
      - {id: log, name: 对数, weight: 3,
         normalise: {method: minmax, lower: 1, upper: 100, transform: log, cap: true, scale: [10, 90]}}
  - id: b
    name: 乙
    weight: 1
    aggregation: harmonic
    children:
      - {id: mm, name: 极差, weight: 1, direction: lower, normalise: {method: minmax, scale: [20, 100]}}
      - {id: rk, name: 名次, weight: 1, normalise: {method: rank}}
      - {id: tg, name: 目标, weight: 2, normalise: {method: target, target: 50, start: 0, cap: true, scale: [1, 100]}}
  - id: z
    name: 丙
    weight: 1
    aggregation: arithmetic
    children:
      - {id: zs, name: 标准化, weight: 1, normalise: {method: zscore}}
      - {id: asis, name: 原样, weight: 9, normalise: {method: none}}
"""
WIDE = """unit,year,eff,log,mm,rk,tg,zs,asis,rk:score
东,2020,20,10,5,1,25,3,80,
东,2021,20,1000,3,2,60,4,90,
西,2020,30,1,1,2,5,8,70,
西,2021,,50,,3,10,5,60,3.5
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> IndexResult:
    folder = tmp_path_factory.mktemp("every")
    (folder / "index.yaml").write_text(INDEX, encoding="utf-8")
    (folder / "wide.csv").write_text(WIDE, encoding="utf-8")
    definition = load_definition(folder / "index.yaml")
    return compute(definition, read_observations(folder / "wide.csv", definition))


ZS = [3, 4, 8, 5]
MEAN, SD = np.mean(ZS), np.std(ZS)


@pytest.mark.parametrize(
    ("unit", "year", "expected"),
    [
        (
            "东",
            2020,
            {
                "eff": 60 + 40 * (35 - 20) / 20,
                "log": 10 + 80 * math.log(10) / math.log(100),
                "mm": 20.0,  # the greatest of 5, 3, 1, and less is better
                "rk": 1.0,
                "tg": 1 + 99 * 25 / 50,
                "zs": (3 - MEAN) / SD,
                "asis": 80.0,
            },
        ),
        (
            "东",
            2021,
            {
                "eff": 60 + 40 * (25 - 20) / 15,  # the same air by the new standard
                "log": 90.0,
                "mm": 60.0,
                "rk": 2.5,  # shares the second and third place with 西 2020
                "tg": 100.0,
                "zs": (4 - MEAN) / SD,
                "asis": 90.0,
            },
        ),
        ("西", 2021, {"rk": 3.5, "tg": 1 + 99 * 10 / 50}),
    ],
)
def test_every_normalisation_by_hand(index: IndexResult, unit: str, year: int, expected: dict[str, float]):
    assert {node: index.score(node, year, unit) for node in expected} == pytest.approx(expected)


def test_every_mean_by_hand(index: IndexResult):
    score = {node: index.score(node, 2020, "东") for node in index.definition.nodes}
    assert score["a"] == pytest.approx((score["eff"] + 3 * score["log"]) / 4)
    assert score["b"] == pytest.approx(4 / (1 / score["mm"] + 1 / score["rk"] + 2 / score["tg"]))
    assert score["every"] == pytest.approx((score["a"] ** 2 * score["b"] * score["z"]) ** (1 / 4))


def test_a_gap_leaves_its_weight_to_the_siblings_and_is_told(index: IndexResult):
    row = index.row(2021, "西")
    coverage = dict(zip(index.definition.nodes, index.coverage[row], strict=True)) if index.coverage is not None else {}
    assert (coverage["a"], coverage["b"]) == pytest.approx((0.75, 0.75))
    assert coverage["every"] == pytest.approx((2 * 0.75 + 0.75 + 1) / 4)
    assert index.score("a", 2021, "西") == index.score("log", 2021, "西")
    rank, target = index.score("rk", 2021, "西"), index.score("tg", 2021, "西")
    assert index.score("b", 2021, "西") == pytest.approx(3 / (1 / rank + 2 / target))
    assert not index.has_score("eff", 2021, "西")


@pytest.mark.parametrize("node", ["every", "a", "b", "z"])
def test_value_weight_and_scale_effects_add_up(index: IndexResult, node: str):
    for unit in ("东", "西"):
        split = attribute_change(index, node, 2020, 2021, unit)
        assert abs(split.residual) < 1e-9
    east = attribute_change(index, "a", 2020, 2021, "东").parts["eff"]
    assert east.value_effect == pytest.approx(0)
    assert east.scale_effect == pytest.approx(0.25 * (60 + 40 / 3 - 90))
    west = attribute_change(index, "a", 2020, 2021, "西").parts
    assert west["eff"].weight_effect + west["log"].weight_effect != 0


def test_the_audit_table_names_standard_status_and_coverage(index: IndexResult):
    rows = {(row.unit, row.year, row.node.id): row for row in audit_rows(index)}
    old, new = rows["东", 2020, "eff"], rows["东", 2021, "eff"]
    assert (old.standard, old.status, new.standard, new.status) == ("旧标准", "inferred", "新标准", "declared")
    assert rows["西", 2021, "eff"].score is None
    assert rows["西", 2021, "log"].share == 1
    assert rows["西", 2021, "every"].coverage < 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("东,2022,20,0,5,1,25,3,80,", "对数：原始值 0 无法换算"),
        ("东,2022,20,10,5,1,25,3,-80,", "“全选项指数”的 geometric 平均没有意义"),
        ("东,2022,600,10,5,1,25,3,80,", "应在 0 到 500微克/立方米之间"),
    ],
)
def test_values_without_a_score_or_a_mean_are_named(tmp_path: Path, line: str, message: str):
    (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
    (tmp_path / "wide.csv").write_text(WIDE + line + "\n", encoding="utf-8")
    definition = load_definition(tmp_path / "index.yaml")
    with pytest.raises(ObservationError, match=message) as error:
        compute(definition, read_observations(tmp_path / "wide.csv", definition))
    assert "2022" in str(error.value)


def test_equal_values_make_no_scale(tmp_path: Path):
    (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
    header, *lines = WIDE.splitlines()
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[4] = "5"
    (tmp_path / "wide.csv").write_text("\n".join([header, *map(",".join, cells)]), encoding="utf-8")
    definition = load_definition(tmp_path / "index.yaml")
    with pytest.raises(ObservationError, match="东、西2020-2021年 极差：参照值相同（5）"):
        read_observations(tmp_path / "wide.csv", definition)


def test_a_node_with_too_little_under_it_stays_empty_and_so_does_all_that_lacks_it(tmp_path: Path):
    (tmp_path / "index.yaml").write_text(INDEX.replace("0.6", "0.9"), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(WIDE, encoding="utf-8")
    definition = load_definition(tmp_path / "index.yaml")
    result = compute(definition, read_observations(tmp_path / "wide.csv", definition))
    assert not result.has_score("a", 2021, "西")
    assert not result.has_score("every", 2021, "西")
    assert result.has_score("every", 2021, "东")
