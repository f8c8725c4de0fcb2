"""What a model took is told with every answer that it was asked for."""

from dataclasses import replace

from assistant.answer import Answer
from assistant.dialogue.conversation import Conversation
from assistant.llm.model import Engine
from assistant.usage import Meter

from ..chat_script import Turn
from .play import CALLS, GOOD, QUESTION, Play


def spent(answer: Answer) -> tuple[int, int | None, int | None]:
    assert answer.usage
    return answer.usage.calls, answer.usage.input_tokens, answer.usage.output_tokens


def test_calls_and_tokens_are_added_up(play: Play):
    answer = play(CALLS, GOOD)
    assert spent(answer) == (2, 200, 40)
    assert answer.usage
    assert answer.usage.model == "scripted"
    assert answer.usage.first_ms
    assert 0 < answer.usage.first_ms < answer.elapsed_ms


def test_a_sentence_written_anew_is_a_call(play: Play):
    assert spent(play(CALLS, Turn("2021年质量水平得分为99.99分。"), GOOD)) == (3, 300, 60)


def test_a_server_that_counts_nothing_leaves_the_tokens_unknown(play: Play):
    silent_end = replace(GOOD, tells_usage=False)
    assert spent(play(CALLS, silent_end)) == (2, None, None)


def test_what_was_spent_in_vain_is_told_too(play: Play):
    answer = play(CALLS, replace(GOOD, is_cut=True))
    assert answer.engine == "offline"
    assert spent(answer) == (2, None, None)
    assert answer.usage
    assert answer.usage.record()["calls"] == 2


def test_the_offline_engine_spends_nothing(play: Play):
    play(CALLS, GOOD)
    answer = play.assistant.ask(QUESTION, Conversation(), Engine.OFFLINE)
    assert answer.usage is None
    assert answer.record()["usage"] is None


def test_a_meter_that_never_ran_shows_nothing():
    assert Meter().usage("m") is None
