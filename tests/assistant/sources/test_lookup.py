from pathlib import Path

import pytest
from pydantic import HttpUrl

from assistant.answer import Status
from assistant.ask import open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.settings import Settings
from knowledge.progress import silent

from ...chat_script import ChatScript, Turn
from ...conftest import DATA, Ask
from ...embedding_script import EmbeddingScript

COLUMNS = "unit,year,indicator,raw,score,raw_section,score_section"
INDEX = """
id: small
name: 出勤指数
language: zh
aggregation: arithmetic
children:
  - {id: first, name: 出勤率, weight: 1, measure_unit: "%"}
"""
REPORT = """
## 二、结果

2021年出勤率为12.5%。

| 指标 | 得分 |
|---|---|
| 出勤率 | 81.00 |
"""


def settings_of(script: EmbeddingScript, state: Path) -> Settings:
    return Settings(
        data_dir=DATA,
        eqi_home=state,
        embedding_provider="openai",
        embedding_model="m",
        embedding_base_url=HttpUrl(script.url),
    )


def test_without_vectors_an_answer_quotes_what_keywords_find_and_says_so(script: EmbeddingScript, tmp_path: Path):
    assistant = open_assistant(settings_of(script, tmp_path), silent)
    question = "噪声方面有哪些对策？"
    whole = assistant.ask(question, Conversation())
    assert whole.citations
    assert not whole.warnings
    script.steps = [500] * 2
    asked = len(script.asked)
    cut = assistant.ask("施工噪声有哪些对策？", Conversation())
    assert cut.citations
    assert [warning for warning in cut.warnings if "只按关键词检索" in warning] == list(cut.warnings)
    assert cut.warnings[0] in cut.text
    assert len(script.asked) == asked + 2
    assert not assistant.ask("施工噪声有哪些对策？", Conversation()).warnings


def test_a_model_that_searched_without_vectors_has_it_said(script: EmbeddingScript, chat: ChatScript, tmp_path: Path):
    model = {"llm_model": "m", "openai_base_url": HttpUrl(chat.url)}
    assistant = open_assistant(settings_of(script, tmp_path).model_copy(update=model), silent)
    searches = Turn(calls=(("passages", '{"query": "施工噪声"}'),))
    chat.turns = [searches, Turn("报告提出强化施工噪声监管[2]。")]
    script.steps = [401] * 2
    answer = assistant.ask("施工噪声有哪些对策？", Conversation())
    assert answer.engine == "llm"
    assert "只按关键词检索" in answer.warnings[-1]
    assert answer.text.endswith(answer.warnings[-1])


def test_what_a_caption_says_is_found_by_its_number(ask: Ask):
    answer = ask("图4的标题写增长趋势，对吗？")
    assert answer.text.startswith("不准确：质量安全水平得分并非逐年上升")


def test_a_number_is_not_answered_by_a_passage_without_one(ask: Ask):
    assert ask("全市有多少个空气监测站点？").status is Status.REFUSE


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("后续准备怎么应对噪声投诉", "4、完善宁静城市建设"),
        ("自来水不能直接喝的问题怎么解决", "5、加强饮用水源质量保障"),
        ("污水处理能力不足怎么破解", "7、提升污水收集处理系统效能。"),
    ],
)
def test_measures_are_quoted_from_the_part_on_measures_though_a_problem_is_named(ask: Ask, question: str, section: str):
    sections = [citation.section for citation in ask(question).citations]
    assert section in [heading.split(" > ")[-1] for heading in sections]
    assert not [heading for heading in sections if heading.startswith("四、")]


@pytest.mark.parametrize("place", ["London", "New York", "Tokyo"])
def test_a_place_is_found_by_its_name_in_another_language(ask: Ask, place: str):
    assert ask(f"What was PM2.5 compared with {place}?").status is Status.ANSWER


def test_the_nearest_passage_is_the_answer_where_it_holds_what_is_asked_and_not_otherwise(ask: Ask):
    assert "笋岗" in ask("报告里重点建设哪些地方的污水管网").text
    assert ask("碳达峰有什么问题").status is Status.REFUSE


@pytest.mark.parametrize("heading", ["# 报告\n\n", ""])
@pytest.mark.parametrize("section", ["二、结果", "第九章 没有的一节"])
def test_a_figure_is_cited_under_a_title_and_where_its_section_is_unknown(heading: str, section: str, tmp_path: Path):
    folder = tmp_path / "data"
    (folder / "documents").mkdir(parents=True)
    (folder / "index.yaml").write_text(INDEX, "utf-8")
    row = f"甲,2021,first,12.5,81.00,{section},{section}"
    (folder / "observations.csv").write_text(f"{COLUMNS}\n{row}\n", "utf-8")
    (folder / "documents" / "a.md").write_text(f"{heading}{REPORT}", "utf-8")
    assistant = open_assistant(Settings(data_dir=folder, eqi_home=tmp_path / "state"), silent)
    answer = assistant.ask("2021年出勤率是多少？", Conversation())
    assert any("| 出勤率 | 81.00 |" in citation.quote for citation in answer.citations)
    assert any("2021年出勤率为12.5%" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("node", "year"), [("管网饮用水质量", 2019), ("近岸海域水质优良面积比例", 2021), ("国考省考断面水质优良率", 2021)]
)
def test_a_score_is_proven_by_the_row_of_its_own_indicator(ask: Ask, node: str, year: int):
    answer = ask(f"{year}年{node}得分是多少？")
    assert "100.00分" in answer.text
    assert f"| {node} |" in answer.citations[0].quote
