"""Whatever words of its own vocabulary are thrown together, in any order and after whatever, there is an answer."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.language.phrasings import read_words
from assistant.question import QuestionError

from ..conftest import Ask
from .golden import CARE_QUESTIONS, PROSPERITY_QUESTIONS, QUESTIONS

_CONVERSATIONS = 120
_PLAIN_WORD = re.compile(r"[^\\\[\](){}?^$|*+.]{1,14}")


def words_in(content: Any) -> Iterator[str]:
    """Yield the plain words of the phrasings, those that are no regular expressions."""
    if isinstance(content, dict):
        content = content.values()
    if isinstance(content, str):
        yield from [content] if _PLAIN_WORD.fullmatch(content) else []
    elif not isinstance(content, (int, float, bool)) and content is not None:
        for part in content:
            yield from words_in(part)


VOCABULARY = sorted(set(words_in(read_words())))
ASKED = [question.question for question in (*QUESTIONS, *CARE_QUESTIONS, *PROSPERITY_QUESTIONS)]


def jumbled(chance: random.Random, names: list[str], years: list[str]) -> str:
    """Throw words together: a name and a year among them, a question with a word put in, or two halves of questions."""
    kind = chance.randrange(4)
    if kind == 0:
        parts = [chance.choice(names), chance.choice(years), *chance.choices(VOCABULARY, k=chance.randint(1, 4))]
        return "".join(chance.sample(parts, len(parts)))
    first, second = chance.choices(ASKED, k=2)
    cut = chance.randint(0, len(first))
    if kind == 1:
        return first[:cut] + chance.choice(VOCABULARY) + first[cut:]
    return first[:cut] + second[chance.randint(0, len(second) - 1) :] if kind == 2 else chance.choice(VOCABULARY)


@pytest.mark.parametrize("folder", ["ask", "ask_care", "ask_prosperity"])
def test_there_is_an_answer_that_is_proven(folder: str, request: pytest.FixtureRequest):
    ask: Ask = request.getfixturevalue(folder)
    result, chance = ask.assistant.result, random.Random(20211231)
    names = [name for node in result.definition.nodes.values() for name in (node.name, *node.aliases)]
    first, *_, last = result.span
    years = [*(f"{year}年" for year in range(first - 1, last + 2)), f"{first}-{last}年", "去年", "in the last year", ""]
    for _ in range(_CONVERSATIONS):
        conversation, asked = Conversation(), list[str]()
        for _ in range(chance.randint(1, 3)):
            asked.append(jumbled(chance, names, years))
            try:
                answer = ask.assistant.ask(asked[-1], conversation)
            except QuestionError:
                continue
            assert not ask.assistant.is_withdrawn(answer), (asked, answer.warnings)
