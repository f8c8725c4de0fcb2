"""Whatever is asked of whatever node and year: nothing unproven leaves, and every proof holds."""

import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.ask import open_assistant
from assistant.desk import Desk
from assistant.settings import Settings
from knowledge.progress import silent
from scoring import round_half_up

from ..conftest import Ask

TEMPLATES = {
    "zh": [
        "{y}年{n}是多少分",
        "{y}年{n}为什么下降",
        "{y}年{n}为什么上升",
        "{y}年{n}比上年变化了多少",
        "{y}年{n}里哪个指标得分最低",
        "{y}年{n}里哪个指标下降最多",
        "{y}年{n}排第几",
        "{y}年{n}贡献了多少分",
        "{y}年{n}对总体变化的贡献率",
        "{y}年{n}是怎么算出来的",
        "{y}年{n}比上年高的结论稳健吗",
        "{y}年{n}报告印的数和复算的一致吗",
    ],
    "en": [
        "what was {n} in {y}",
        "why did {n} fall in {y}",
        "why did {n} rise in {y}",
        "which indicator of {n} fell most in {y}",
        "how many points did {n} contribute in {y}",
        "how is {n} calculated in {y}",
        "is it robust that {n} rose in {y}",
    ],
}
TIMELESS = {
    "zh": [
        "{n}的趋势",
        "{n}是什么意思",
        "{n}的数据来源",
        "{n}的权重",
        "{n}由哪些指标构成",
        "{n}属于哪个维度",
        "{n}有哪些措施",
        "{n}存在哪些问题",
        "如果{n}提高2分，结果会是多少",
        "{n}要达到99分需要什么",
        "{n}里哪个指标提升空间最大",
        "起草一段{n}的问题分析，200字左右",
        "给{n}写一份工作建议",
    ],
    "en": [
        "trend of {n}",
        "what does {n} mean",
        "who provides the {n} data",
        "what is the weight of {n}",
        "what if {n} rose by 2 points",
        "what would it take for {n} to reach 99 points",
        "draft a paragraph about {n}",
    ],
}
PAIRED = {
    "zh": [
        "{y}年{a}和{b}哪个高，差多少",
        "{y}年{a}和{b}为什么变化",
        "{y}年{a}和{b}哪个涨得多",
        "{y}年{a}和{b}各贡献了多少分",
        "{y}年{a}和{b}得分各是多少、怎么算的",
        "{a}和{b}的趋势",
        "{a}和{b}的权重分别是多少",
        "{a}和{b}还有多少提升空间",
        "如果{a}提高2分、{b}降低1分，结果会怎样",
        "起草一段{a}和{b}的问题分析",
        "起草一段{a}和{b}的成因分析，300字左右",
    ],
    "en": [
        "which was higher in {y}, {a} or {b}",
        "why did {a} and {b} change in {y}",
        "how much did {a} and {b} contribute in {y}",
        "compare {a} and {b} in {y}",
        "what if {a} rose by 2 points and {b} fell by 1 point",
        "draft a problem analysis for {a} and {b}",
    ],
}
# Of each pair a third of the templates is asked, of the next pair another third.
_EVERY = 3


def questions(ask: Ask) -> Iterator[str]:
    definition = ask.assistant.definition
    for node in definition.nodes.values():
        for language in ("zh", "en"):
            name = node.called(language)
            for template in TIMELESS[language]:
                yield template.format(n=name)
            for template in TEMPLATES[language]:
                for year in ask.assistant.result.years():
                    yield template.format(n=name, y=year)


def questions_on_pairs(ask: Ask) -> Iterator[str]:
    """Yield questions on each two nodes, of the first unit where there are several."""
    result = ask.assistant.result
    unit, years = result.units[0] if len(result.units) > 1 else "", result.years()[1:]
    for place, (first, second) in enumerate(combinations(ask.assistant.definition.nodes.values(), 2)):
        for language, templates in PAIRED.items():
            for template in templates[place % _EVERY :: _EVERY]:
                names = {"a": first.called(language), "b": second.called(language)}
                question = template.format(**names, y=years[place % len(years)])
                yield f"{unit}{question}" if language == "zh" or not unit else f"{question} in {unit}"


def assert_proven(ask: Ask, answer: Answer) -> None:
    assert ask.assistant.findings(answer) == [], (answer.question, answer.text)
    assert not any("核对" in warning or "checks" in warning for warning in answer.warnings), answer.warnings
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    for citation in answer.citations:
        passage = ask.assistant.passage(citation.passage_id)
        assert passage is not None
        assert citation.quote
        assert citation.quote in passage.text
        assert (citation.document, citation.section) == (passage.document, passage.section)
        assert f"[{citation.marker}]" in answer.text
    for figure in answer.figures:
        assert figure.formula
        assert figure.display.lstrip("+") == str(round_half_up(figure.value, figure.decimals))


