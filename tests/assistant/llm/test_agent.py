"""The engine with a model, against a scripted server: what it is told, what leaves, and what happens when it fails."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.dialogue.conversation import Conversation
from assistant.llm.model import Engine, Model
from assistant.llm.prompting import tool_descriptions
from assistant.settings import Settings
from assistant.tools import Tools

from ...chat_script import ChatScript, Turn
from ..play import CALLS, CHANGE, GOOD, KEY, QUESTION, WRITTEN, Play


def assert_offline(answer: Answer, words: str) -> None:
    assert answer.engine == "offline"
    assert "-0.59" in answer.text
    assert words in answer.warnings[-1]
    assert answer.text.endswith(answer.warnings[-1])


def test_an_answer_is_written_from_the_tools_figures(play: Play):
    answer = play(CALLS, GOOD)
    assert (answer.engine, answer.status, answer.text) == ("llm", Status.ANSWER, WRITTEN)
    assert [shown.text for shown in play.shown] == [WRITTEN] * 2
    assert play.assistant.findings(answer) == []
    assert {"93.65", "-0.59"} <= {figure.display for figure in answer.figures}


def test_the_model_is_told_the_data_and_every_tool(play: Play):
    play(CALLS, GOOD)
    asked = play.script.asked[0]
    system = asked["messages"][0]["content"]
    assert all(node.name in system for node in play.assistant.definition.nodes.values())
    assert asked["temperature"] == 0
    offered = {tool["function"]["name"]: tool["function"]["description"] for tool in asked["tools"]}
    assert offered.items() <= tool_descriptions().items()
    assert set(offered) == {name for name in vars(Tools) if not name.startswith("_")} - {"gathered"}


def test_a_passage_is_cited_and_others_that_were_found_are_not(play: Play):
    answer = play(Turn(calls=(("passages", '{"query": "施工噪声"}'),)), Turn("报告提出强化施工噪声监管[2]。"))
    assert answer.engine == "llm"
    assert [citation.marker for citation in answer.citations] == [2]


def test_a_false_sentence_goes_back_once_and_is_mended(play: Play):
    answer = play(CALLS, Turn("2021年质量水平得分为99.99分。"), GOOD)
    assert answer.text == WRITTEN
    told = play.script.asked[-1]["messages"][-1]["content"]
    assert "99.99" in told


def test_a_sentence_that_stays_false_is_left_out_and_the_answer_says_so(play: Play):
    answer = play(CALLS, Turn(GOOD.text + "2020年质量水平得分为99.99分。"), Turn("2020年质量水平得分为88.88分。"))
    assert answer.text.startswith(WRITTEN)
    assert "99.99" not in answer.text
    assert "88.88" not in answer.text
    assert "已经略去" in answer.warnings[-1]


def test_an_answer_of_which_nothing_is_proven_is_the_offline_one(play: Play):
    assert_offline(play(Turn("2021年质量水平得分为99.99分。")), "没有通过核对")


def test_earlier_turns_are_told_also_those_of_the_other_engine(play: Play):
    conversation = Conversation()
    play.assistant.ask(QUESTION, conversation, Engine.OFFLINE)
    play.script.turns = [CALLS, GOOD]
    play.assistant.ask("再说一遍", conversation)
    earlier = play.script.asked[0]["messages"]
    assert [message["role"] for message in earlier] == ["system", "user", "assistant", "user"]
    assert "-0.59" in earlier[2]["content"]
    assert "质量水平" in earlier[0]["content"].split("# 这个问题")[1]


def test_several_tools_at_once_are_answered_in_order(play: Play):
    scores = ("scores", json.dumps({"nodes": ["PM2.5"], "years": [2021]}))
    answer = play(Turn(calls=(CHANGE, scores)), GOOD)
    assert answer.text == WRITTEN
    assert len(play.script.told()) == 2


@pytest.mark.parametrize(
    "call",
    [
        ("ozone", "{}"),
        ("change", '{"node": "质量水平", "start": "前年"}'),
        ("change", '{"node": "臭氧", "start": 2020, "end": 2021}'),
        ("change", '{"node": "质量水平", "start": 1999, "end": 2021}'),
        ("change", '{"node": "质量'),
    ],
)
def test_a_call_that_cannot_be_made_is_told_and_may_be_mended(play: Play, call: tuple[str, str]):
    assert play(Turn(calls=(call,)), CALLS, GOOD).text == WRITTEN


@pytest.mark.parametrize(
    "turn",
    [
        replace(GOOD, tells_usage=False),
        replace(GOOD, reasoning="先查得分，再比较。"),
    ],
)
def test_what_servers_add_or_leave_out_does_no_harm(play: Play, turn: Turn):
    assert play(CALLS, turn).text == WRITTEN


@pytest.mark.parametrize(
    "turns",
    [
        (Turn(status=500), CALLS, GOOD),
        (CALLS, Turn(status=503), GOOD),
        (Turn(status=429), CALLS, GOOD),
        (Turn(status=429, headers={"retry-after-ms": "5"}), CALLS, GOOD),
    ],
)
def test_a_passing_fault_is_tried_again(play: Play, turns: tuple[Turn, ...]):
    assert play(*turns).text == WRITTEN


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        ((Turn(status=401),), "密钥"),
        ((Turn(status=404),), "LLM_MODEL"),
        ((Turn(status=429),), "繁忙"),
        ((Turn(status=429, headers={"retry-after-ms": "60000", "Retry-After": "60"}),), "繁忙"),
        ((Turn(status=500),), "出错"),
        ((CALLS, replace(GOOD, is_cut=True)), "中途断开"),
        ((Turn(body=b"data: {broken\n\n"),), "无法读取"),
        ((Turn(body=b"data: \xff\xfe\n\n"),), "无法读取"),
        ((Turn(body=b"<html>busy</html>"),), "大模型"),
        ((Turn(""),), "是空的"),
        ((CALLS,), "反复调用"),
        ((Turn("很好，" * 500, is_endless=True),), "太长"),
    ],
)
def test_a_lasting_fault_is_answered_offline_and_says_why(play: Play, turns: tuple[Turn, ...], words: str):
    assert_offline(play(*turns), words)


def test_a_server_that_says_nothing_is_not_waited_for(play: Play):
    assert_offline(play(Turn(is_held=True), silence=0.2), "时限")


def test_an_answer_takes_no_longer_than_it_may(play: Play):
    answer = play(Turn(is_endless=True), seconds=1.0)
    assert_offline(answer, "时限")


def test_a_server_that_is_not_there_is_told(play: Play):
    assert play.assistant._model
    play.assistant._model = replace(play.assistant._model, base_url="http://127.0.0.1:9/v1")
    assert_offline(play(GOOD), "连不上")


def test_after_a_fault_the_conversation_goes_on(play: Play):
    conversation = Conversation()
    play.script.turns = [Turn(status=401)]
    play.assistant.ask(QUESTION, conversation)
    play.script.turns = [CALLS, GOOD]
    assert play.assistant.ask("那是多少分？", conversation).engine == "llm"
    assert len(conversation.exchanges) == 2


def test_the_key_is_sent_to_the_server_and_nowhere_else(play: Play, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    answers = [play(CALLS, GOOD), play(Turn(status=401))]
    assert set(play.script.keys) == {f"Bearer {KEY}"}
    assert KEY not in caplog.text
    assert KEY not in json.dumps([answer.record() for answer in answers])
    assert KEY not in repr(play.assistant._model)


def test_the_settings_choose_the_model(chat: ChatScript, monkeypatch: pytest.MonkeyPatch):
    assert Settings().model() is None
    monkeypatch.setenv("LLM_MODEL", "m")
    monkeypatch.setenv("OPENAI_BASE_URL", chat.url)
    assert Settings().model() == Model("m", chat.url, "")


def test_the_offline_engine_is_there_on_request(play: Play, tmp_path: Path):
    play.script.turns = [GOOD]
    assert play.assistant.ask(QUESTION, Conversation(), Engine.OFFLINE).engine == "offline"
    assert play.script.asked == []


@pytest.mark.parametrize("question", ["2023年质量水平是多少", "广州2021年的总指数", "水质2021年多少分"])
def test_what_the_data_lack_and_what_is_unclear_is_not_left_to_the_model(play: Play, question: str):
    answer = play(Turn("2023年质量水平得分为95.00分。"), question=question)
    assert answer.engine == "offline"
    assert answer.status in {Status.REFUSE, Status.CLARIFY}
    assert play.script.asked == []


def test_what_a_model_thinks_aloud_is_not_shown(play: Play):
    answer = play(CALLS, Turn(f"<think>先看得分，99.99分？</think>{GOOD.text}"))
    assert (answer.engine, answer.text) == ("llm", WRITTEN)


def test_an_answer_in_another_language_is_written_anew(play: Play):
    answer = play(CALLS, Turn("The quality level scored {F2} in 2021 and {F1} in 2020."), GOOD)
    assert answer.text == WRITTEN
    assert "要用提问的语言写" in play.script.asked[-1]["messages"][-1]["content"]


def test_a_citation_speaks_of_what_is_said(play: Play):
    found = Turn(calls=(("passages", '{"query": "施工噪声"}'),))
    answer = play(found, Turn("深圳将在明年取消所有燃煤电厂[2]。报告提出强化施工噪声监管[2]。"), Turn("-"))
    assert answer.text.startswith("报告提出强化施工噪声监管[2]。")
    assert "没有说到" in play.script.asked[-1]["messages"][-1]["content"]


def test_the_picture_and_what_a_follow_up_points_to_are_those_of_the_computed_answer(play: Play):
    answer = play(CALLS, GOOD)
    computed = play.assistant.ask(QUESTION, Conversation(), Engine.OFFLINE)
    assert (answer.charts, answer.found) == (computed.charts, computed.found)
    assert answer.charts


def test_a_server_that_calls_no_tools_writes_from_what_was_looked_up(play: Play):
    refused = Turn("model does not support tools", status=400)
    answer = play(refused, Turn("2021年质量水平得分为{F2}，比2020年的{F1}下降{F3:abs}。"))
    asked = play.script.asked[-1]
    assert answer.engine == "llm"
    assert "0.59" in answer.text
    assert "tools" not in asked
    assert "{F1}" in asked["messages"][0]["content"]
    assert play.assistant.findings(answer) == []


def test_another_bad_request_is_answered_offline(play: Play):
    assert_offline(play(Turn("context too long", status=400)), "出错")


def test_a_table_is_cited_only_for_what_it_names(play: Play):
    scores = ("scores", json.dumps({"nodes": ["质量水平"], "years": [2018]}))
    answer = play(
        Turn(calls=(scores,)), Turn("2018年质量水平得分为{F1}[1]。报告把原因归于管网水样合格率略有降低[1]。"), Turn("-")
    )
    assert answer.text.startswith("2018年质量水平得分为87.42分[1]。")
    assert "管网水样" not in answer.text
