from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import language
from assistant.language.phrasings import phrasings
from assistant.names.mention import NODE, YEAR
from assistant.names.mentions import Names, name_pattern, normalise
from assistant.question import LONGEST_QUESTION, Query, QuestionError, clean, understand
from scoring import IndexDefinition


@pytest.fixture(scope="module")
def names(definition: IndexDefinition) -> Names:
    return Names(definition, range(2016, 2022), ["深圳市"], phrasings())


@pytest.fixture(scope="module")
def query(names: Names):
    def ask(text: str, previous: Query | None = None) -> Query:
        return understand(text, names, phrasings(), previous)

    return ask


@pytest.mark.parametrize(
    ("text", "years", "is_range"),
    [
        ("2021年", (2021,), False),
        ("２０２１年", (2021,), False),
        ("2O21", (2021,), False),
        ("20l9年", (2019,), False),
        ("二0二一年", (2021,), False),
        ("二〇二一年", (2021,), False),
        ("21年", (2021,), False),
        ("2016-2021年", (2016, 2021), True),
        ("2016年到2019年", (2016, 2019), True),
        ("2016至2019", (2016, 2019), True),
        ("2016年和2019年", (2016, 2019), False),
        ("from 2016 to 2019", (2016, 2019), True),
        ("近三年", (2019, 2021), True),
        ("最近2年", (2020, 2021), True),
        ("5年来", (2016, 2021), True),
        ("18-20这三年", (2018, 2020), True),
        ("18到20年", (2018, 2020), True),
        ("18、19、20这三年", (2018, 2019, 2020), False),
        ("二〇一六到二〇二一年", (2016, 2021), True),
        ("一六年", (2016,), False),
        ("首尾两年", (2016, 2021), False),
        ("前年与去年", (2020, 2021), False),
        ("去年和今年", (2020, 2021), False),
        ("五年间", (2016, 2021), True),
        ("2020年92.97分里", (2020,), False),
        ("2020年三年", (2020,), False),
        ("唯一一年", (), False),
        ("一两年", (), False),
        ("5年", (), False),
        ("20215", (), False),
    ],
)
def test_years_are_read_however_they_are_written(query, text: str, years: tuple[int, ...], is_range: bool):
    understood = query(f"{text}质量水平")
    assert (understood.years, understood.is_range) == (years, is_range)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("PM 2.5的得分", ["pm25"]),
        ("细颗粒物和饮用水", ["pm25", "tap_water"]),
        ("质量安全水平与质量水平", ["safety_level", "quality_level"]),
        ("生态环境质量指数", ["shenzhen-eco-quality"]),
        ("what is EI", ["eco_index"]),
        ("being there", []),
    ],
)
def test_the_longest_name_wins_and_latin_names_stand_alone(query, text: str, ids: list[str]):
    assert [node.id for node in query(text).nodes] == ids


def test_an_ambiguous_name_lists_its_readings_unless_the_context_decides(query):
    unclear = query("2021年水质多少分")
    assert (unclear.name, [node.id for node in unclear.readings]) == (
        "水质",
        ["surface_water", "coastal_water", "tap_water"],
    )
    settled = query("水质呢", query("2021年近岸海域水质得分"))
    assert [node.id for node in settled.nodes] == ["coastal_water"]


@pytest.mark.parametrize(
    ("text", "direction"), [("为什么下降", -1), ("为什么上升", 1), ("为什么变化", 0), ("质量提升能力为什么", 0)]
)
def test_a_direction_is_a_word_of_the_question_not_of_a_name(query, text: str, direction: int):
    assert query(f"2021年{text}").direction == direction


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("质量水平是多少", "zh"),
        ("what is 质量水平", "en"),
        ("质量水平 in 2021?", "zh"),
        ("EQI 2021", "zh"),
        ("2021", "zh"),
    ],
)
def test_the_language_is_that_of_the_words_around_the_names(query, text: str, language: str):
    assert query(text).language == language


def test_a_follow_up_inherits_and_a_whole_question_does_not(query):
    first = query("2021年质量水平为什么下降？")
    assert query("那2020年呢", first).kind == "why"
    assert query("发展能力的权重是多少", first).years == ()
    assert [node.id for node in query("发展能力的权重是多少", first).nodes] == ["development_capacity"]


def test_empty_and_endless_questions_are_refused():
    for text in ("", " \n\t", "\x00\x1b\u200b"):
        with pytest.raises(QuestionError, match="空"):
            clean(text)
    with pytest.raises(QuestionError, match=str(LONGEST_QUESTION)):
        clean("水" * (LONGEST_QUESTION + 1))


@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused(names: Names, text: str):
    try:
        query = understand(text, names, phrasings())
    except QuestionError:
        return
    assert query.language in ("zh", "en")


@given(st.text(alphabet="2019年质量水平PM2.5-到 饮用水", max_size=30))
def test_mentions_are_in_order_and_never_overlap(names: Names, text: str):
    mentions = names.find(normalise(text))
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert all((mention.what == NODE) == bool(mention.nodes) for mention in mentions)
    assert all((mention.what == YEAR) == bool(mention.years) for mention in mentions)


def test_every_exemplar_is_understood_as_its_own_kind():
    wrong = [
        (path.stem, exemplar, phrasings().rank(exemplar.casefold())[0][0])
        for path in (Path(language.__file__).parent / "questions").glob("*.txt")
        for exemplar in path.read_text("utf-8").splitlines()
        if phrasings().rank(exemplar.casefold())[0][0] != path.stem
    ]
    assert not wrong


def test_a_pattern_lets_blanks_stand_between_the_runs_of_a_name():
    import re

    assert re.search(name_pattern("PM2.5年均浓度"), "pm 2.5 年均浓度")
    assert not re.search(name_pattern("EI"), "being")
