"""Several conversations on one assistant: twenty threads get the answers that one gets."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.evaluation.grading import Question
from assistant.llm.model import Model
from assistant.settings import Settings
from knowledge.progress import silent

from ..chat_script import SteadyScript, chatting
from ..conftest import DATA, Ask
from .golden import QUESTIONS
from .play import CALLS, GOOD, QUESTION, WRITTEN

_THREADS = 20


def test_twenty_threads_get_the_same_answers_as_one(ask: Ask):
    def answered(question: Question) -> Answer:
        return replace(ask(question.question, *question.history), elapsed_ms=0.0)

    alone = [answered(question) for question in QUESTIONS]
    with ThreadPoolExecutor(_THREADS) as threads:
        together = list(threads.map(answered, QUESTIONS[::-1]))
    assert together[::-1] == alone


def test_twenty_conversations_with_a_model_do_not_disturb_each_other(tmp_path: Path):
    assistant = open_assistant(Settings(data_dir=DATA, eqi_home=tmp_path), silent)
    with chatting(SteadyScript(CALLS, GOOD)) as script:
        assistant._model = Model("scripted", script.url, "k")
        with ThreadPoolExecutor(_THREADS) as threads:
            answers = list(threads.map(lambda _: assistant.ask(QUESTION, Conversation()), range(_THREADS)))
    assert [answer.text for answer in answers] == [WRITTEN] * _THREADS
    assert {answer.usage.calls for answer in answers if answer.usage} == {2}
