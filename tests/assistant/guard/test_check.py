from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Figure, Kind
from assistant.evidence import Evidence
from assistant.guard.check import check

from ...conftest import Ask


def figure(
    value: float, kind: Kind = Kind.SCORE, unit: str = "分", node: str = "quality", within: str | None = None
) -> Figure:
    return Figure(
        node="质量水平", node_id=node, kind=kind, value=value, formula="", measure_unit=unit, within=within, year=2021
    )


FIGURES = [
    figure(93.65),
    figure(-0.59375, Kind.CHANGE),
    figure(-1.0, Kind.CONTRIBUTION, node="water", within="quality"),
    figure(0.85625, Kind.CONTRIBUTION, node="river", within="quality"),
    figure(18, Kind.RAW, "微克/立方米", "pm"),
    figure(168.42, Kind.SHARE, "%", "water", "quality"),
    figure(6, Kind.RANK, "", "pm"),
]
EVIDENCE = Evidence(
    figures=FIGURES,
    citations=[
        Citation(1, "报告.txt", "三、趋势 > 2、质量水平", "2021年质量水平较2020年略有下降，巡查51802点次。", "p1")
    ],
    texts=["管网饮用水质量指标采用7项常规指标", "PM2.5降到15微克会怎样"],
    names=[
        ("质量水平", "quality"),
        ("饮用水", "water"),
        ("断面", "river"),
        ("PM2.5", "pm"),
        ("满意度提升指数", "gain"),
    ],
    units=[("分", "分"), ("points", "分"), ("%", "%"), ("个百分点", "%"), ("微克/立方米", "微克/立方米")],
)


@pytest.mark.parametrize(
    "text",
    [
        "2021年质量水平为93.65分，下降0.59分[1]。",
        "质量水平93.7分，约94分。",
        "质量水平由上年下降0.594分，变化-0.59分。",
        "饮用水拉低1.00分，断面拉高0.86分。",
        "饮用水（-1.00分）、断面（+0.86分）。",
        "饮用水的贡献率为168.4%。",
        "PM2.5年均浓度为18微克/立方米。",
        "PM2.5排第6。",
        "见第12条与第3页。",
        "报告说：2021年质量水平较2020年略有下降，巡查51802点次。[1]",
        "见“三、趋势 > 2、质量水平”与表2。",
        "1. 质量水平93.65分\n2. 饮用水-1.00分",
        "质量水平并没有上升，而是下降0.59分。",
        "满意度提升指数没有数据。",
        "| 指标 | 得分 |\n| --- | ---: |\n| 质量水平 | 93.65 |",
        "Quality 质量水平 fell by 0.59 points to 93.65 points in 2021.",
        "如果PM2.5降到15微克，需要另算。",
    ],
)
def test_what_follows_from_the_evidence_passes(text: str):
    assert check(text, EVIDENCE) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2021年质量水平为93.56分。", "数字没有依据"),
        ("质量水平93.65%。", "数字没有依据"),
        ("质量水平93.65微克/立方米。", "数字没有依据"),
        ("PM2.5为18分。", "数字没有依据"),
        ("PM2.5排第7。", "数字没有依据"),
        ("饮用水（+1.00分）。", "数字没有依据"),
        ("断面（-0.86分）。", "数字没有依据"),
        ("巡查51803点次。", "数字没有依据"),
        ("质量水平2021分。", "数字没有依据"),
        ("质量水平上升0.59分。", "升降方向与数字不符"),
        ("断面拉低0.86分。", "升降方向与数字不符"),
        ("2021年质量水平明显上升。", "升降方向与数字不符"),
        ("质量水平为93.65分，比上年有所提高。", "升降方向与数字不符"),
        ("质量水平 rose by 0.59 points.", "升降方向与数字不符"),
        ("满意度提升指数有所上升。", "升降方向与数字不符"),
        ("报告指出“质量水平稳步提高成效显著”。", "引文在证据中找不到"),
        ("报告指出『城市空气已彻底崩坏』。", "引文在证据中找不到"),
        ("> 城市的空气已经彻底崩坏不可收拾。[1]", "引文在证据中找不到"),
        ("质量水平下降0.59分[7]。", "没有这一条引文"),
        ("质量水平提升0.59分。", "升降方向与数字不符"),
        ("质量水平升至93.65分。", "升降方向与数字不符"),
        ("质量水平并未下降。", "升降方向与数字不符"),
        ("质量水平 has not fallen.", "升降方向与数字不符"),
        ("质量水平 climbed by 0.59 points.", "升降方向与数字不符"),
        ("质量水平 was higher than before.", "升降方向与数字不符"),
        ("断面得分为93.65分。", "数字没有依据"),
        ("1999年质量水平为93.65分。", "数字没有依据"),
        ("质量水平下降0.59万分。", "数字没有依据"),
        ("质量水平下降0.59 million points.", "数字没有依据"),
        ("质量水平得分九十九分。", "数字没有依据"),
        ("饮用水下降百分之五十。", "数字没有依据"),
    ],
)
def test_what_does_not_follow_is_found(text: str, reason: str):
    assert reason in {finding.reason for finding in check(text, EVIDENCE)}


