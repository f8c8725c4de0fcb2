"""Indices of other kinds: a mean that is not arithmetic, gaps that are allowed, several units."""

import shutil
from pathlib import Path

import pytest

from assistant.answer import Kind, Status
from assistant.ask import open_assistant
from assistant.evaluation.grading import Question, grade
from assistant.settings import Settings
from knowledge.progress import silent
from tests.scoring.test_every_option import INDEX

from ..conftest import Ask
from .golden import CARE, CARE_QUESTIONS, PROSPERITY, PROSPERITY_QUESTIONS
from .test_every_answer import assert_proven, questions, questions_on_pairs

LONG = """unit,year,indicator,raw,score
东,2020,eff,20,
东,2020,log,10,
东,2020,mm,5,
东,2020,rk,1,
东,2020,tg,25,
东,2020,zs,3,
东,2020,asis,80,
东,2021,eff,20,
东,2021,log,1000,
东,2021,mm,3,
东,2021,rk,2,
东,2021,tg,60,
东,2021,zs,4,
东,2021,asis,90,
西,2021,log,50,
西,2021,tg,10,
西,2021,zs,5,
西,2021,asis,60,
西,2021,mm,4,
"""


REPORT = """# Regional Prosperity Report

## 1. Explanation of the indicators

**Dust load** is the yearly mean of fine dust, weighed on filters. Source: *Weather Service*.

## 2. Trends

Household income in Northland fell in 2019 because the **Aldermoor** mine closed, and 412 miners lost their jobs. Work
on the ring road was delayed by 17 weeks in the same year, which kept lorries in the town and the air above it full of
dust for longer than anybody had planned, so that residents asked the council in two petitions for a diversion.

Employment rate in Northland has risen in every year.

## 3. Problems

### 3.1 Too few trained fitters

The Labour Board counts 64 fitters against 90 vacancies.

## 4. The way forward

### 4.1 Train and keep craftsmen

- Employers who train fitters will receive a rebate on business rates.
- A hostel for apprentices will open in Southland.
"""


