import json
from pathlib import Path

from ..command import assert_one_line_error, run, touch_store


def test_build_list_search(tmp_path: Path):
    built = run("knowledge", "build")
    assert built.returncode == 0
    assert "完成" in built.stderr
    assert "知识库已是最新" in run("knowledge", "build").stdout
    [record] = json.loads(run("knowledge", "list", "--json").stdout)
    assert {"document", "state", "sections", "passages", "bytes", "sha256"} <= set(record)
    assert (record["state"], record["bytes"]) == ("indexed", 30883)
    hits = json.loads(run("knowledge", "search", "表2", "-k", "3", "--json").stdout)
    assert len(hits) == 3
    assert set(hits[0]) == {"passage_id", "document", "section", "text", "score"}
    assert hits[0]["section"] == "二、生态环境质量指数总体情况 > 3、指标测算"
    assert hits[0]["text"].startswith("表2")
    assert run("knowledge", "build", "--rebuild").returncode == 0


def test_a_search_builds_a_missing_store_on_the_spot():
    done = run("knowledge", "search", "施工噪声")
    assert done.returncode == 0
    assert "施工噪声" in done.stdout


def test_a_bad_document_has_its_line_and_status_1(tmp_path: Path, foreign_folder: Path):
    import shutil

    folder = tmp_path / "data"
    shutil.copytree(foreign_folder, folder)
    (folder / "documents").mkdir()
    (folder / "documents" / "a.xyz").write_text("x")
    assert_one_line_error(run("knowledge", "build", DATA_DIR=str(folder)), 1, "a.xyz：不支持的文件类型")


def test_a_state_folder_that_cannot_be_written_is_one_line(tmp_path: Path):
    touch_store(tmp_path / "home")
    assert_one_line_error(run("knowledge", "build", EQI_HOME=str(tmp_path / "home")), 1, "不可写")
