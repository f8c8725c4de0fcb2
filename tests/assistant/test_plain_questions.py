"""What is asked in the plainest words, of every node: no exemplar that is added may make it something else."""

import pytest

from assistant.language.phrasings import phrasings
from assistant.names.mentions import Names
from assistant.question import understand
from scoring import IndexDefinition, IndexResult

_PLAIN = {
    "value": [
        "{zh}多少", "{zh}多少？", "{zh}是多少", "{zh}几分", "{zh}多少分", "{zh}得分", "2020年{zh}多少",
        "{zh}2020年得分是多少", "请问{zh}2019年得了多少分", "{zh}去年多少分", "what was {en} in 2020",
        "{en} score in 2019", "how much did {en} score in 2021",
    ],
    "why": [
        "{zh}为什么下降", "2021年{zh}为什么下降", "{zh}2021年下降的原因", "{zh}为什么上升",
        "2020年{zh}上升的原因是什么",
        "why did {en} fall in 2021", "why did {en} rise in 2020", "what explains the fall of {en} in 2021",
    ],
    "definition": [
        "{zh}是什么意思", "{zh}的定义是什么", "什么是{zh}", "{zh}怎么定义", "what does {en} mean", "define {en}",
        "what is the definition of {en}",
    ],
    "source": [
        "{zh}的数据来源", "{zh}数据从哪来", "{zh}的数据是哪个部门提供的", "where do the data on {en} come from",
        "who provides the data for {en}",
    ],
    "weight": [
        "{zh}的权重", "{zh}权重多少", "{zh}占多大权重", "what is the weight of {en}", "how much does {en} weigh",
    ],
    "trend": [
        "{zh}的趋势", "{zh}历年得分", "{zh}这几年走势怎么样", "{zh}2016到2021年的变化趋势", "{en} over the years",
        "the trend of {en}", "how has {en} developed since 2016",
    ],
    "change": [
        "{zh}2021年比2020年变化多少", "2021年{zh}比上年下降多少", "how much did {en} change between 2019 and 2021",
    ],
    "what_if": ["如果{zh}提高5分会怎样", "假如{zh}得分到100分", "what if {en} scored 5 points more"],
    "draft": ["起草一段{zh}问题分析", "写一段{zh}2021年的分析", "draft a paragraph on {en}"],
    "target": ["怎样才能让{zh}到95分", "{zh}要达到95分还差多少", "how could {en} reach 95 points"],
    "computation": ["{zh}的得分怎么算的", "{zh}是怎么算出来的", "how is the score of {en} computed"],
}  # fmt: skip


@pytest.fixture(scope="module")
def names(definition: IndexDefinition, result: IndexResult) -> Names:
    return Names(definition, result.span, result.units, phrasings())


@pytest.mark.parametrize(("kind", "plain"), [(kind, plain) for kind, forms in _PLAIN.items() for plain in forms])
def test_a_plain_question_is_of_its_kind_whatever_it_names(
    names: Names, definition: IndexDefinition, kind: str, plain: str
):
    for node in definition.nodes.values():
        query = understand(plain.format(zh=node.name, en=node.called("en")), names, phrasings())
        assert (query.kind, node in query.nodes) == (kind, True), query.text