@pytest.fixture(scope="module")
def ask_reported(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The index of the two regions with a report in English, in Markdown."""
    folder: Path = tmp_path_factory.mktemp("reported")
    shutil.copytree(PROSPERITY, folder, dirs_exist_ok=True)
    (folder / "documents").mkdir()
    (folder / "documents" / "report.md").write_text(REPORT, encoding="utf-8")
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Why did Household income fall in 2019?", "because the Aldermoor mine closed"),
        ("How many fitters does the Labour Board count?", "The Labour Board counts 64 fitters against 90 vacancies."),
        ("How many miners lost their jobs in 2019?", "and 412 miners lost their jobs."),
        ("How will fitters be trained?", "Employers who train fitters will receive a rebate on business rates."),
        ("What does the report intend to do for apprentices?", "A hostel for apprentices will open in Southland."),
        ("Where is the hostel for apprentices?", "A hostel for apprentices will open in Southland."),
    ],
)
def test_a_report_in_english_is_quoted_sentence_by_sentence(ask_reported: Ask, question: str, quote: str):
    answer = ask_reported(question)
    assert answer.status is Status.ANSWER, answer.text
    assert any(quote in citation.quote for citation in answer.citations), answer.text


def test_what_an_english_report_asserts_against_the_figures_is_told(ask_reported: Ask):
    [caution] = ask_reported("Does the text of the report contradict the figures anywhere?").warnings
    assert "“Employment rate in Northland has risen in every year”" in caution
    assert "fell in 2019 (-5.00 points)" in caution


@pytest.mark.parametrize("question", ["What is the salary of a fitter?", "How many hospitals are there in Northland?"])
def test_what_an_english_report_does_not_say_is_not_answered(ask_reported: Ask, question: str):
    assert ask_reported(question).status is Status.REFUSE


@pytest.fixture(scope="module")
def ask_every(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder: Path = tmp_path_factory.mktemp("every")
    (folder / "index.yaml").write_text(INDEX, encoding="utf-8")
    (folder / "observations.csv").write_text(LONG, encoding="utf-8")
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


def test_contributions_to_a_geometric_mean_add_up_and_compute(ask_every: Ask):
    answer = ask_every("东2021年全选项指数为什么上升？")
    parts = [figure for figure in answer.figures if figure.kind is Kind.CONTRIBUTION]
    change = next(figure for figure in answer.figures if figure.kind is Kind.CHANGE and figure.node_id == "every")
    assert answer.status is Status.ANSWER
    assert sum(part.value for part in parts if part.node_id != "every") == pytest.approx(change.value)
    assert "贡献（）" not in answer.text


def test_a_stricter_standard_shows_in_the_formula(ask_every: Ask):
    answer = ask_every("东2021年功效得分是多少？")
    [figure] = [figure for figure in answer.figures if figure.kind is Kind.SCORE and figure.node_id == "eff"]
    assert figure.formula == "min(60 + 40 × (20 - 25) ÷ (10 - 25), 100) = 73.333333"


def test_a_geometric_score_has_its_powers(ask_every: Ask):
    answer = ask_every("东2020年全选项指数是多少？")
    figure = next(figure for figure in answer.figures if figure.node_id == "every" and figure.year == 2020)
    assert all(part in figure.formula for part in ("^2 × ", "^(1 ÷ 4) = "))


def test_a_score_that_was_never_observed_is_said_to_be_missing(ask_every: Ask):
    answer = ask_every("西2021年功效得分是多少？")
    assert (answer.status, answer.text) == (
        Status.REFUSE,
        "西2021年“功效”缺少数据，没有得分，所以这个问题没有完整的答案。",
    )


def assert_answered(ask: Ask, question: Question) -> None:
    answer = ask(question.question, *question.history)
    graded = grade(ask.assistant, question, answer)
    assert (graded.missing, graded.unproven) == ((), 0), answer.text


@pytest.mark.parametrize("question", PROSPERITY_QUESTIONS, ids=[question.question for question in PROSPERITY_QUESTIONS])
def test_another_index_is_another_data_folder(ask_prosperity: Ask, question: Question):
    assert_answered(ask_prosperity, question)


@pytest.mark.parametrize("question", CARE_QUESTIONS, ids=[question.question for question in CARE_QUESTIONS])
def test_cities_are_told_apart_and_set_against_one_another(ask_care: Ask, question: Question):
    assert_answered(ask_care, question)


@pytest.mark.parametrize("folder", ["ask_prosperity", "ask_care"])
def test_every_node_and_year_of_another_index_is_proven(folder: str, request: pytest.FixtureRequest):
    ask: Ask = request.getfixturevalue(folder)
    for question in (*questions(ask), *questions_on_pairs(ask)):
        assert_proven(ask, ask(question))


ONE_YEAR = """id: school
name: 校园安全指数
score_unit: 分
score_range: [0, 100]
children:
  - {id: fire, name: 消防达标率, weight: 50, measure_unit: "%", normalise: {method: none}}
  - {id: gate, name: 门禁覆盖率, weight: 30, measure_unit: "%", normalise: {method: none}}
  - {id: harm, name: 事故起数, weight: 20, measure_unit: 起, direction: lower,
     normalise: {method: minmax, lower: 0, upper: 20}}
"""


RESCUE = """id: rescue
name: 消防安全指数
language: zh
score_unit: 分
score_range: [0, 100]
levels: [{name: 总指数}, {name: 领域}, {name: 指标}]
children:
  - id: help
    name: 消防救援
    aliases: [消防]
    weight: 0.6
    children:
      - {id: arrival, name: 消防五分钟到场率, weight: 0.4, normalise: {method: none}}
      - {id: crew, name: 一百人以上站点占比, weight: 0.2, normalise: {method: none}}
  - {id: trust, name: 公众信任, weight: 0.4, normalise: {method: none}}
"""


def test_numbers_in_names_are_no_figures(tmp_path: Path):
    (tmp_path / "index.yaml").write_text(RESCUE, "utf-8")
    rows = "unit,year,indicator,raw,score\n" + "".join(
        f",{year},{name},,{score}\n"
        for year in (2020, 2021)
        for name, score in (("arrival", 70), ("crew", 80), ("trust", 90))
    )
    (tmp_path / "observations.csv").write_text(rows, "utf-8")
    ask = Ask(open_assistant(Settings(data_dir=tmp_path, eqi_home=tmp_path / "state"), silent))
    for question in (
        "2021年各指标得分从高到低",
        "各指标的权重分别是多少",
        "2021年消防五分钟到场率得分是多少",
        "消防救援由哪些指标组成",
    ):
        answer = ask(question)
        assert answer.status is Status.ANSWER, answer.warnings
        assert "消防五分钟到场率" in answer.text


@pytest.fixture(scope="module")
def ask_one_year(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A single year of an index whose levels have no names, and no documents."""
    folder = tmp_path_factory.mktemp("school")
    (folder / "index.yaml").write_text(ONE_YEAR, encoding="utf-8")
    rows = "year,indicator,raw,score\n2024,fire,90,\n2024,gate,80,\n2024,harm,4,\n"
    (folder / "observations.csv").write_text(rows, encoding="utf-8")
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2024年指数是多少", "**85.00分**"),
        ("为什么下降", "没有更早的年份可以比较"),
        ("近几年趋势如何", "只有2024年一年"),
        ("哪个指标最低", "3个指标中，得分最低的是**门禁覆盖率和事故起数**"),
        ("如果事故起数降到0起会怎样", "**89.00分**"),
        ("怎样才能到95分", "还差**10.00分**"),
        ("起草一段问题分析，150字", "得分低于校园安全指数的指标主要有门禁覆盖率（80.00分）和事故起数（80.00分）"),
        ("2023年是多少", "只有2024年一年"),
        ("报告提了哪些措施", "只有2024年一年"),
        ("哪些指标下降了", "没有更早的年份可以比较"),
        ("你能做什么", "校园安全指数还有多少余地"),
        ("哪个三级指标最低", "没有这一级"),
        ("数据来源是什么", "没有给出消防达标率、门禁覆盖率和事故起数的数据来源"),
        ("draft a paragraph about 2024", "**85.00 points**"),
    ],
)
def test_a_single_year_is_compared_with_nothing(ask_one_year: Ask, question: str, words: str):
    answer = ask_one_year(question)
    assert words in answer.text
    assert_proven(ask_one_year, answer)


