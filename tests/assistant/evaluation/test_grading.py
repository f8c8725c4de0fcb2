"""What an evaluation counts, and what it says of a wrong answer."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.evaluation.grading import Question, grade, read_questions
from assistant.evaluation.report_card import Report, record, table
from assistant.llm.model import Engine
from assistant.question import QuestionError
from assistant.usage import Usage

from ...chat_script import chatting
from ...command import assert_one_line_error, run
from ...conftest import Ask
from ..play import CALLS, GOOD

ASKED = "2021年质量水平为什么下降？"
QUESTION = Question("q", "why", ASKED)


@pytest.fixture(scope="module")
def answer(ask: Ask) -> Answer:
    return ask(ASKED)


@pytest.mark.parametrize(
    ("demand", "wanted"),
    [
        ("must_numbers", ["94.24", "-0.59", "+0.25", "93.650"]),
        ("must_numbers", ["99|93.65"]),
        ("must_terms", ["管网 饮用水质量", "没有这个词|拉低"]),
        ("must_cite", ["三、2 质量水平变化趋势分析|表2"]),
        ("must_not", ["99.99", "re:质量水平上升"]),
    ],
)
def test_a_right_answer_lacks_nothing(ask: Ask, answer: Answer, demand: str, wanted: list[str]):
    assert grade(ask.assistant, replace(QUESTION, **{demand: wanted}), answer).missing == ()


@pytest.mark.parametrize(
    ("demand", "wanted", "said"),
    [
        ("must_numbers", ["93.66"], "缺少数字 93.66"),
        ("must_numbers", ["3.65"], "缺少数字 3.65"),
        ("must_numbers", ["+0.59"], "缺少数字 +0.59"),
        ("must_numbers", ["-0.25"], "缺少数字 -0.25"),
        ("must_terms", ["固废"], "缺少“固废”"),
        ("must_cite", ["四、4 噪声扰民问题仍然突出"], "没有引用“四、4 噪声扰民问题仍然突出”"),
        ("must_not", ["拉低"], "不应有“拉低”"),
        ("must_not", ["re:93\\.\\d5"], "不应有“re:93\\.\\d5”"),
    ],
)
def test_what_is_missing_is_named(ask: Ask, answer: Answer, demand: str, wanted: list[str], said: str):
    assert grade(ask.assistant, replace(QUESTION, **{demand: wanted}), answer).missing == (said,)


def test_claims_without_proof_and_false_citations_are_counted(ask: Ask, answer: Answer):
    right = grade(ask.assistant, QUESTION, answer)
    assert (right.unproven, right.cited) == (0, len(answer.citations))
    figure = replace(answer, text=answer.text.replace("-1.00分", "-1.01分"))
    assert grade(ask.assistant, QUESTION, figure).unproven > 0
    elsewhere = replace(answer, citations=tuple(replace(c, section="别处") for c in answer.citations))
    assert grade(ask.assistant, QUESTION, elsewhere).cited == 0
    invented = replace(answer, citations=tuple(replace(c, quote="报告没有这句话") for c in answer.citations))
    assert grade(ask.assistant, QUESTION, invented).cited == 0


def test_refusals_are_told_apart(ask: Ask, answer: Answer):
    refused = grade(ask.assistant, QUESTION, replace(answer, status=Status.REFUSE))
    missed = grade(ask.assistant, replace(QUESTION, expect=Status.REFUSE), answer)
    sums = Report(Engine.OFFLINE, [refused, missed]).record()
    assert (sums["false_refusals"], sums["missed_refusals"], sums["accuracy"]) == (1, 1, 0.0)
    assert refused.missing == ("状态为 refuse，应为 answer",)


def test_the_table_counts_by_kind(ask: Ask, answer: Answer):
    wrong = replace(QUESTION, id="q2", must_terms=["固废"])
    told = table([Report(Engine.OFFLINE, [grade(ask.assistant, question, answer) for question in (QUESTION, wrong)])])
    assert "| why | 2 | 1 | 50.0% |" in told
    assert f"未答对 q2“{ASKED}”：缺少“固废”" in told


def test_two_engines_stand_side_by_side(ask: Ask, answer: Answer):
    wrong = replace(QUESTION, must_terms=["固废"])
    written = replace(answer, engine="llm", usage=Usage("m", 2, 200, 40, 12.0))
    unknown = replace(written, usage=Usage("m", 1, None, None, None))
    reports = [
        Report(Engine.OFFLINE, [grade(ask.assistant, question, answer) for question in (QUESTION, QUESTION)]),
        Report(Engine.LLM, [grade(ask.assistant, QUESTION, written), grade(ask.assistant, wrong, unknown)]),
    ]
    told = table(reports)
    assert "| 类别 | 题数 | 离线引擎答对 | 正确率 | 大模型答对 | 正确率 |" in told
    assert "| why | 2 | 2 | 100.0% | 1 | 50.0% |" in told
    assert "调用大模型3次，输入200个、输出40个词元（另有1题服务器没有报告），第一句中位12.0毫秒" in told
    sums = record(reports)
    assert (sums["engine"], sums["accuracy"], "calls" in sums) == ("offline", 1.0, False)
    assert (sums["llm"]["engine"], sums["llm"]["accuracy"], sums["llm"]["calls"]) == ("llm", 0.5, 3)
    assert sums["llm"]["answered_offline"] == 0


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("not json", "第2行：不是有效的 JSON"),
        ("[]", "第2行：应是一个 JSON 对象"),
        ('{"kind": "why"}', "第2行：缺少 question"),
        ('{"question": "x", "expect": "yes"}', "第2行：expect 是 'yes'，应为：answer、refuse、clarify"),
        ('{"question": "x", "must_terms": "y"}', "第2行：must_terms 应为一列文字"),
    ],
)
def test_a_bad_line_is_named(line: str, fault: str):
    with pytest.raises(QuestionError, match="^" + fault.replace("(", r"\(")):
        read_questions(io.StringIO('{"question": "好的"}\n' + line))


def test_the_command_reports_and_holds_a_minimum(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "kind": "why", "question": ASKED, "must_numbers": ["-0.59"]},
        {"id": "b", "kind": "why", "question": "为什么", "history": [ASKED], "must_terms": ["没有这个词"]},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    told = run("assistant", "eval", str(file))
    assert told.returncode == 0
    assert "| **合计** | 2 | 1 | 50.0% |" in told.stdout
    record = json.loads(run("assistant", "eval", str(file), "--json").stdout)
    assert record["kinds"] == {"why": {"right": 1, "asked": 2}}
    assert record["failures"][0]["id"] == "b"
    assert run("assistant", "eval", str(file), "--minimum", "0.6").returncode == 1


def test_a_configured_model_is_evaluated_beside_the_offline_engine(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"kind": "why", "question": ASKED, "must_numbers": ["-0.59"]}), encoding="utf-8")
    with chatting() as script:
        script.turns = [CALLS, GOOD]
        done = run("assistant", "eval", str(file), "--json", LLM_MODEL="scripted", OPENAI_BASE_URL=script.url)
        assert len(script.asked) == 2
    sums = json.loads(done.stdout)
    assert (sums["accuracy"], sums["llm"]["accuracy"], sums["llm"]["input_tokens"]) == (1.0, 1.0, 200)
    assert_one_line_error(run("assistant", "eval", str(file), "--engine", "llm"), 2, "LLM_MODEL")


def test_a_file_without_questions_is_refused(tmp_path: Path):
    empty = tmp_path / "questions.jsonl"
    empty.write_text("\n", encoding="utf-8")
    assert_one_line_error(run("assistant", "eval", str(empty)), 2, "没有题目")
    assert_one_line_error(run("assistant", "eval", str(tmp_path / "none.jsonl")), 2, "打不开")
