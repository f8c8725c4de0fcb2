"""The guard against answers in which one thing was made wrong: a digit, a sign, a unit, a year, a name, a direction."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest

import pytest

from assistant.answer import Answer
from assistant.evaluation.grading import Question
from assistant.guard.check import check

from ..conftest import Ask
from .golden import CARE_QUESTIONS, PROSPERITY_QUESTIONS, QUESTIONS
from .mutants import Change, Mutant, apply, changes, stays_true

_SEED = 20211231
_PARTS = 24
# So many changes of one answer are tried, some of every kind; ten thousand are left of them all.
_MOST = 12
_LEAST = {
    **dict.fromkeys(("digit", "sign", "unit", "year", "node", "entity", "direction", "extreme"), 100),
    "relation": 50,
}

Asked = list[tuple[Ask, Question]]


@pytest.fixture(scope="module")
def asked(ask: Ask, ask_care: Ask, ask_prosperity: Ask) -> Asked:
    """Every question with whom it is put to: of one city, of three, and of an index in English."""
    of_all = ((ask, QUESTIONS), (ask_care, CARE_QUESTIONS), (ask_prosperity, PROSPERITY_QUESTIONS))
    return [(who, question) for who, questions in of_all for question in questions]


def _changed(asked: Asked) -> Iterator[tuple[Ask, Answer, list[Change]]]:
    """Yield each answer with all changes of it, which do not hang on the questions before it."""
    for ask, question in asked:
        answer = ask(question.question, *question.history)
        chance = random.Random(f"{_SEED} {question.history} {question.question}")
        of_kinds = defaultdict[str, list[Change]](list)
        for change in changes(answer, ask.assistant.result, chance):
            of_kinds[change[0]].append(change)
        by_turns = zip_longest(*(chance.sample(each, len(each)) for each in of_kinds.values()))
        yield ask, answer, [change for turn in by_turns for change in turn if change][:_MOST]


@pytest.mark.parametrize("part", range(_PARTS))
def test_what_was_made_false_is_caught_and_little_stays_true(asked: Asked, part: int):
    made, stayed, passed = 0, 0, list[Mutant]()
    for ask, answer, each_change in _changed(asked[part::_PARTS]):
        evidence = ask.assistant.evidence(answer)
        made += len(each_change)
        for mutant, text in (apply(answer, change) for change in each_change):
            if check(text, evidence):
                continue
            if stays_true(mutant, answer, ask.assistant.result):
                stayed += 1
            else:
                passed.append(mutant)
    assert passed == []
    assert stayed < 0.01 * made


def test_the_mutants_are_many(asked: Asked):
    made = Counter(kind for _, _, each_change in _changed(asked) for kind, *_ in each_change)
    assert made.total() >= 10_000
    assert {kind: made[kind] for kind, least in _LEAST.items() if made[kind] < least} == {}


def test_no_answer_is_withdrawn_for_what_is_right(asked: Asked):
    answers = [(ask, ask(question.question, *question.history)) for ask, question in asked]
    assert [answer.question for ask, answer in answers if ask.assistant.is_withdrawn(answer)] == []