def test_a_bar_in_a_name_ends_no_cell(tmp_path: Path):
    (tmp_path / "index.yaml").write_text(ONE_YEAR.replace("消防达标率", "消防|应急达标率"), encoding="utf-8")
    (tmp_path / "observations.csv").write_text("year,indicator,raw\n2024,fire,90\n2024,gate,80\n2024,harm,4\n", "utf-8")
    ask = Ask(open_assistant(Settings(data_dir=tmp_path, eqi_home=tmp_path / "state"), silent))
    answer = ask("哪个指标最高")
    assert "| 1 | 消防\\|应急达标率 | 90.00 |" in answer.text
    assert_proven(ask, answer)


@pytest.fixture(scope="module")
def ask_with_gaps(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The three cities without a default and without a score here and there, whose weight the others bear."""
    folder = tmp_path_factory.mktemp("gaps")
    definition = (CARE / "index.yaml").read_text("utf-8")
    (folder / "index.yaml").write_text(definition.replace("default_unit: 青岭市", "missing: reweight"), "utf-8")
    missing = ("沅水市,2022,certified", "青岭南市,2023,waiting")
    rows = (CARE / "observations.csv").read_text("utf-8").splitlines(keepends=True)
    kept = "".join(row for row in rows if not row.startswith(missing))
    (folder / "observations.csv").write_text(kept, "utf-8")
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("沅水市2022年得分多少", "沅水市2022年没有护理员持证率的数据"),
        ("沅水市2023年为什么上升", "| 护理员持证率 | — | 78.00 | — | 0.20 | -0.10 |"),
        ("2023年青岭南市比沅水市低在哪里", "| 入住轮候时间 | — | 90.00 | — | 0.15 | -1.35 |"),
        ("哪个市2023年轮候时间最短", "青岭南市没有入住轮候时间的数据，不参加排序"),
        ("沅水市2022年哪个指标最低", "2022年没有护理员持证率的数据，没有计入"),
        ("护理员持证率在沅水市的走势", "2022年没有护理员持证率的数据，没有计入"),
        ("which city scored highest in 2022?", "for 2022, 沅水市 has no data on 护理员持证率"),
        ("三个城市2023年怎么排名", "青岭南市2023年没有入住轮候时间的数据"),
    ],
)
def test_what_a_score_had_to_do_without_is_said(ask_with_gaps: Ask, question: str, words: str):
    answer = ask_with_gaps(question)
    assert answer.status is Status.ANSWER
    assert words in answer.text
    assert_proven(ask_with_gaps, answer)


@pytest.mark.parametrize("question", ["2022年得分多少", "养老服务指数2022年为什么上升", "怎样才能到90分"])
def test_without_a_unit_named_or_a_default_the_question_is_given_back(ask_with_gaps: Ask, question: str):
    answer = ask_with_gaps(question)
    assert (answer.status, answer.choices) == (Status.CLARIFY, ("青岭市", "青岭南市", "沅水市"))
