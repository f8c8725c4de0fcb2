"""What is asked in the plainest words, of every node: no exemplar that is added may make it something else."""

import pytest

from assistant.language.phrasings import phrasings
from assistant.names.mentions import Names
from assistant.question import understand
from scoring import IndexDefinition, IndexResult

_PLAIN = {
    "value": [
        "{zh}多少", "{zh}多少？", "{zh}是多少", "{zh}几分", "{zh}多少分", "{zh}得分", "2020年{zh}多少",
        "{zh}2020年得分是多少", "请问{zh}2019年得了多少分", "{zh}去年多少分", "19年{zh}", "二〇一九年{zh}得分多少",
        "查一下2020年{zh}", "麻烦告诉我2021年{zh}的得分", "2021年{zh}数值", "what was {en} in 2020",
        "{en} score in 2019", "how much did {en} score in 2021", "give me {en} for 2020", "{en}, 2021, please",
        "where did {en} stand in 2020?", "what did {en} get in 2019", "can you look up {en} for 2018",
    ],
    "why": [
        "{zh}为什么下降", "2021年{zh}为什么下降", "{zh}2021年下降的原因", "{zh}为什么上升",
        "2020年{zh}上升的原因是什么", "2019年{zh}变化的原因", "2020年{zh}靠什么涨的", "2021年{zh}是被什么拉低的",
        "2021年{zh}下降的主要原因", "2020年{zh}几乎没动是为什么", "解释一下2021年{zh}的变化",
        "why did {en} fall in 2021", "why did {en} rise in 2020", "what explains the fall of {en} in 2021",
        "reasons for the change in {en} in 2020", "what pushed {en} up in 2020", "what caused the drop in {en} in 2021",
    ],
    "definition": [
        "{zh}是什么意思", "{zh}的定义是什么", "什么是{zh}", "{zh}怎么定义", "{zh}指什么", "{zh}的含义", "{zh}怎么理解",
        "介绍一下{zh}", "{zh}到底衡量什么", "{zh}的口径是什么", "what does {en} mean", "define {en}",
        "what is the definition of {en}", "explain {en} to me", "what does {en} measure", "describe {en}",
    ],
    "source": [
        "{zh}的数据来源", "{zh}数据从哪来", "{zh}的数据是哪个部门提供的", "谁负责{zh}的数据", "{zh}数据是谁报的",
        "where do the data on {en} come from", "who provides the data for {en}", "data source for {en}?",
    ],
    "weight": [
        "{zh}的权重", "{zh}权重多少", "{zh}占多大权重", "{zh}的比重", "{zh}权重系数", "what is the weight of {en}",
        "how much does {en} weigh", "what weight does {en} have",
    ],
    "trend": [
        "{zh}的趋势", "{zh}历年得分", "{zh}这几年走势怎么样", "{zh}2016到2021年的变化趋势", "最近三年{zh}怎么变",
        "{zh}近几年怎么变的", "这几年{zh}有什么变化", "近三年{zh}趋势怎样", "{en} over the years", "the trend of {en}",
        "how has {en} developed since 2016", "how has {en} changed over the years", "plot {en} over time",
    ],
    "change": [
        "{zh}2021年比2020年变化多少", "2021年{zh}比上年下降多少", "2021年{zh}是升是降", "2021年{zh}涨了还是跌了",
        "how much did {en} change between 2019 and 2021", "was {en} up or down in 2020",
        "by how much did {en} fall in 2021",
    ],
    "what_if": [
        "如果{zh}提高5分会怎样", "假如{zh}得分到100分", "what if {en} scored 5 points more",
        "suppose {en} scored 90 in 2021",
    ],
    "draft": [
        "起草一段{zh}问题分析", "写一段{zh}2021年的分析", "给{zh}写个小结", "写100字{zh}情况",
        "draft a paragraph on {en}", "write a short text about {en}",
    ],
    "target": ["怎样才能让{zh}到95分", "{zh}要达到95分还差多少", "how could {en} reach 95 points"],
    "computation": [
        "{zh}的得分怎么算的", "{zh}是怎么算出来的", "{zh}如何计算得来", "how is the score of {en} computed",
    ],
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


@pytest.mark.parametrize(
    "plain",
    [
        "2020年发展能力是多少分", "2021年质量水平为什么下降", "管网饮用水质量是什么意思", "噪声数据是哪个部门提供的",
        "质量获得感的权重是多少", "质量安全水平这几年走势怎么样", "2021年哪个观测变量得分最低", "PM2.5属于哪个维度",
        "如果2021年PM2.5得分提到100分，总指数是多少", "2018年和2017年比，哪些观测变量下降了",
        "what was the overall index in 2020?", "Why did Quality level fall in 2021",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "courtesy",
    [
        "请问{}", "您好，{}", "劳驾，{}", "帮忙查一下，{}", "我想了解一下{}", "麻烦问一下，{}", "能不能告诉我{}",
        "领导问，{}", "顺便问一句，{}", "跟您核对一下，{}", "烦请告知{}", "{}，谢谢", "{}，急", "{}，在线等",
        "{}来着", "{}，麻烦了", "您好，请问{}，谢谢！", "Hello, {}", "Hi there! {}", "Could you please tell me {}",
        "Quick question: {}", "{}, please", "{}, thanks", "{} Thank you.",
    ],
)  # fmt: skip
def test_courtesy_and_haste_change_nothing(names: Names, plain: str, courtesy: str):
    asked, alone = (understand(text, names, phrasings()) for text in (courtesy.format(plain), plain))
    read = [(query.kind, query.nodes, query.years, query.levels, query.extreme) for query in (asked, alone)]
    assert read[0] == read[1]
