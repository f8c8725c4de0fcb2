import pytest

from assistant.answer import Kind
from assistant.guard.check import check

from ..guarded import evidence, figure

EVIDENCE = evidence(
    figure("air", Kind.SCORE, 70, 2019),
    figure("air", Kind.SCORE, 80, 2020),
    figure("water", Kind.SCORE, 90, 2020),
    figure("air", Kind.CHANGE, 10, 2020, base_year=2019),
    figure("water", Kind.CHANGE, -4, 2020, base_year=2019),
    figure("trust", Kind.CHANGE, -1, 2020, base_year=2019),
    figure("air", Kind.CONTRIBUTION, 5, 2020, base_year=2019, within="nature"),
    figure("water", Kind.CONTRIBUTION, -2, 2020, base_year=2019, within="nature"),
    figure("nature", Kind.CONTRIBUTION, 9, 2020, base_year=2019, within="nature"),
)


@pytest.mark.parametrize(
    "text",
    [
        "空气得分最高的是2020年的80.00分，最低的是2019年的70.00分。",
        "2020年空气和水质里，得分最高的是水质，90.00分。",
        "2020年空气和水质里，得分最低的是空气，80.00分。",
        "2020年空气与水质中，上升最多的是空气（+10.00分）。",
        "2020年水质与空气中，下降最多的是水质（-4.00分）。",
        "2020年自然的变化中，贡献最大的是空气（+5.00分）。",
        "空气要做最大的努力。",
        "The highest score of 空气 was 80.00 points in 2020.",
    ],
)
def test_the_extreme_of_its_like_passes(text: str):
    assert check(text, EVIDENCE) == []


@pytest.mark.parametrize(
    "text",
    [
        "空气得分最低的是2020年的80.00分。",
        "空气得分最高的是2019年的70.00分。",
        "2020年空气和水质里，得分最低的是水质，90.00分。",
        "2020年空气与水质中，得分最高的是空气，80.00分。",
        "2020年信任与水质中，下降最多的是信任（-1.00分）。",
        "2020年自然的变化中，贡献最大的是水质（-2.00分）。",
        "2020年空气首次达到80.00分。",
        "The lowest score of 空气 was 80.00 points in 2020.",
    ],
)
def test_what_is_not_the_extreme_is_found(text: str):
    assert {finding.reason for finding in check(text, EVIDENCE)} & {"不是所说的最高或最低", "没有依据说是首次"}
