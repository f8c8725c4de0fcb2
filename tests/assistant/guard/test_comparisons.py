import pytest

from assistant.answer import Kind
from assistant.guard.check import check

from ..guarded import evidence, figure

EVIDENCE = evidence(
    figure("air", Kind.SCORE, 80, 2020),
    figure("air", Kind.SCORE, 70, 2019),
    figure("water", Kind.SCORE, 90, 2020),
    figure("air", Kind.DIFFERENCE, -10, 2020, within="water"),
    figure("air", Kind.CHANGE, 10, 2020, base_year=2019),
)


@pytest.mark.parametrize(
    "text",
    [
        "2020年空气得分为80.00分，高于2019年的70.00分。",
        "2020年空气得分为80.00分，不低于2019年的70.00分。",
        "2019年空气得分为70.00分，不高于2020年的80.00分。",
        "2020年空气得分80.00分，比水质的90.00分低10.00分。",
        "空气 scored 80.00 points in 2020, 10.00 points below 水质 at 90.00 points.",
        "空气2020年上升10.00分，高于2019年的70.00分。",
    ],
)
def test_what_lies_as_said_passes(text: str):
    assert check(text, EVIDENCE) == []


@pytest.mark.parametrize(
    "text",
    [
        "2020年空气得分为80.00分，低于2019年的70.00分。",
        "2020年空气得分为80.00分，不高于2019年的70.00分。",
        "2020年空气得分80.00分，比水质的90.00分高10.00分。",
        "空气 scored 80.00 points in 2020, 10.00 points above 水质 at 90.00 points.",
        "空气 was 80.00 points in 2020, which is lower than 70.00 points in 2019.",
    ],
)
def test_what_lies_the_other_way_is_found(text: str):
    assert "高低与数字不符" in {finding.reason for finding in check(text, EVIDENCE)}
