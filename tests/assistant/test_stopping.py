"""An answer is stopped from another thread while the model's server says nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from assistant.answer import Answer
from assistant.dialogue.conversation import Conversation
from assistant.stopping import Stop, StoppedError

from ..chat_script import Turn
from .play import CALLS, GOOD, QUESTION, WRITTEN, Play

SILENT = replace(GOOD, text=f"{GOOD.text}这个数", is_left_open=True)


@pytest.mark.parametrize("turns", [[CALLS, SILENT], [CALLS, Turn(is_held=True)], [Turn(is_held=True)]])
def test_the_answer_ends_and_the_conversation_remembers_what_was_shown(play: Play, turns: list[Turn]):
    asked, stop, conversation = Event(), Stop(), Conversation()
    shown: list[Answer] = []
    play.script.turns = turns
    play.script.when_waiting = asked.set
    with ThreadPoolExecutor(1) as background:
        ending = background.submit(play.assistant.ask, QUESTION, conversation, show=shown.append, stop=stop)
        assert asked.wait(20)
        stop.press()
        # Well before the server has been silent for too long.
        assert isinstance(ending.exception(2), StoppedError)
    assert [answer.text.startswith(WRITTEN) for answer in conversation.answers] == [True] * bool(shown)
    play.script.turns = [CALLS, GOOD]
    assert play.assistant.ask(QUESTION, conversation).engine == "llm"


def test_a_button_that_was_pressed_before_lets_nothing_begin(play: Play):
    stop = Stop()
    stop.press()
    play.script.turns = [CALLS, GOOD]
    with pytest.raises(StoppedError):
        play.assistant.ask(QUESTION, Conversation(), stop=stop)
    assert play.script.asked == []
