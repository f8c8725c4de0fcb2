import pytest

from assistant.assumptions import find_assumptions
from assistant.language.phrasings import phrasings
from assistant.names.mentions import Names, normalise
from assistant.supposed_nodes import excepting
from scoring import IndexDefinition, IndexResult


@pytest.fixture(scope="module")
def names(definition: IndexDefinition, result: IndexResult) -> Names:
    return Names(definition, result.span, result.units, phrasings())


@pytest.mark.parametrize(
    "question",
    [
        "如果发展能力下面各指标都提高2分",
        "if every indicator under Development capacity scored 2 points more",
        "had all indicators of Development capacity scored 2 points more",
    ],
)
def test_the_indicators_of_one_dimension_are_supposed_of(names: Names, definition: IndexDefinition, question: str):
    text = normalise(question)
    found = {
        assumption.node.id: assumption.number for assumption in find_assumptions(text, names.find(text), phrasings())
    }
    [whole] = [node for node in definition.nodes.values() if node.called("en") == "Development capacity"]
    assert found == {leaf.id: 2 for leaf in definition.leaves(whole.id)}


@pytest.mark.parametrize(
    ("question", "spared"),
    [
        ("除满意度外全部得100分", {"satisfaction"}),
        ("除了饮用水和噪声，其他指标都得100分", {"tap_water", "night_noise"}),
        (
            "除了质量水平，其余各项都得100分",
            {"pm25", "surface_water", "coastal_water", "night_noise", "tap_water", "eco_index"},
        ),
        ("if all indicators reached 100 except the tap water and the noise", {"tap_water", "night_noise"}),
        ("if everything but tap water were at 100", {"tap_water"}),
    ],
)
def test_all_others_are_supposed_of_where_some_are_left_out(
    names: Names, definition: IndexDefinition, question: str, spared: set[str]
):
    text = normalise(question)
    mentions = excepting(text, names.find(text), definition.indicators, phrasings())
    found = {assumption.node.id: assumption.number for assumption in find_assumptions(text, mentions, phrasings())}
    assert found == {node.id: 100 for node in definition.indicators if node.id not in spared}


def test_what_leaves_nothing_out_is_left_as_it_is(names: Names, definition: IndexDefinition):
    text = normalise("如果饮用水得分提高到98分")
    mentions = names.find(text)
    assert excepting(text, mentions, definition.indicators, phrasings()) == mentions
