"""The engine with a model on an index of several cities: whose figure a number is holds for it as well."""

import json
from collections.abc import Iterator

import pytest

from assistant.ask import open_assistant
from assistant.llm.prompting import tool_descriptions
from assistant.settings import Settings
from knowledge.progress import silent

from ...chat_script import Turn
from ...conftest import ROOT
from ..play import Play, playing_on


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    settings = Settings(data_dir=ROOT / "tests" / "care", eqi_home=tmp_path_factory.mktemp("state"))
    with playing_on(open_assistant(settings, silent)) as play:
        yield play


def call(name: str, **arguments: object) -> tuple[str, str]:
    return name, json.dumps(arguments)


QUESTION = "2023年青岭市和青岭南市的养老服务指数各是多少？"
ARGUMENTS = {"node": "养老服务指数", "year": 2023}
CALLS = Turn(
    calls=(
        call("unit_gap", **ARGUMENTS, unit="青岭市", other="青岭南市"),
        call("unit_ranking", **ARGUMENTS),
        call("scores", nodes=["养老床位"], years=[2023], unit="沅水市"),
    )
)


def test_the_tools_take_a_unit_and_tell_whose_each_figure_is(play: Play):
    play(CALLS, Turn("好。"), question=QUESTION)
    gap, ranking, scores = play.script.told()
    assert "{F3} 青岭市 2023年养老服务指数 相差（与青岭南市相比） 11.35分" in gap
    assert [line.split()[1] for line in ranking.split("\n")[::2]] == ["沅水市", "青岭市", "青岭南市"]
    assert "沅水市 2023年养老床位密度 得分" in scores


def test_the_tools_of_several_units_are_offered_where_there_are_several(play: Play):
    play(CALLS, Turn("好。"), question=QUESTION)
    offered = {tool["function"]["name"] for tool in play.script.asked[0]["tools"]}
    assert offered == set(tool_descriptions())
    system = play.script.asked[0]["messages"][0]["content"]
    assert all(unit in system for unit in play.assistant.result.units)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年青岭市养老服务指数得分为{F1}，高于青岭南市的{F2}，相差{F3}。",
        "2023年沅水市的养老服务指数最高，为{F25}。",
        "2023年青岭南市养老服务指数比青岭市低{F3:abs}。",
    ],
)
def test_what_is_true_of_a_unit_passes(play: Play, sentence: str):
    answer = play(CALLS, Turn(sentence), question=QUESTION)
    assert (answer.engine, answer.warnings) == ("llm", ())
    assert "{F" not in answer.text


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年沅水市养老服务指数得分为{F2}。",
        "2023年青岭南市养老服务指数得分为78.80分。",
        "2023年青岭南市的养老服务指数最高，为{F2}。",
        "2023年青岭南市养老服务指数比青岭市高{F3:abs}。",
    ],
)
def test_a_figure_of_another_unit_is_held(play: Play, sentence: str):
    answer = play(CALLS, Turn(sentence), question=QUESTION)
    assert answer.engine == "offline"


def test_a_unit_that_is_not_scored_is_told_to_the_model(play: Play):
    play(
        Turn(calls=(call("scores", nodes=["养老床位"], years=[2023], unit="火星市"),)), Turn("好。"), question=QUESTION
    )
    assert "火星市" in play.script.told()[0]
    assert "沅水市" in play.script.told()[0]
