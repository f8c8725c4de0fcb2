"""Several conversations on one assistant: twenty threads get the answers that one gets."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assistant.answer import Answer
from assistant.evaluation import Question

from ..conftest import Ask
from .golden import QUESTIONS

_THREADS = 20


def test_twenty_threads_get_the_same_answers_as_one(ask: Ask):
    def answered(question: Question) -> Answer:
        return replace(ask(question.question, *question.history), elapsed_ms=0.0)

    alone = [answered(question) for question in QUESTIONS]
    with ThreadPoolExecutor(_THREADS) as threads:
        together = list(threads.map(answered, QUESTIONS[::-1]))
    assert together[::-1] == alone
