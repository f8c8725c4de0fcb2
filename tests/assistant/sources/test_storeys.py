"""What the tables of the documents call the storeys of the index."""

from dataclasses import replace

from assistant.language.phrasings import phrasings
from assistant.sources.storeys import storeys_told
from knowledge import Passage
from scoring import load_definition

from ...conftest import DATA

TABLE = """表1 指标体系
| 一级指标 | 权重 | 二级指标 | 三级指标 | 来源 |
| --- | --- | --- | --- | --- |
| 质量水平 | 0.4 | 环境质量水平 | PM2.5年均浓度 | 市生态环境局 |
| 发展能力 | 0.4 | 质量提升能力 | 城市生活污水集中处理能力 | 市水务局 |"""


def passage(text: str, header: str = "") -> Passage:
    return Passage(
        id="p1",
        document="报告.md",
        section="一、指标体系",
        text=text,
        start=0,
        end=len(text),
        position=0,
        header=header,
    )


def test_a_storey_is_called_as_the_column_that_lists_its_nodes():
    unnamed = replace(load_definition(DATA / "index.yaml"), levels=())
    assert storeys_told([passage(TABLE)], unnamed, phrasings().storey_heading) == {
        "一级指标": 2,
        "二级指标": 3,
        "三级指标": 4,
    }


def test_a_heading_may_tell_what_its_column_lists_in_words():
    unnamed = replace(load_definition(DATA / "index.yaml"), levels=())
    table = TABLE.replace("一级指标", "维度").replace("三级指标", "观测指标").replace("来源", "指标")
    assert storeys_told([passage(table)], unnamed, phrasings().storey_heading) == {
        "维度": 2,
        "二级指标": 3,
        "观测指标": 4,
    }


def test_the_later_rows_of_a_long_table_stand_under_its_header():
    unnamed = replace(load_definition(DATA / "index.yaml"), levels=())
    _, header, *_, row = TABLE.split("\n")
    assert storeys_told([passage(row, header)], unnamed, phrasings().storey_heading)["三级指标"] == 4


def test_an_index_that_names_its_storeys_is_taken_at_its_word():
    definition = load_definition(DATA / "index.yaml")
    assert definition.levels
    assert not storeys_told([passage(TABLE)], definition, phrasings().storey_heading)


def test_running_text_and_other_headings_tell_nothing():
    unnamed = replace(load_definition(DATA / "index.yaml"), levels=())
    text = "质量水平是一级指标。\n| 名称 | 数值 |\n| 质量水平 | 93.65 |"
    assert not storeys_told([passage(text)], unnamed, phrasings().storey_heading)
