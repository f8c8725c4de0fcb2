"""The gate lets out what is proven, sentence by sentence, and holds the rest."""

import pytest

from assistant.answer import Kind
from assistant.evidence import Finding
from assistant.guard.check import check
from assistant.llm.gate import Gate

from ..guarded import evidence, figure

_EVIDENCE = evidence(
    figure("air", Kind.SCORE, 90.0, 2021),
    figure("air", Kind.SCORE, 93.0, 2020),
    figure("air", Kind.CHANGE, -3.0, 2021, base_year=2020),
)


def anything(sentence: str, behind: str) -> list[Finding]:
    """Find nothing that a sentence may not hold."""
    return []


def gate() -> Gate:
    return Gate(lambda text: text.replace("{F1}", "90.00分"), lambda text: check(text, _EVIDENCE), anything)


def streamed(through: Gate, text: str) -> list[str]:
    left: list[str] = []
    for character in text:
        through.feed(character)
        left += through.passed()
    through.close()
    return [*left, *through.passed()]


def test_each_sentence_leaves_when_the_next_begins():
    through = gate()
    text = "2021年空气得分为{F1}。它比2020年下降3.00分。\n\n以上。"
    assert streamed(through, text) == ["2021年空气得分为90.00分。", "它比2020年下降3.00分。\n\n", "以上。"]
    assert through.text == text.replace("{F1}", "90.00分")
    assert through.held is None


def test_a_marker_behind_the_full_stop_belongs_to_its_sentence():
    through = Gate(str, lambda text: [], anything)
    assert streamed(through, "甲。[1][2]乙（丙。）丁") == ["甲。[1][2]", "乙（丙。）", "丁"]


def test_a_table_leaves_as_a_whole():
    through = Gate(str, lambda text: [], anything)
    assert streamed(through, "甲：\n\n| a |\n| - |\n| b |\n\n乙。") == [
        "甲：\n\n",
        "| a |\n| - |\n| b |\n",
        "\n",
        "乙。",
    ]


def test_english_sentences_end_at_a_stop_not_at_a_decimal_point():
    through = Gate(str, lambda text: [], anything)
    assert streamed(through, "It is 93.65 points. It fell.\n1. One") == ["It is 93.65 points. ", "It fell.\n", "1. One"]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("2021年空气得分为91.00分。", "数字"),
        ("2021年空气得分上升3.00分。", ""),
        ("2021年空气得分为{F9}。", "没有这个数"),
    ],
)
def test_what_is_not_proven_is_held_and_blocks_what_follows(sentence: str, reason: str):
    through = gate()
    assert streamed(through, f"{sentence}2021年空气得分为{{F1}}。") == []
    assert through.held is not None
    assert through.held.sentence == sentence
    assert any(reason in finding.reason for finding in through.held.findings)


def test_a_rewritten_sentence_takes_its_place_and_the_rest_follows():
    through = gate()
    streamed(through, "2021年空气得分为91.00分。\n\n2021年空气得分为{F1}。")
    assert through.settle("2021年空气得分为{F1}。") == "2021年空气得分为90.00分。\n\n"
    assert list(through.passed()) == ["2021年空气得分为90.00分。"]
    assert through.left_out == 0


def test_a_sentence_that_fails_twice_is_left_out():
    through = gate()
    streamed(through, "2021年空气得分为91.00分。")
    assert through.settle("2021年空气得分为92.00分。") == ""
    assert (through.text, through.left_out) == ("", 1)


def test_a_sentence_is_read_behind_what_left_before_it():
    def refuses_a_pair(text: str) -> list[Finding]:
        return [Finding(text, "twice")] if text.count("甲") > 1 else []

    through = Gate(str, refuses_a_pair, anything)
    assert streamed(through, "甲。乙。甲。") == ["甲。", "乙。"]


def test_what_a_sentence_may_not_hold_is_asked_with_what_left_before_it():
    def refuses_a_link(sentence: str, behind: str) -> list[Finding]:
        return [Finding(sentence, "link")] if "](" in behind else []

    through = Gate(str, lambda text: [], refuses_a_link)
    assert streamed(through, "甲。[1](x.png)乙。") == ["甲。[1]"]
    assert through.held is not None


def test_a_thought_that_began_before_the_text_takes_back_what_left():
    through = Gate(str, lambda text: [], anything)
    assert streamed(through, "先想想。再看。</think>\n\n甲。")[-1] == "甲。"
    assert through.text == "甲。"


@pytest.mark.parametrize("text", ["<think>质量得99.99分</think>甲。", "\n<think>\n一。二。\n</think>\n\n甲。", "甲。"])
def test_what_a_model_thinks_aloud_is_dropped(text: str):
    assert streamed(Gate(str, lambda text: [], anything), text) == ["甲。"]


def test_a_thought_that_never_ends_is_no_answer():
    assert streamed(Gate(str, lambda text: [], anything), "<think>一。二。") == []