SAMPLE = [
    "2021年质量水平为什么下降？",
    "质量安全水平的趋势",
    "2017年总指数是多少",
    "why did tap water fall in 2021?",
    "发展能力的权重",
]


def evidence_of(ask: Ask, answer: Answer) -> Evidence:
    """Collect what the assistant itself would hold an answer against."""
    return ask.assistant.evidence(answer)


@pytest.mark.parametrize("question", SAMPLE)
@given(data=st.data())
def test_any_digit_changed_in_an_answer_is_found(ask: Ask, question: str, data: st.DataObject):
    """Change one digit of a figure outside quotations, list numbers, markers and years: the guard must see it."""
    import re

    answer = ask(question)
    evidence = evidence_of(ask, answer)
    figures = list(re.finditer(r"(?<![\d.])\d+\.\d{2}(?=分| points)", answer.text))
    if not figures:
        return
    chosen = data.draw(st.sampled_from(figures))
    at = chosen.start() + data.draw(st.sampled_from([i for i, c in enumerate(chosen[0]) if c.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != answer.text[at]]))
    changed = answer.text[:at] + digit + answer.text[at + 1 :]
    number = re.search(r"\d+\.\d{2}", changed[chosen.start() :])
    assert number is not None
    true_values = {f.magnitude for f in answer.figures}
    if number[0] not in true_values and number[0] not in " ".join(c.quote for c in answer.citations):
        assert check(changed, evidence)


@pytest.mark.parametrize(
    "question", ["2021年质量水平为什么下降？", "2020年质量水平为什么上升？", "2021年质量安全水平变化了多少"]
)
def test_a_direction_turned_round_is_found(ask: Ask, question: str):
    answer = ask(question)
    evidence = evidence_of(ask, answer)
    first, rest = answer.text.split("。", 1)
    turned = first.translate(str.maketrans({"上": "下", "下": "上", "升": "降", "降": "升"}))
    assert turned != first
    assert check(f"{turned}。{rest}", evidence)
    assert not check(answer.text, evidence)


@pytest.mark.parametrize(
    ("question", "right", "wrong", "reason"),
    [
        ("2021年质量水平为什么下降？", "2021年质量水平得分为", "2016年质量水平得分为", "数字没有依据"),
        ("2021年质量水平为什么下降？", "| 2020年 | 2021年 |", "| 2016年 | 2021年 |", "数字没有依据"),
        (
            "2018年质量水平为何下降",
            "2018年质量水平得分并没有下降",
            "2021年质量水平得分并没有下降",
            "升降方向与数字不符",
        ),
        ("声环境这几年的趋势", "2018年没有变化", "2019年没有变化", "升降方向与数字不符"),
        ("总指数这几年的趋势", "每年都在上升", "每年都在下降", "升降方向与数字不符"),
        ("2020年与2019年相比哪些观测变量下降了", "1个下降", "1个上升", "升降方向与数字不符"),
        ("二级指标有哪些", "质量水平、发展能力", "质量水平、公众满意度", "列出的与统计的不符"),
        ("二级指标有哪些", "质量水平、发展能力", "质量水平、质量水平", "列出的与统计的不符"),
        ("PM2.5属于哪个维度", "属于**环境质量水平**", "属于**质量安全水平**", "证据中没有这个指标"),
        ("PM2.5的权重", "PM2.5年均浓度占环境质量水平", "声环境功能区夜间达标率占环境质量水平", "证据中没有这个指标"),
    ],
)
def test_what_an_answer_says_of_another_year_or_node_is_found(
    ask: Ask, question: str, right: str, wrong: str, reason: str
):
    answer = ask(question)
    evidence = ask.assistant.evidence(answer)
    plain = answer.text.replace("**3个**", "3个").replace("**1个", "1个")
    assert check(plain, evidence) == []
    assert right in plain
    assert reason in {finding.reason for finding in check(plain.replace(right, wrong), evidence)}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2021年总指数是99分", "数字没有依据"),
        ("2021年质量水平得分上升了", "升降方向与数字不符"),
        ("the overall index was 99 points in 2021", "数字没有依据"),
    ],
)
def test_what_was_asked_proves_nothing(ask: Ask, question: str, reason: str):
    evidence = ask.assistant.evidence(ask(question))
    assert reason in {finding.reason for finding in check(f"{question}。", evidence)}


def test_a_text_that_is_proven_word_for_word_does_not_split_a_number(ask: Ask):
    answer = ask("19年质量水平得分")
    assert "2019年质量水平得分为**89.92分**" in answer.text


def test_that_none_fell_is_held_against_the_parts_alone(ask: Ask):
    answer = ask("质量水平的哪些观测变量2021年下降了？")
    evidence = ask.assistant.evidence(answer)
    assert check(answer.text, evidence) == []
    told = "2021年与2020年相比，质量水平的6个观测变量中，没有下降的。"
    assert {finding.reason for finding in check(told, evidence)} == {"升降方向与数字不符"}


def test_a_unit_is_a_whole_word():
    with_tons = replace(EVIDENCE, units=[*EVIDENCE.units, ("t", "吨")])
    assert check("饮用水 adds -1.00 to 质量水平.", with_tons) == []
    assert check("饮用水 adds -1.00 t to 质量水平.", with_tons) != []
