import csv
import io
import json
from pathlib import Path

import pytest

from scoring import IndexResult

from ..command import assert_one_line_error, run
from ..conftest import DATA
from .test_intake import GOOD, form


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


def test_check_tells_the_one_pair_whose_curve_is_off():
    lines = [line for line in run("scoring", "check").stdout.splitlines() if "换算" in line]
    assert "另有 12 处同时给出原始值与得分" in lines[0]
    assert [line for line in lines if "相差" in line] == [
        "2021  给出  90.98  换算  90.99  相差 +0.01  城市生活污水集中处理能力，换算方法为推断"
    ]


def test_whatif_gives_every_node_and_the_explanation():
    settings = ["--set", "管网饮用水质量=100", "--set", "PM2.5年均浓度:raw=15"]
    record = json.loads(run("scoring", "whatif", "--year", "2021", *settings, "--json").stdout)
    nodes = {node["node_id"]: node for node in record["nodes"]}
    assert len(nodes) == 17
    assert nodes["shenzhen-eco-quality"]["after"] == pytest.approx(93.926)
    assert nodes["pm25"]["after"] == 100
    assert sum(part["contribution"] for part in record["explanation"]["contributions"]) == pytest.approx(0.7)
    assert [setting["estimated"] for setting in record["settings"]] == [False, True]
    shown = run("scoring", "whatif", *settings).stdout
    assert "93.23 →   93.93   +0.70  生态环境质量指数" in shown
    assert "按推断的换算方法计分，为估算" in shown


def test_two_editions_of_an_index_are_compared(tmp_path: Path):
    older = tmp_path / "older.yaml"
    text = (DATA / "index.yaml").read_text("utf-8").replace("weight: 0.10", "weight: 0.12", 1)
    older.write_text(text.replace("weights: shares-of-whole", "weights: relative"), encoding="utf-8")
    years = ["--from", "2021", "--to", "2021", "--node", "质量水平"]
    record = json.loads(run("scoring", "explain", *years, "--from-definition", str(older), "--json").stdout)
    assert record["change"] != 0
    assert sum(part["weight_effect"] for part in record["contributions"]) == pytest.approx(record["change"])


def test_target_headroom_trend_and_robustness_answer_in_both_forms():
    target = json.loads(run("scoring", "target", "--to", "95", "--json").stdout)
    assert [one["node_id"] for one in target["alone"] if one["possible"]] == ["sewage_capacity"]
    assert target["mix"]["possible"]
    assert "做不到，最高 100 分时只能到 93.53" in run("scoring", "target", "--to", "95").stdout
    rooms = json.loads(run("scoring", "headroom", "--json").stdout)
    assert rooms[0]["node_id"] == "sewage_capacity"
    assert "+1.80  城市生活污水集中处理能力" in run("scoring", "headroom").stdout
    trend = json.loads(
        run("scoring", "trend", "--node", "质量安全水平", "--target", "95", "--by", "2025", "--json").stdout
    )
    assert trend["pace"]["formula"] == "(95 - 89.6) ÷ (2025 - 2021) = 1.35"
    assert "连降 2 年（2019→2021年）：-3.00" in run("scoring", "trend", "--node", "质量安全水平").stdout
    years = ["--higher", "2021", "--lower", "2020"]
    robust = json.loads(run("scoring", "robustness", *years, "--json").stdout)
    assert robust == json.loads(run("scoring", "robustness", *years, "--json").stdout)
    assert "不成立  去掉指标：国考省考断面水质优良率" in run("scoring", "robustness", *years).stdout


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_the_audit_table_is_written_in_three_forms(tmp_path: Path, suffix: str):
    out = tmp_path / f"audit.{suffix}"
    assert "已写出 102 行审计表" in run("scoring", "audit", "--out", str(out)).stdout
    assert out.stat().st_size > 10_000


def test_a_new_year_is_filled_in_checked_kept_used_and_undone(tmp_path: Path, result: IndexResult):
    assert run("scoring", "template", "--out", str(tmp_path / "form.xlsx")).returncode == 0
    bad = form(tmp_path / "bad.xlsx", result, GOOD | {"PM2.5年均浓度": (0.017, None)})
    refused = run("scoring", "import", str(bad), "--commit", "--json")
    record = json.loads(refused.stdout)
    assert (refused.returncode, record["ok"], record["version"]) == (1, False, None)
    assert record["problems"][0]["cell"] == "E2"
    good = form(tmp_path / "good.xlsx", result, GOOD)
    preview = run("scoring", "import", str(good))
    assert "以上只是预览" in preview.stdout
    assert run("scoring", "compute", "--year", "2022").returncode == 2
    record = json.loads(run("scoring", "import", str(good), "--commit", "--json").stdout)
    assert (record["ok"], record["version"]) == (True, 2)
    after = {change["node_id"]: change["after"] for change in record["changes"]}
    computed = csv.DictReader(io.StringIO(run("scoring", "compute", "--year", "2022").stdout))
    assert {row["node_id"]: float(row["score"]) for row in computed} == after
    answer = json.loads(run("assistant", "ask", "2022年管网饮用水质量得分是多少？", "--json").stdout)
    assert [figure["display"] for figure in answer["figures"] if figure["year"] == 2022] == ["98.00"]
    assert "* 版本 2" in run("scoring", "versions").stdout
    assert run("scoring", "versions", "--restore", "1").returncode == 0
    assert run("scoring", "compute", "--year", "2022").returncode == 2
    listed = json.loads(run("scoring", "versions", "--json").stdout)
    assert [(version["version"], version["current"]) for version in listed] == [(1, True), (2, False)]


def test_a_data_folder_edited_after_a_commit_is_told(tmp_path: Path, result: IndexResult):
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("index.yaml", "observations.csv"):
        (folder / name).write_bytes((DATA / name).read_bytes())
    good = form(tmp_path / "good.xlsx", result, GOOD)
    assert run("scoring", "import", str(good), "--commit", DATA_DIR=str(folder)).returncode == 0
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    done = run("scoring", "compute", "--year", "2022", DATA_DIR=str(folder))
    assert done.returncode == 0
    assert "改动过；现在用的是版本 2" in done.stderr


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
        (["whatif", "--set", "质量水平=95"], "由下级合成，不能直接设定"),
        (["whatif", "--set", "pm25"], "应写作 指标=得分"),
        (["whatif", "--set", "pm25=good"], "应是一个数"),
        (["trend", "--target", "95"], "--target 与 --by 要一起给"),
        (["target", "--to", "95", "--bound", "臭氧=1"], "没有名为“臭氧”的指标"),
        (["template", "--out", "form.csv"], "应是一个 .xlsx 文件"),
        (["audit", "--out", "audit.pdf"], ".csv、.json、.xlsx"),
        (["versions", "--restore", "9"], "没有数据版本 9；现有：1"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments: list[str], words: str):
    assert_one_line_error(run("scoring", *arguments), 2, words)


def test_a_wrong_setting_is_one_line_and_status_2(tmp_path: Path):
    assert_one_line_error(run("scoring", "check", DATA_DIR=str(tmp_path / "none")), 2, "DATA_DIR")
    assert_one_line_error(run("scoring", "check", EMBEDDING_PROVIDER="magic"), 2, "EMBEDDING_PROVIDER")


def test_output_that_cannot_be_written_is_one_line_and_status_1():
    for command, file in (("compute", "out.csv"), ("template", "form.xlsx"), ("audit", "audit.xlsx")):
        assert_one_line_error(run("scoring", command, "--out", f"/nowhere/{file}"), 1, f"无法写入 /nowhere/{file}")
