import csv
import io
import json
from pathlib import Path

import pytest

from ..command import assert_one_line_error, run


def test_compute_writes_every_unit_year_and_node_unrounded():
    done = run("scoring", "compute", "--year", "2017")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert len(rows) == 17
    assert rows[0] == {
        "unit": "深圳市",
        "year": "2017",
        "node_id": "shenzhen-eco-quality",
        "node": "生态环境质量指数",
        "level": "1",
        "score": "86.705",
        "display": "86.71",
    }


def test_compute_takes_any_definition_and_data(foreign_folder: Path, tmp_path: Path):
    out = tmp_path / "scores.json"
    files = ["--definition", str(foreign_folder / "index.yaml"), "--data", str(foreign_folder / "observations.csv")]
    assert run("scoring", "compute", *files, "--format", "json", "--out", str(out)).returncode == 0
    scores = {(row["node_id"], row["year"]): row["score"] for row in json.loads(out.read_text("utf-8"))}
    assert scores["drop", 2011] == pytest.approx(88)
    assert scores["wear", 2011] == pytest.approx(84)
    assert scores["durability", 2011] == pytest.approx(85)
    assert scores["widget-quality", 2011] == pytest.approx(0.75 * 85 + 0.25 * 71.5)


def test_explain_gives_contributions_that_add_up():
    done = run("scoring", "explain", "--node", "质量水平", "--from", "2020", "--to", "2021", "--json")
    record = json.loads(done.stdout)
    assert record["display"] == "-0.59"
    assert [c["display"] for c in record["contributions"]] == ["-1.00", "+0.86", "-0.40", "-0.30", "+0.25", "0.00"]
    assert abs(record["residual"]) < 1e-9


def test_check_lists_every_printed_figure_and_fails_for_the_one_that_differs():
    done = run("scoring", "check", "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(row["node"], row["printed"], row["display"]) for row in rows if not row["agrees"]] == [
        ("生态环境质量指数", "86.70", "86.71")
    ]
    assert "66 个公布值，1 个不一致" in run("scoring", "check").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["explain", "--node", "臭氧", "--from", "2020", "--to", "2021"], "没有名为“臭氧”的指标"),
        (["explain", "--node", "水质", "--from", "2020", "--to", "2021"], "可以指"),
        (["explain", "--node", "pm25", "--from", "2020", "--to", "2031"], "现有年份"),
        (["explain", "--node", "pm25", "--from", "2020", "--to", "2021", "--unit", "广州市"], "现有单位"),
        (["compute", "--year", "1999"], "现有年份"),
        (["compute", "--definition", "/nowhere.yaml"], "读不到"),
        (["compute", "--format", "xml"], "用法不对"),
        (["explain", "--node", "pm25"], "用法不对"),
        (["magic"], "用法不对"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments: list[str], words: str):
    assert_one_line_error(run("scoring", *arguments), 2, words)


def test_a_wrong_setting_is_one_line_and_status_2(tmp_path: Path):
    assert_one_line_error(run("scoring", "check", DATA_DIR=str(tmp_path / "none")), 2, "DATA_DIR")
    assert_one_line_error(run("scoring", "check", EMBEDDING_PROVIDER="magic"), 2, "EMBEDDING_PROVIDER")


def test_output_that_cannot_be_written_is_one_line_and_status_1():
    assert_one_line_error(run("scoring", "compute", "--out", "/nowhere/out.csv"), 1, "无法写入 /nowhere/out.csv")
