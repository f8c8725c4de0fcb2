"""What an answer of a model may not be, and what is done where a server cannot do all that is asked of it."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Status
from assistant.dialogue.conversation import Conversation

from ...chat_script import Turn
from ..play import CALLS, GOOD, QUESTION, WRITTEN, Play

ENGLISH = "Why did Quality level fall in 2021?"
IN_ENGLISH = "The score of Quality level fell by {F3:abs} in 2021."
NO_TOOLS = Turn("the model does not support tools", status=400)
COPIED = "2021年质量水平得分为93.65分，比2020年的94.24分下降0.59分。"


def test_an_english_question_has_an_english_answer(play: Play):
    answer = play(CALLS, Turn("质量水平在2021年下降。"), Turn(IN_ENGLISH), question=ENGLISH)
    assert (answer.engine, answer.language) == ("llm", "en")
    assert "0.59 points" in answer.text


def test_an_answer_that_stays_in_the_other_language_is_the_offline_one(play: Play):
    answer = play(CALLS, Turn("质量水平在2021年下降。"), question=ENGLISH)
    assert (answer.engine, answer.language) == ("offline", "en")


@pytest.mark.parametrize(
    "text",
    [
        f"<think>得分是99.99分？先查。</think>\n\n{GOOD.text}",
        f"<thinking>先查。</thinking>{GOOD.text}",
        f"先想一想，这是要查的。\n得分是99.99分？</think>\n\n{GOOD.text}",
        f"{GOOD.text}<think>还要补充99.99分",
    ],
)
def test_what_a_model_thinks_aloud_is_not_shown(play: Play, text: str):
    answer = play(CALLS, Turn(text))
    assert (answer.text, answer.engine, answer.warnings) == (WRITTEN, "llm", ())
    assert play.shown[-1].text == WRITTEN


def test_what_a_server_tells_of_its_reasoning_is_not_shown(play: Play):
    answer = play(Turn(calls=CALLS.calls, reasoning="查99.99"), Turn(GOOD.text, reasoning="得分是99.99分。"))
    assert answer.text == WRITTEN
    assert all("99.99" not in shown.text for shown in play.shown)


def assert_written_from_the_offline_evidence(play: Play, answer: Answer) -> None:
    assert (answer.engine, answer.text) == ("llm", COPIED)
    request = play.script.asked[-1]
    assert not request.get("tools")
    assert "管网饮用水质量" in request["messages"][0]["content"]


def test_a_server_without_tools_only_writes(play: Play):
    assert_written_from_the_offline_evidence(play, play(NO_TOOLS, Turn(COPIED)))


def test_a_model_that_calls_no_tool_is_given_what_the_offline_engine_found(play: Play):
    told = Turn("2021年质量水平得分为99.99分。")
    assert_written_from_the_offline_evidence(play, play(told, told, Turn(COPIED)))


def test_what_it_then_writes_falsely_is_held_too(play: Play):
    answer = play(NO_TOOLS, Turn("2021年质量水平得分为99.99分。"))
    assert answer.engine == "offline"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("2031年质量水平得多少分？", Status.REFUSE),
        ("水质怎么样？", Status.CLARIFY),
        ("广州2021年的总指数", Status.REFUSE),
    ],
)
def test_what_the_data_do_not_hold_is_not_asked_of_a_model(play: Play, question: str, status: Status):
    answer = play(Turn("2031年质量水平得分为93.65分。"), question=question)
    assert (answer.status, answer.engine) == (status, "offline")
    assert play.script.asked == []


def test_stopping_keeps_what_was_shown_and_the_conversation_goes_on(play: Play):
    class Stop(BaseException):
        """The reader has seen enough."""

    def stop(answer: Answer) -> None:
        raise Stop

    conversation = Conversation()
    play.script.turns = [CALLS, Turn(GOOD.text + GOOD.text)]
    with pytest.raises(Stop):
        play.assistant.ask(QUESTION, conversation, show=stop)
    [kept] = conversation.answers
    assert kept.text.startswith(WRITTEN)
    assert "停止" in kept.warnings[-1]
    play.script.turns = [CALLS, GOOD]
    assert play.assistant.ask("那2020年呢？", conversation).engine == "llm"
    assert [query.years for query in conversation.exchanges[-1].queries] == [(2020,)]
    roles = [message["role"] for message in play.script.asked[-1]["messages"]]
    assert roles[:4] == ["system", "user", "assistant", "user"]


def test_an_answer_can_be_asked_for_once_more(play: Play):
    conversation = Conversation()
    play.script.turns = [CALLS, GOOD]
    play.assistant.ask(QUESTION, conversation)
    again = play.assistant.ask(conversation.take_back(), conversation)
    assert len(conversation.exchanges) == 1
    assert again.question == QUESTION


def test_a_long_conversation_is_cut_and_what_it_spoke_of_is_told(play: Play):
    conversation = Conversation()
    play.script.turns = [Turn("很好。" * 400)]
    for question in ("2018年PM2.5得多少分？", *["2021年质量水平为什么下降？"] * 6):
        play.assistant.ask(question, conversation)
    messages = play.script.asked[-1]["messages"]
    assert sum(len(message["content"]) for message in messages[1:]) < 8000
    assert "2018年PM2.5得多少分？" not in [message["content"] for message in messages]
    before = messages[0]["content"].split("此前谈到")[1]
    assert "PM2.5年均浓度" in before
    assert "2018" in before


def test_a_follow_up_knows_what_was_found_whichever_engine_found_it(play: Play):
    conversation = Conversation()
    play.script.turns = [Turn("得分最低的观测变量如下。")]
    first = play.assistant.ask("2021年得分最低的观测变量是哪个？", conversation)
    assert first.engine == "llm"
    play.assistant.ask("它为什么低？", conversation)
    [query] = conversation.exchanges[-1].queries
    assert [node.id for node in query.nodes] == list(first.found)


def test_what_befell_an_answer_is_not_told_to_the_model_again(play: Play):
    conversation = Conversation()
    play.script.turns = [CALLS, GOOD]
    play.assistant.ask(QUESTION, conversation)
    exchange = conversation.exchanges[0]
    notices = ("一件事。", "另一件事。")
    answer = replace(exchange.answer, text="\n\n".join([exchange.answer.text, *notices]), warnings=notices)
    conversation.exchanges[0] = replace(exchange, answer=answer)
    play.assistant.ask(QUESTION, conversation)
    assert WRITTEN in [message["content"] for message in play.script.asked[-1]["messages"]]
