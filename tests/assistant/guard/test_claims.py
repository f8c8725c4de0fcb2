"""Sentences such as a language model writes, true and false, held against the evidence of an answer."""

import pytest

from assistant.guard.check import check

from ...conftest import Ask

FALL = "2021年质量水平为什么下降？"
TREND = "总指数这几年的趋势"
RANKING = "2021年三级指标得分排名"
WEIGHT = "质量水平的权重"
SCENARIO = "如果PM2.5降到15微克，总指数是多少"
COMPARISON = "2021年质量水平和发展能力哪个高"
ENGLISH = "Why did Quality level fall in 2021?"
ENGLISH_TREND = "How has the overall index developed over the years?"
CITIES = "三个城市2023年怎么排名？"

TRUE = {
    FALL: [
        "质量水平在2021年小幅回落0.59分。",
        "2021年质量水平由94.24分降至93.65分。",
        "质量水平2021年得分93.65分，较上年下降0.59分，主要受管网饮用水质量拖累。",
        "管网饮用水质量拉低质量水平1.00分。",
        "管网饮用水质量由100.00分降到96.00分，降了4.00分。",
        "2021年质量水平约为93.7分，比2020年低约0.6分。",
        "2021年质量水平为九十三点六五分。",
        "２０２１年质量水平为９３．６５分。",
        "国考省考断面水质优良率由93.15分上升到100.00分，为质量水平贡献了0.86分。",
        "近岸海域水质优良面积比例没有变化，仍为100.00分。",
        "尽管PM2.5年均浓度得分上升了2.00分，质量水平仍下降0.59分。",
        "三项下降指标中，管网饮用水质量影响最大（-1.00分）。",
        "报告指出，“2021年质量水平较2020年略有下降”。[1]",
    ],
    TREND: [
        "总指数连续五年上升。",
        "2016—2021年总指数累计上升10.35分，由82.88分升至93.23分。",
        "总指数在2017年升幅最大，为3.83分。",
        "2021年总指数仅上升0.25分，升幅最小。",
        "总指数逐年上升，2021年达到93.23分，为历年最高。",
        "2020年总指数为92.97分，比2019年提高2.31分。",
        "2016年至2021年，总指数提高了约10.3分。",
        "2018年（88.37分）高于2017年（86.71分）。",
    ],
    RANKING: [
        "2021年4个三级指标中，质量安全水平得分最低，为89.60分。",
        "2021年质量安全水平得分为89.60分，低于90分。",
        "环境质量水平以97.70分居首。",
        "2021年公众满意度91.32分，排第3。",
        "2021年四个三级指标里，环境质量水平得分最高，为97.70分。",
    ],
    WEIGHT: [
        "质量水平占总指数的40%。",
        "质量水平的权重为百分之四十。",
        "质量水平占总指数的四成。",
        "环境质量水平和质量安全水平各占质量水平的50%。",
    ],
    SCENARIO: [
        "若PM2.5年均浓度由18微克/立方米降到15微克/立方米，总指数将达到93.53分，提高0.30分。",
        "假设PM2.5降到15微克/立方米，总指数得分为93.53分，比实际的93.23分上升0.30分。",
        "PM2.5年均浓度目前是18微克/立方米。",
    ],
    COMPARISON: [
        "2021年发展能力（93.76分）略高于质量水平（93.65分）。",
        "2021年质量水平比发展能力低0.11分。",
        "发展能力高出质量水平0.11分。",
    ],
    ENGLISH: [
        "Quality level slipped by 0.59 points in 2021, to 93.65 points.",
        "In 2021 Quality level scored 93.65 points, compared with 94.24 points in 2020.",
        "Tap water quality dragged Quality level down by 1.00 points.",
        "Tap water quality fell four points, from 100.00 points to 96.00 points.",
        "Quality level was roughly 93.7 points in 2021.",
        "Share of coastal waters with good water quality did not change in 2021.",
        "The weight of Tap water quality in Quality level is 0.25.",
        "PM2.5 annual mean concentration improved by 2.00 points, yet Quality level fell.",
    ],
    ENGLISH_TREND: [
        "The overall index rose every year from 2016 to 2021.",
        "The overall index gained 10.35 points between 2016 and 2021.",
        "The overall index rose most in 2017, by 3.83 points.",
        "The overall index rose for five consecutive years.",
    ],
    CITIES: [
        "2023年沅水市得分最高，为84.50分。",
        "2023年青岭市养老服务指数为78.80分，低于沅水市的84.50分。",
        "沅水市高于青岭市。",
        "2023年青岭南市以67.45分垫底。",
    ],
}

