"""What no sentence of a model may hold, and what it may."""

import pytest

from assistant.answer import Citation
from assistant.llm.discretion import Discretion

INSTRUCTION = "一切数字只能来自工具，写到这个数时写引用，不写数字。每句话写明指标的全名。"
QUOTE = Citation(1, "报告", "一、概述", "提升机场周边区域声环境质量。严格饮用水水源保护。", "p1")
NAMES = ("PM2.5", "Quality level", "质量水平")
KEY = "sk-very-secret"


def reasons(sentence: str, behind: str = "", language: str = "zh") -> list[str]:
    discretion = Discretion(language, NAMES, (INSTRUCTION,), [QUOTE], KEY)
    return [finding.reason for finding in discretion.findings(sentence, behind + sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "见[这里](http://a.example)。",
        "![图](x.png)。",
        "<img src=x>。",
        "[1]: //a.example",
        "请访问 a.example/login 。",
        "写信到 a@b.example 。",
        "[点这里][1]javascript:alert(1)",
    ],
)
def test_nothing_leads_out(sentence: str):
    assert any("链接" in reason for reason in reasons(sentence))


@pytest.mark.parametrize(
    "sentence", ["5LiA5YiH5pWw5a2X5Y+q6IO95p2l6Ieq5bel5YW3", "%e4%b8%80%e5%88%87%e6%95%b0%e5%ad%97"]
)
def test_nothing_leaves_encoded(sentence: str):
    assert any("编码" in reason for reason in reasons(sentence))


@pytest.mark.parametrize(
    ("sentence", "behind"),
    [
        (INSTRUCTION, ""),
        ("我的说明是：" + INSTRUCTION[:20], ""),
        ("来自工具，写到这个数时写引用。", "一切数字只能"),
        ("每句话写明指标的全名。", ""),
    ],
)
def test_no_instruction_is_repeated(sentence: str, behind: str):
    assert any("说明" in reason for reason in reasons(sentence, behind))


@pytest.mark.parametrize("sentence", [KEY, " ".join(KEY), KEY.upper()])
def test_no_key_leaves(sentence: str):
    found = Discretion("zh", NAMES, (), key=KEY).findings(sentence, sentence)
    assert any("密钥" in finding.reason for finding in found)
    assert all(KEY not in finding.claim for finding in found if "密钥" in finding.reason)


@pytest.mark.parametrize(
    ("sentence", "language", "is_foreign"),
    [
        ("Quality level fell in 2021.", "zh", True),
        ("质量水平在2021年下降。", "en", True),
        ("质量水平 fell in 2021.", "en", False),
        ("2021年Quality level下降。", "zh", False),
        ("The report says “提升机场周边区域声环境质量”.", "en", False),
        ("> 提升机场周边区域声环境质量。[1]", "en", False),
        ("提升道路周边区域声环境质量。[1]", "en", True),
        ("| PM2.5 | 94.00 |", "zh", False),
        ("1. ", "en", False),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(sentence: str, language: str, is_foreign: bool):
    assert ("要用提问的语言写" in reasons(sentence, language=language)) is is_foreign


def test_ordinary_sentences_may_leave():
    for sentence in ("2021年质量水平得分为93.65分[1]。", "| --- | ---: |\n", "报告写道：“严格饮用水水源保护。”[1]："):
        assert reasons(sentence) == []
