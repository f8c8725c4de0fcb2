from shutil import copytree

import pytest

from assistant.ask import Assistant, open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.settings import Settings
from knowledge.progress import silent

from ...conftest import DATA, Ask

REPORT = """# 通报

## 走势

质量获得感得分逐年提升，没有回落。总指数由2019年的90.66分提高到2020年的94.24分。
管网饮用水质量2021年再创新高。PM2.5年均浓度逐年下降。发展能力得分逐年提高。2018年PM2.5年均浓度为26.0微克/立方米，质量水平2020年的94.24分是历年最高。
2021年质量安全水平得分89.60分，较上年继续提高。2020年发展能力得分比上年提高。公众满意度2019年较上年有所提升。噪声投诉较上年下降。
2021年公众满意度下降0.53分，是几年来最小的变化。2021年一般工业固体废物资源利用率为93.33%，2016年一般工业固体废物资源利用率为39.7%。
声环境功能区夜间达标率稳步回升，2020年为70.0%，2021年进一步提高到75.0%。平均响应时间由2015年的11.2分钟缩短到8.2分钟。质量水平与去年相比逐年提升的说法并不准确。
"""


@pytest.fixture(scope="module")
def contradicted(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("asserted")
    copytree(DATA, folder / "data")
    (folder / "data" / "documents" / "通报.md").write_text(REPORT, "utf-8")
    return open_assistant(Settings(data_dir=folder / "data", eqi_home=folder / "state"), silent)


def told(assistant: Assistant, question: str) -> list[str]:
    return [warning for warning in assistant.ask(question, Conversation()).warnings if "报告写道" in warning]


def test_what_the_running_text_asserts_against_the_table_is_told_with_the_figures(contradicted: Assistant):
    cautions = told(contradicted, "报告里有哪些自相矛盾的地方？")
    assert [caution.partition("[")[0] for caution in cautions] == [
        "注意：报告写道“质量获得感得分逐年提升”",
        "注意：报告写道“总指数由2019年的90.66分提高到2020年的94.24分”",
        "注意：报告写道“管网饮用水质量2021年再创新高”",
        "注意：报告写道“PM2.5年均浓度逐年下降”",
        "注意：报告写道“2021年质量安全水平得分89.60分，较上年继续提高”",
        "注意：报告写道“公众满意度2019年较上年有所提升”",
        "注意：报告写道“2021年一般工业固体废物资源利用率为93.33%”",
        "注意：报告写道“2021年进一步提高到75.0%”",
    ]
    assert "质量获得感得分在2019年（-0.30分）下降" in cautions[0]
    assert "2020年生态环境质量指数得分为92.97分；94.24分是质量水平的得分" in cautions[1]
    assert "管网饮用水质量得分2021年为96.00分，2019年已是100.00分" in cautions[2]
    assert "PM2.5年均浓度得分在2017年（-2.00分）下降" in cautions[3]
    assert "2021年质量安全水平得分比2020年下降2.60分" in cautions[4]
    assert "2019年公众满意度得分比2018年下降0.30分" in cautions[5]
    assert "2021年一般工业固体废物资源利用率的观测值为91.33%" in cautions[6]
    assert "2021年声环境功能区夜间达标率的观测值为69.0%" in cautions[7]


def test_an_answer_that_quotes_such_a_sentence_says_so(contradicted: Assistant):
    assert told(contradicted, "质量获得感得分逐年提升，对吗？")
    assert told(contradicted, "2021年一般工业固体废物资源利用率是多少？")
    assert not told(contradicted, "2021年固废得分是多少？")


def test_a_question_that_repeats_such_a_figure_is_told_where_it_stands(contradicted: Assistant):
    [caution] = told(contradicted, "总指数2020年是94.24分，对吗？")
    assert "92.97分" in caution


def test_a_question_that_repeats_a_record_is_told_that_it_was_none(contradicted: Assistant):
    [caution] = told(contradicted, "报告说管网饮用水质量2021年再创新高，数据支持吗？")
    assert "100.00分" in caution


def test_a_question_on_one_node_is_told_of_that_alone(contradicted: Assistant):
    cautions = told(contradicted, "报告关于质量获得感的说法和表内数据有矛盾吗")
    assert all("质量获得感" in caution for caution in cautions)


def test_the_shipped_report_asserts_nothing_that_is_not_told_already(ask: Ask):
    assert told(ask.assistant, "报告里有哪些自相矛盾的地方？") == []
