import pytest

from assistant.answer import Kind
from assistant.guard.check import check

from ..guarded import evidence, figure

EVIDENCE = evidence(
    figure("nature", Kind.SCORE, 85, 2020),
    figure("air", Kind.SCORE, 70, 2019),
    figure("air", Kind.SCORE, 80, 2020),
    figure("water", Kind.SCORE, 80, 2020),
    figure("trust", Kind.SCORE, 60, 2020),
    figure("air", Kind.CHANGE, 10, 2020, base_year=2019),
    figure("air", Kind.WEIGHT, 0.5, within="nature"),
    figure("air", Kind.WEIGHT, 0.2, within="index"),
    figure("air", Kind.CONTRIBUTION, 5, 2020, base_year=2019, within="nature"),
    figure("air", Kind.CONTRIBUTION, 2, 2020, base_year=2019, within="index"),
    figure("index", Kind.TARGET, 95, decimals=0),
)


@pytest.mark.parametrize(
    "text",
    [
        "2020年空气得分为80.00分，比2019年的70.00分上升10.00分。",
        "空气占自然的权重为0.50，占总指数的权重为0.20。",
        "空气 has a weight of 0.50 in 自然.",
        "按权重计，空气的贡献是：对自然+5.00分、对总指数+2.00分。",
        "2020年得分最高的是空气和水质，80.00分。",
        "2020年空气（70.00 → 80.00，+10.00分），与2019年相比。",
        "空气2020年80.00分。\n\n2020年得分：\n\n| 指标 | 得分（分） |\n| --- | ---: |\n| 空气 | 80.00 |",
        "| 指标 | 2019年 | 2020年 | 变化 |\n| --- | --- | --- | --- |\n| 空气 | 70.00 | 80.00 | +10.00 |",
        "| 指标 | 占自然的权重 |\n| --- | --- |\n| 空气 | 0.50 |",
        "总指数离95分还差一些。",
        "问题说的不是95分。",
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str):
    assert check(text, EVIDENCE) == []


@pytest.mark.parametrize(
    "text",
    [
        "2019年空气得分为80.00分。",
        "2020年空气得分为10.00分。",
        "2020年空气上升80.00分。",
        "空气占自然的权重为0.20。",
        "空气占总指数的权重为0.50。",
        "空气 has a weight of 0.20 in 自然.",
        "空气的贡献是：对自然+2.00分。",
        "2020年得分最高的是空气和信任，80.00分。",
        "2020年空气（80.00 → 80.00，+10.00分），与2019年相比。",
        "2019年得分：\n\n| 指标 | 得分（分） |\n| --- | ---: |\n| 空气 | 80.00 |",
        "| 指标 | 2019年 | 2020年 | 变化 |\n| --- | --- | --- | --- |\n| 空气 | 80.00 | 80.00 | +10.00 |",
        "| 指标 | 2019年 | 2020年 | 权重 |\n| --- | --- | --- | --- |\n| 空气 | 70.00 | 80.00 | 10.00 |",
        "总指数离94分还差一些。",
    ],
)
def test_a_number_that_is_something_else_is_found(text: str):
    assert check(text, EVIDENCE) != []