def test_every_node_and_year_in_both_languages(ask: Ask):
    asked = 0
    for question in questions(ask):
        answer = ask(question)
        assert_proven(ask, answer)
        assert "{" not in answer.text
        asked += 1
    assert asked > 1_700


def test_every_pair_of_nodes(ask: Ask):
    for question in questions_on_pairs(ask):
        assert_proven(ask, ask(question))


def test_every_pair_of_years(ask: Ask):
    years = ask.assistant.result.years()
    for node in ask.assistant.definition.nodes.values():
        for start in years:
            for end in years:
                answer = ask(f"{start}年到{end}年{node.name}为什么变化")
                assert answer.status is Status.ANSWER
                assert_proven(ask, answer)


@pytest.mark.parametrize("question", ["2022年{n}多少", "{n}2015年为什么低", "广州{n}多少", "what was {n} in 2030"])
def test_outside_the_data_no_figure_of_that_year_is_given(ask: Ask, question: str):
    for node in ask.assistant.definition.nodes.values():
        answer = ask(question.format(n=node.name))
        assert answer.status is Status.REFUSE
        assert "2016" in answer.text
        assert "2021" in answer.text
        assert_proven(ask, answer)


def test_a_foreign_index_in_english_without_documents_works_the_same(ask_foreign: Ask):
    for question in questions(ask_foreign):
        answer = ask_foreign(question)
        assert_proven(ask_foreign, answer)
        assert not any(word in answer.text for word in ("深圳", "质量水平", "生态"))


def test_the_foreign_index_is_explained_exactly(ask_foreign: Ask):
    answer = ask_foreign("Why did durability fall in 2012?")
    # 2011: drop 88, wear 84; 2012: drop 84, wear 73.33; weights 1 to 3.
    assert "**76.00 points** in 2012, down **9.00 points** from 85.00 points in 2011" in answer.text
    assert "Wear (-8.00 points) and Drop test (-1.00 points)" in answer.text
    assert "120cm" in ask_foreign("what was the observed drops value in 2011?").text.replace(" ", "")


def test_an_answer_that_fails_its_check_is_withdrawn(ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Desk, "name", lambda self, node: "99.99分的指标")
    answer = ask("2021年质量水平是多少")
    assert answer.status is Status.REFUSE
    assert "99.99" not in answer.text
    assert answer.figures == ()
    assert any("99.99" in warning for warning in answer.warnings)


def test_with_several_units_the_answer_asks_which_and_says_whose_figure_it_is(foreign_folder: Path, tmp_path: Path):
    folder = tmp_path / "cities"
    shutil.copytree(foreign_folder, folder)
    rows = (folder / "observations.csv").read_text("utf-8").splitlines()
    table = [f"unit,{rows[0]}", *(f"Northtown,{row}" for row in rows[1:]), *(f"Southtown,{row}" for row in rows[1:4])]
    (folder / "observations.csv").write_text("\n".join(table), encoding="utf-8")
    ask = Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path / "state"), silent))
    unclear = ask("what was durability in 2010?")
    assert unclear.status is Status.CLARIFY
    assert unclear.choices == ("Northtown", "Southtown")
    named = ask("what was durability in 2010 in Southtown?")
    assert {figure.unit for figure in named.figures if figure.year} == {"Southtown"}
    assert (
        ask("Northtown", "what was durability in 2010?").text == ask("what was durability in 2010 in Northtown?").text
    )
    outside = ask("what was durability in 2012 in Southtown?")
    assert outside.status is Status.REFUSE


@pytest.mark.parametrize(
    "question",
    [
        "2021年SO2 Emission是多少",
        "2021年PM10 Annual Mean多少分",
        "２０２１年ＡＢＣＤＥＦＧＨ是多少",
        "2100年质量水平是多少",
        "99年质量水平多少",
    ],
)
def test_what_the_data_lack_is_refused_and_not_withdrawn(ask: Ask, question: str):
    answer = ask(question)
    assert answer.status is Status.REFUSE
    assert "收回" not in answer.text
    assert_proven(ask, answer)


def test_no_emphasis_is_left_as_stars(ask: Ask):
    """CommonMark leaves ** as it is where a sign stands behind it and a letter before it."""
    texts = [ask(question).text for question in questions(ask)]
    assert [text for text in texts if re.search(r"[\w\u3400-\u9fff]\*\*[+-]", text)] == []
