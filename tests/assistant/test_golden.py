"""The project's own questions: what a director may expect of each answer."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import Status

from ..conftest import Ask

QUESTIONS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text("utf-8"))


def holds(text: str, wanted: str) -> bool:
    return any(part in text for part in wanted.split("|"))


@pytest.mark.parametrize("case", QUESTIONS, ids=[case["q"] for case in QUESTIONS])
def test_an_answer_says_what_it_must(ask: Ask, case: dict[str, Any]):
    from assistant.ask import Conversation

    conversation = Conversation()
    answer = ask.assistant.ask(case["q"], conversation)
    if "kind" in case:
        assert conversation.queries[-1].kind == case["kind"]
    assert answer.status == Status(case.get("status", "answer")), answer.text
    for wanted in case.get("has", ()):
        assert holds(answer.text, wanted), f"{wanted!r} is missing in:\n{answer.text}"
    for unwanted in case.get("lacks", ()):
        assert not holds(answer.text, unwanted)
    for section in case.get("cites", ()):
        assert any(section in citation.section for citation in answer.citations), answer.citations


def test_the_same_in_short_is_one_paragraph_with_the_proof_it_needs(ask: Ask):
    full, short = ask("2019年发展能力为什么上升？"), ask("再短一点", "2019年发展能力为什么上升？")
    assert short.text == full.text.split("\n\n")[0]
    assert len(short.citations) < len(full.citations)


@pytest.mark.parametrize("length", [150, 200, 300])
@pytest.mark.parametrize("subject", ["噪声", "质量水平", "总指数", "PM2.5", "固废"])
def test_a_draft_is_as_long_as_asked(ask: Ask, subject: str, length: int):
    draft, *_ = ask(f"起草一段2021年{subject}问题分析，{length}字左右").text.split("\n\n注意")
    assert len(re.sub(r"\[\d+\]|\*\*|\s", "", draft)) == pytest.approx(length, rel=0.15)


@pytest.mark.parametrize(
    ("history", "question", "wanted"),
    [
        (["2021年质量水平为什么下降？"], "那2020年呢", ["2020年质量水平得分为**94.24分**", "上升"]),
        (["2021年质量水平为什么下降？", "那2020年呢"], "换成发展能力", ["2020年发展能力得分为**92.79分**"]),
        (["2019年发展能力是多少"], "为什么", ["2019年发展能力得分为**92.05分**", "+2.44"]),
        (["质量安全水平的趋势"], "获得感呢", ["质量获得感得分由83.25分", "2019年"]),
        (
            ["2021年质量安全水平为什么下降？"],
            "前一年也是饮用水造成的吗？",
            ["2020年质量安全水平", "生态环境状况指数（-0.40分）"],
        ),
        (["What was the overall index in 2018?"], "And how much did it change from the year before?", ["1.66 points"]),
        (["近岸海域的权重"], "定义呢", ["第一、二类"]),
        (["2021年水质多少分"], "国考省考断面水质优良率", ["100.00", "2021年"]),
        (["2021年PM2.5多少分"], "比2020高多少", ["比2020年的92.00分上升**2.00分**"]),
        (["2021年质量水平为什么下降？"], "和2018年比", ["比2018年的87.42分上升**6.23分**"]),
        (["固废利用率定义"], "2021年是多少", ["96.53", "91.33%"]),
        (["2021年水质多少分"], "第二个", ["近岸海域水质优良面积比例得分为**100.00分**"]),
        (["2021年水质多少分"], "都要", ["国考省考断面", "近岸海域", "管网饮用水质量得分为**96.00分**"]),
        (["2021年质量水平为什么下降？"], "其中贡献最大的呢", ["管网饮用水质量", "**-1.00分**", "168.4%"]),
        (["2021年发展能力为什么上升？"], "其中贡献最小的呢", ["一般工业固体废物资源利用率", "+0.17分"]),
        (["2021年质量水平为什么下降？"], "这个结论稳不稳", ["94.24", "93.65", "1000组"]),
        (["2021年质量水平为什么下降？"], "写成一段", ["下降**0.59分**", "报告指出"]),
        (["2021年总指数多少"], "画个图", ["2016—2021年"]),
        (["2021年总指数多少"], "前年呢", ["2020年", "92.97"]),
        (["起草一段噪声问题分析"], "改成分条", ["- 噪声"]),
        (["2021年得分最低的观测变量是哪个"], "它的权重是多少", ["生态环境状况指数", "0.10"]),
        (["2021年得分最低的观测变量是哪个"], "为什么低", ["生态环境状况指数得分为**83.20分**"]),
        (["2021年得分最低的观测变量是哪个"], "那2018年呢", ["2018年9个观测变量中，得分最低"]),
        (["如果饮用水到100分总指数多少"], "那PM2.5也到100呢", ["93.93"]),
        (["2021年总指数"], "不对，应该是93.65吧", ["不是93.65分", "93.23"]),
    ],
)
def test_a_follow_up_inherits_what_it_leaves_out(ask: Ask, history: list[str], question: str, wanted: list[str]):
    text = ask(question, *history).text
    assert all(words in text for words in wanted), text
