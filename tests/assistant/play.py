"""Questions asked with a scripted model, for the tests of the engine with one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.llm.model import Model

from ..chat_script import ChatScript, Turn, chatting

KEY = "sk-very-secret"
QUESTION = "2021年质量水平为什么下降？"
CHANGE = ("change", json.dumps({"node": "质量水平", "start": 2020, "end": 2021}))
CALLS = Turn(calls=(CHANGE,))
GOOD = Turn("2021年质量水平得分为{F2}，比2020年的{F1}下降{F3:abs}。")
WRITTEN = "2021年质量水平得分为93.65分，比2020年的94.24分下降0.59分。"


class Play:
    """Asks with a model that plays some turns."""

    def __init__(self, assistant: Assistant, script: ChatScript):
        self.assistant, self.script = assistant, script

    def __call__(self, *turns: Turn, question: str = QUESTION, **limits: float) -> Answer:
        self.script.turns = list(turns)
        self.script.asked.clear()
        assert self.assistant._model
        self.assistant._model = replace(self.assistant._model, **limits)
        self.shown: list[Answer] = []
        return self.assistant.ask(question, Conversation(), show=self.shown.append)


@contextmanager
def playing_on(assistant: Assistant) -> Iterator[Play]:
    """Give an assistant a scripted model."""
    with chatting() as script:
        assistant._model = Model("scripted", script.url, KEY, seconds=20, silence=5)
        yield Play(assistant, script)
        assistant._model = None
