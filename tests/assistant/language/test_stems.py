"""English words by their stems and numbers."""

import re

import pytest

from assistant.language.stems import either_number, singular, stem


def test_a_word_and_its_inflections_have_one_stem():
    assert stem("punctual") == stem("punctuality")


@pytest.mark.parametrize(
    ("noun", "one"), [("observatories", "observatory"), ("theatres", "theatre"), ("glass", "glass"), ("port", "port")]
)
def test_the_singular_of_a_regular_noun(noun: str, one: str):
    assert singular(noun) == one
    assert re.fullmatch(either_number(one), noun)
