"""A piece of a name stands for it where nothing else is asked about; other words are left alone."""

import pytest

from assistant.language.phrasings import phrasings
from assistant.names.mentions import Names
from assistant.question import understand
from scoring import IndexDefinition


@pytest.fixture(scope="module")
def names(definition: IndexDefinition) -> Names:
    return Names(definition, range(2016, 2022), ["深圳市"], phrasings())


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("安全得分", "质量安全水平"),
        ("优良率2020年多少", "国考省考断面水质优良率"),
        ("safety index in 2019", "质量安全水平"),
    ],
)
def test_a_piece_of_one_name_is_that_node(names: Names, text: str, node: str):
    query = understand(text, names, phrasings())
    assert [found.name for found in query.nodes] == [node]
    assert [meant for _, meant in query.misspelled] == [query.nodes[0].called(query.language)]


@pytest.mark.parametrize("text", ["2019年能力得分", "能力指数2021年多少", "质量多少分", "水怎么样"])
def test_a_piece_of_several_names_is_open(names: Names, text: str):
    query = understand(text, names, phrasings())
    assert query.nodes == ()
    assert len(query.readings) > 1


@pytest.mark.parametrize(
    "text", ["城市得分多少", "2021年哪些指标满分", "臭氧得分", "质量控制怎么做", "全市水质净化厂有几座"]
)
def test_other_words_are_left_alone(names: Names, text: str):
    query = understand(text, names, phrasings())
    assert query.nodes == ()
    assert query.readings == ()
