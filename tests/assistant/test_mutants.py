"""The guard against answers in which one thing was made wrong: a digit, a sign, a unit, a year, a name, a direction."""

import random
from collections import Counter

import pytest

from assistant.evaluation.grading import Question
from assistant.guard.check import check

from ..conftest import Ask
from .golden import CARE_QUESTIONS, PROSPERITY_QUESTIONS, QUESTIONS
from .mutants import Mutant, apply, changes, stays_true

_SEED = 20211231
_LEAST = {"relation": 50}


Asked = list[tuple[Ask, Question]]


@pytest.fixture(scope="module")
def asked(ask: Ask, ask_care: Ask, ask_prosperity: Ask) -> Asked:
    """Every question with whom it is put to: of one city, of three, and of an index in English."""
    of_all = ((ask, QUESTIONS), (ask_care, CARE_QUESTIONS), (ask_prosperity, PROSPERITY_QUESTIONS))
    return [(who, question) for who, questions in of_all for question in questions]


@pytest.fixture(scope="module")
def missed(asked: Asked) -> tuple[Counter[str], list[tuple[Mutant, bool]]]:
    """How many mutants of each kind there were; and those that the guard let through, with whether they are true."""
    chance = random.Random(_SEED)
    made: Counter[str] = Counter()
    passed: list[tuple[Mutant, bool]] = []
    for ask, question in asked:
        result = ask.assistant.result
        answer = ask(question.question, *question.history)
        evidence = ask.assistant.evidence(answer)
        for change in changes(answer, result, chance):
            mutant, text = apply(answer, change)
            made[mutant.kind] += 1
            if not check(text, evidence):
                passed.append((mutant, stays_true(mutant, answer, result)))
    return made, passed


@pytest.mark.parametrize(
    "kind", ["digit", "sign", "unit", "year", "node", "entity", "direction", "extreme", "relation"]
)
def test_what_was_made_false_is_caught(missed: tuple[Counter[str], list[tuple[Mutant, bool]]], kind: str):
    made, passed = missed
    assert made[kind] > _LEAST.get(kind, 100)
    assert [mutant for mutant, is_true in passed if mutant.kind == kind and not is_true] == []


def test_the_mutants_are_many_and_few_stay_true(missed: tuple[Counter[str], list[tuple[Mutant, bool]]]):
    made, passed = missed
    assert made.total() >= 10_000
    assert len(passed) < 0.01 * made.total()


def test_no_answer_is_withdrawn_for_what_is_right(asked: Asked):
    answers = [(ask, ask(question.question, *question.history)) for ask, question in asked]
    assert [answer.question for ask, answer in answers if ask.assistant.is_withdrawn(answer)] == []
