from dataclasses import replace

import pytest

from assistant.answer import Kind
from assistant.guard.check import check

from ..guarded import evidence, figure

COUNTED = evidence(figure("index", Kind.COUNT, 2, members=("air", "water")))


@pytest.mark.parametrize(
    "text",
    [
        "空气是指标，属于自然。",
        "空气属于总指数。",
        "总指数是最上层的指数。",
        "自然由空气和水质加权合成。",
        "总指数由自然和信任构成。",
        "同组的还有水质。",
        "空气：同组的还有水质。",
        "总指数 > 自然 > 空气。",
        "空气的数据来源是环保局。",
        "数据来源：空气（环保局）、水质（水务局）。",
        "“水质”的定义：水指饮用的水。",
        "How the report defines 水质 (verbatim): 水指饮用的水。",
        "有2个：空气和水质。",
        "空气、水质和信任都要看。",
        "空气 is made up of nothing known here.",
        "自然 is a 维度: the weighted mean of 空气 and 水质.",
    ],
)
def test_what_the_index_says_passes(text: str):
    assert check(text, COUNTED) == []


def test_what_is_counted_is_proven_too_where_something_is_measured_by_the_same_word():
    counted = replace(COUNTED, units=[*COUNTED.units, ("个", "个")])
    assert check("有2个：空气和水质。", counted) == []
    assert {finding.claim for finding in check("有3个：空气和水质。", counted)} == {"3"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("空气是指标，属于信任。", "与指标体系不符"),
        ("空气是维度。", "与指标体系不符"),
        ("自然是最上层的指数。", "与指标体系不符"),
        ("自然由空气和信任加权合成。", "与指标体系不符"),
        ("自然由空气加权合成。", "与指标体系不符"),
        ("总指数由自然、空气和信任构成。", "与指标体系不符"),
        ("空气：同组的还有信任。", "与指标体系不符"),
        ("总指数 > 信任 > 空气。", "与指标体系不符"),
        ("自然 > 空气。", "与指标体系不符"),
        ("水质的数据来源是环保局。", "与指标体系不符"),
        ("自然的数据来源是环保局。", "与指标体系不符"),
        ("数据来源：空气（水务局）、水质（水务局）。", "与指标体系不符"),
        ("“空气”的定义：水指饮用的水。", "定义不是这个指标的"),
        ("How the report defines 空气 (verbatim): 水指饮用的水。", "定义不是这个指标的"),
        ("有2个：空气和信任。", "列出的与统计的不符"),
        ("有2个：空气、水质和信任。", "列出的与统计的不符"),
        ("空气、水质和空气都要看。", "与指标体系不符"),
        ("自然 is a 维度: the weighted mean of 空气 and 信任.", "与指标体系不符"),
    ],
)
def test_what_the_index_does_not_say_is_found(text: str, reason: str):
    assert reason in {finding.reason for finding in check(text, COUNTED)}


def test_a_definition_that_holds_what_a_tool_says_too_is_still_the_one_given():
    stated = evidence(statements=("水指饮用的水。",))
    assert check("“水质”的定义：水指饮用的水。水指饮用的水。", stated) == []
    assert check("“空气”的定义：水指饮用的水。水指饮用的水。", stated) != []