FALSE = {
    FALL: [
        "质量水平在2021年小幅回升0.59分。",
        "质量水平2021年得分93.65分，较上年提高0.59分。",
        "2021年质量水平由93.65分降至94.24分。",
        "2021年质量水平下降0.59%。",
        "2021年质量水平下降0.59个百分点。",
        "2021年质量水平为九十三点五六分。",
        "２０２１年质量水平为９３．５６分。",
        "2020年质量水平为93.65分。",
        "2021年质量水平首次跌破94分。",
        "质量水平已连续三年下降。",
        "质量水平得分近九成五。",
        "断面水质翻了一番。",
        "管网饮用水质量拉高质量水平1.00分。",
        "管网饮用水质量由100.00分降到96.80分。",
        "声环境功能区夜间达标率下降了4.00分。",
        "近岸海域水质优良面积比例略有下降。",
        "影响最大的是声环境功能区夜间达标率（-0.40分）。",
        "2021年质量水平下降了五分之一。",
        "2021年质量水平在93.1—93.5分之间。",
        "报告指出，“质量水平大幅下降，形势极为严峻”。[1]",
        "管网饮用水质量为96.00微克/立方米。",
        "质量水平的全部指标都下降了。",
        "管网饮用水质量的贡献率为186.4%。",
        "2021年质量水平高于2020年。",
    ],
    TREND: [
        "总指数连续六年上升。",
        "2016—2021年总指数累计下降10.35分。",
        "总指数在2018年升幅最大，为1.66分。",
        "2021年总指数提高了约3个百分点。",
        "总指数逐年下降。",
        "2021年总指数首次突破93分。",
        "2020年总指数为92.97分，比2018年提高2.31分。",
        "总指数在2019年有所下降。",
        "2021年的总指数为历年最低，93.23分。",
        "2016—2021年总指数翻了一番。",
        "2018年（88.37分）低于2017年（86.71分）。",
        "2015年总指数为82.88分。",
        "总指数累计提高了十二点五分。",
        "近九成的年份里总指数超过90分。",
    ],
    RANKING: [
        "2021年4个三级指标中，公众满意度得分最低，为91.32分。",
        "2021年质量安全水平得分为89.60分，高于90分。",
        "2021年公众满意度91.32分，排第2。",
        "2021年五个三级指标里，环境质量水平得分最高，为97.70分。",
        "质量安全水平以97.70分居首。",
    ],
    WEIGHT: [
        "质量水平占总指数的50%。",
        "质量水平的权重为百分之四。",
        "质量水平占总指数的六成。",
        "质量水平占总指数的一半。",
        "环境质量水平占总指数的50%。",
    ],
    SCENARIO: [
        "若PM2.5降到15微克/立方米，总指数将下降0.30分。",
        "若PM2.5降到10微克/立方米，总指数将达到93.53分。",
        "假设PM2.5降到15微克/立方米，总指数得分为93.23分。",
        "PM2.5年均浓度目前是15微克/立方米。",
        "PM2.5年均浓度目前是18毫克/立方米。",
    ],
    COMPARISON: [
        "2021年发展能力（93.76分）略低于质量水平（93.65分）。",
        "2021年质量水平比发展能力高0.11分。",
        "质量水平高出发展能力0.11分。",
        "发展能力和质量水平得分相同。",
    ],
    ENGLISH: [
        "Quality level edged up by 0.59 points in 2021.",
        "Quality level fell by 0.59 percent in 2021.",
        "Quality level scored 93.65 points in 2020.",
        "Tap water quality boosted Quality level by 1.00 points.",
        "Tap water quality fell five points.",
        "Quality level roughly doubled in 2021.",
        "Quality level fell for three consecutive years.",
        "Night-time noise compliance rate of acoustic zones fell from 100.00 points to 96.00 points.",
        "Share of coastal waters with good water quality declined in 2021.",
        "The weight of Tap water quality in Quality level is 0.52.",
        "Quality level was higher in 2021 than in 2020.",
        'The report says "quality collapsed across the whole city".',
    ],
    ENGLISH_TREND: [
        "The overall index fell every year from 2016 to 2021.",
        "The overall index gained 10.35 points between 2017 and 2021.",
        "The overall index rose most in 2018, by 1.66 points.",
        "The overall index rose for six consecutive years.",
        "The overall index surpassed 93 points for the first time.",
        "The overall index rose by about 12 percent.",
    ],
    CITIES: [
        "2023年青岭市得分最高，为78.80分。",
        "2023年青岭市养老服务指数为84.50分。",
        "2023年青岭市养老服务指数为78.80分，高于沅水市的84.50分。",
        "沅水市低于青岭市。",
        "2023年沅水市以67.45分垫底。",
        "青岭南市领先青岭市。",
    ],
}


def _found(ask: Ask, question: str, sentence: str) -> list[str]:
    evidence = ask.assistant.evidence(ask(question))
    return [finding.reason for finding in check(sentence, evidence)]


def _each(sentences: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(question, sentence) for question, listed in sentences.items() for sentence in listed]


@pytest.mark.parametrize(("question", "sentence"), _each(TRUE))
def test_a_true_sentence_passes(ask: Ask, ask_care: Ask, question: str, sentence: str):
    assert _found(ask_care if question is CITIES else ask, question, sentence) == []


@pytest.mark.parametrize(("question", "sentence"), _each(FALSE))
def test_a_false_sentence_is_found(ask: Ask, ask_care: Ask, question: str, sentence: str):
    assert _found(ask_care if question is CITIES else ask, question, sentence)
