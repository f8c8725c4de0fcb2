"""The lists of words can be read: each is in order, Chinese before Latin, and holds nothing twice."""

from typing import Any, get_type_hints

import pytest

from assistant.language.phrasings import read_words
from assistant.language.word_lists import ByName, WordLists, Words

WORDS = read_words()
HINTS = get_type_hints(WordLists, include_extras=True)


def lists() -> list[Any]:
    plain = [pytest.param(WORDS[name], id=name) for name, hint in HINTS.items() if hint == Words]
    by_name = [name for name, hint in HINTS.items() if hint == ByName]
    return [
        *plain,
        *(pytest.param(words, id=f"{name}.{key}") for name in by_name for key, words in WORDS[name].items()),
    ]


@pytest.mark.parametrize("words", lists())
def test_a_list_of_words_is_in_order_and_holds_none_twice(words: list[str]):
    assert words == sorted(set(words), key=lambda word: (word.isascii(), word))


def test_every_list_has_a_field_or_is_read_by_itself():
    assert set(HINTS) <= set(WORDS)
