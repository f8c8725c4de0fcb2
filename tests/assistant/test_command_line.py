import json
import socket
from pathlib import Path

import pytest

from ..chat_script import ChatScript, Turn
from ..command import assert_one_line_error, run, touch_store

FIELDS = {
    "question",
    "status",
    "answer",
    "figures",
    "citations",
    "warnings",
    "choices",
    "engine",
    "usage",
    "elapsed_ms",
}


def test_ask_answers_with_the_exact_contributions_and_their_sources():
    done = run("assistant", "ask", "2021年质量水平为什么下降？")
    assert done.returncode == 0
    for words in ("93.65", "-1.00", "-0.40", "-0.30", "+0.25", "+0.86", "-0.59", "[1] 2016-2021年深圳市"):
        assert words in done.stdout


def test_json_holds_every_field_and_its_proof():
    record = json.loads(run("assistant", "ask", "2021年质量水平为什么下降？", "--json").stdout)
    assert set(record) == FIELDS
    assert (record["status"], record["engine"]) == ("answer", "offline")
    change = next(
        figure for figure in record["figures"] if figure["kind"] == "change" and figure["node_id"] == "quality_level"
    )
    assert change["value"] == pytest.approx(-0.59375)
    assert (change["display"], change["measure_unit"], change["year"]) == ("-0.59", "分", 2021)
    assert change["formula"] == "93.65 - 94.24375 = -0.59375"
    citation = record["citations"][0]
    assert set(citation) == {"marker", "document", "section", "quote", "passage_id"}


def test_history_is_answered_first():
    record = json.loads(
        run("assistant", "ask", "那2020年呢", "--history", "2021年质量水平为什么下降？", "--json").stdout
    )
    assert "2020年质量水平得分为**94.24分**" in record["answer"]


def test_a_batch_goes_on_after_bad_lines(tmp_path: Path):
    questions = tmp_path / "questions.jsonl"
    lines = [
        '{"id": "q1", "question": "2021年总指数是多少"}',
        "not json",
        '{"id": "q3", "question": ""}',
        '{"id": "q4"}',
        '{"id": "q5", "question": "为什么", "history": ["2021年质量水平是多少"]}',
        '{"id": "q6", "question": "x", "history": [1]}',
        "[]",
        "",
        '{"id": 9, "question": "\\u0000\\u0007"}',
    ]
    questions.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    out = tmp_path / "answers.jsonl"
    done = run("assistant", "ask", "--batch", str(questions), "--out", str(out))
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert done.returncode == 1
    assert [record["status"] for record in records] == [
        "answer",
        "error",
        "error",
        "error",
        "answer",
        "error",
        "error",
        "error",
    ]
    assert [record["id"] for record in records] == ["q1", "line 2", "q3", "q4", "q5", "q6", "line 7", 9]
    assert "-0.59" in records[4]["answer"]
    assert all("\n" not in record["error"] for record in records if record["status"] == "error")


def test_bytes_that_are_no_text_hurt_their_line_only(tmp_path: Path):
    questions = tmp_path / "questions.jsonl"
    good = '{"id": "a", "question": "2020年总指数"}'.encode()
    surrogate = b'{"id": "s", "question": "2020\\u5e74\\ud800\\u603b\\u6307\\u6570"}'
    deep = b"[" * 100_000
    questions.write_bytes(b"\n".join([b'{"id": "x", "question": "\xff\xfe"}', good, surrogate, deep, good]))
    done = run("assistant", "ask", "--batch", str(questions))
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["status"] for record in records] == ["error", "answer", "answer", "error", "answer"]
    assert done.stderr.count("Traceback") == 0


def test_a_batch_reads_and_writes_the_standard_streams():
    done = run("assistant", "ask", "--batch", "-", stdin='{"id": "a", "question": "2020年总指数"}\n')
    assert done.returncode == 0
    [record] = [json.loads(line) for line in done.stdout.splitlines()]
    assert record["id"] == "a"
    assert "92.97" in record["answer"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], "问题是空的"),
        (["ask", "\u200b\u0007 "], "问题是空的"),
        (["ask", "水" * 10_000], "问题太长"),
        (["ask"], "二者取一"),
        (["ask", "总指数", "--batch", "-"], "二者取一"),
        (["ask", "总指数", "--engine", "llm"], "没有配置大模型"),
        (["check"], "LLM_MODEL"),
        (["ask", "--batch", "/nowhere.jsonl"], "打不开"),
        (["ask", "总指数", "--engine", "gpt"], "用法不对"),
        (["serve", "--port", "0"], "用法不对"),
        (["ask", "--batch", "-", "--out", "/nowhere/out.jsonl"], "打不开"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments: list[str], words: str):
    assert_one_line_error(run("assistant", *arguments, stdin=""), 2, words)


