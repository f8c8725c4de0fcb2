"""Scored units in a text: whose figure a number is, and which of two lies above the other."""

from dataclasses import replace

import pytest

from assistant.answer import Kind
from assistant.evidence import Evidence
from assistant.guard.check import check

from ..guarded import evidence, figure

EAST, WEST = "东区1号", "西区2号"
EVIDENCE: Evidence = replace(
    evidence(
        figure("air", Kind.SCORE, 80, 2021, unit=EAST),
        figure("air", Kind.SCORE, 75, 2021, unit=WEST),
        figure("air", Kind.DIFFERENCE, 5, 2021, unit=EAST, other_unit=WEST),
        figure("air", Kind.DIFFERENCE, -2, 2021, base_year=2020, unit=EAST, other_unit=WEST),
    ),
    entities=(EAST, WEST, "南区"),
)


@pytest.mark.parametrize(
    "text",
    [
        "东区1号：\n\n2021年空气得分80.00分。",
        "2021年空气得分：东区1号80.00分、西区2号75.00分。",
        "2021年空气，东区1号得分80.00分，比西区2号的75.00分高5.00分。",
        "2021年空气，西区2号低于东区1号5.00分。",
        "东区1号的空气比西区2号好，得分为80.00分。",
        "空气 of 东区1号 scored 80.00 points in 2021, 5.00 points above 西区2号 at 75.00 points.",
        "2020—2021年，东区1号与西区2号的空气差距缩小2.00分。",
        "2021年空气得分从高到低依次是东区1号80.00分和西区2号75.00分。",
        "| 指标 | 东区1号 | 西区2号 | 相差 |\n| --- | --- | --- | --- |\n| 空气 | 80.00 | 75.00 | 5.00 |",
    ],
)
def test_what_is_said_of_its_own_unit_passes(text: str):
    assert check(text, EVIDENCE) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("西区2号：\n\n2021年空气得分80.00分。", "数字没有依据"),
        ("2021年空气得分：东区1号75.00分、西区2号80.00分。", "数字没有依据"),
        ("2021年空气，东区1号得分80.00分，比西区2号的75.00分低5.00分。", "高低与数字不符"),
        ("2021年空气，西区2号高于东区1号5.00分。", "高低与数字不符"),
        ("西区2号的空气并不低于东区1号。", "高低与数字不符"),
        ("空气 of 东区1号 scored 80.00 points in 2021, 5.00 points below 西区2号 at 75.00 points.", "高低与数字不符"),
        ("2020—2021年，东区1号与西区2号的空气差距扩大2.00分。", "高低与数字不符"),
        ("2020—2021年，东区1号与东区1号的空气差距缩小2.00分。", "高低与数字不符"),
        ("2021年空气得分从低到高依次是东区1号80.00分和西区2号75.00分。", "高低与数字不符"),
        ("2021年空气得分最高的是西区2号，75.00分。", "不是所说的最高或最低"),
        ("南区的空气最好。", "证据中没有这个评价单位"),
        ("| 指标 | 东区1号 | 西区2号 |\n| --- | --- | --- |\n| 空气 | 5.00 | 75.00 |", "数字没有依据"),
        ("| 指标 | 西区2号 | 东区1号 |\n| --- | --- | --- |\n| 空气 | 80.00 | 75.00 |", "数字没有依据"),
    ],
)
def test_what_is_said_of_another_unit_is_found(text: str, reason: str):
    assert reason in {finding.reason for finding in check(text, EVIDENCE)}