def test_a_model_answers_on_the_command_line_and_in_a_batch(chat: ChatScript):
    chat.turns = [Turn("2021年质量水平得分为99.99分。")]
    model = {"LLM_MODEL": "m", "OPENAI_BASE_URL": chat.url}
    one = run("assistant", "ask", "总指数", "--engine", "llm", "--json", **model)
    many = run("assistant", "ask", "--batch", "-", "--engine", "llm", stdin='{"question": "总指数"}', **model)
    assert all("没有通过核对" in json.loads(done.stdout)["warnings"][-1] for done in (one, many))
    asked = len(chat.asked)
    run("assistant", "ask", "总指数", "--engine", "offline", **model)
    assert len(chat.asked) == asked > 1


def test_nothing_is_lost_when_a_batch_cannot_be_answered(tmp_path: Path):
    questions, precious = tmp_path / "questions.jsonl", tmp_path / "precious.jsonl"
    questions.write_text('{"question": "总指数"}', encoding="utf-8")
    precious.write_text("precious", encoding="utf-8")
    arguments = ["ask", "--batch", str(questions), "--out"]
    assert_one_line_error(run("assistant", *arguments, str(questions)), 2, "同一个文件")
    assert_one_line_error(run("assistant", *arguments, str(precious), DATA_DIR=str(tmp_path / "none")), 2, "DATA_DIR")
    assert questions.read_text("utf-8") == '{"question": "总指数"}'
    assert precious.read_text("utf-8") == "precious"


def test_control_characters_do_not_hurt_a_question():
    done = run("assistant", "ask", "2021年\u0007总指\u200b数\u202e是多少")
    assert done.returncode == 0
    assert "93.23" in done.stdout


def broken_folder(tmp_path: Path, source: Path, name: str, content: str | None) -> str:
    import shutil

    folder = tmp_path / "broken"
    shutil.copytree(source, folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("index.yaml", None, "index.yaml"),
        ("index.yaml", "id: [", "不是有效的 YAML"),
        ("observations.csv", None, "observations.csv"),
        ("observations.csv", "year,indicator,raw,score\n2021,drop,100,\n", "处问题"),
        ("published.csv", "year,node,score\n2021,drop,abc\n", "不是一个数"),
    ],
)
def test_a_broken_data_file_is_one_line_and_status_1(
    tmp_path: Path, foreign_folder: Path, name: str, content: str | None, words: str
):
    folder = broken_folder(tmp_path, foreign_folder, name, content)
    assert_one_line_error(run("assistant", "ask", "overall quality in 2011", DATA_DIR=folder), 1, words)


def test_a_wrong_setting_is_one_line_and_status_2(tmp_path: Path):
    assert_one_line_error(run("assistant", "ask", "总指数", DATA_DIR=str(tmp_path / "none")), 2, "DATA_DIR")


def test_a_state_folder_that_cannot_be_written_is_one_line(tmp_path: Path):
    touch_store(tmp_path / "home")
    assert_one_line_error(run("assistant", "ask", "总指数", EQI_HOME=str(tmp_path / "home")), 1, "EQI_HOME")


def test_another_data_folder_is_another_assistant(foreign_folder: Path):
    done = run("assistant", "ask", "Why did durability fall in 2012?", DATA_DIR=str(foreign_folder))
    assert done.returncode == 0
    assert "down **9.00 points**" in done.stdout


def test_a_port_in_use_is_one_line():
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_line_error(run("assistant", "serve", "--port", str(port)), 2, f"端口 {port} 已被占用")


def test_a_server_is_tried_out_and_its_key_not_told(chat: ChatScript):
    chat.turns = [Turn("一二三四五。六七。"), Turn("没有工具")]
    done = run("assistant", "check", LLM_MODEL="m", OPENAI_BASE_URL=chat.url, OPENAI_API_KEY="sk-secret")
    assert done.returncode == 0
    for words in ("√ 应答", "√ 逐段写出", "× 没有调用工具"):
        assert words in done.stdout
    assert "sk-secret" not in done.stdout + done.stderr
