"""The clauses of a long sentence that are quoted by themselves."""

import pytest

from assistant.language.phrasings import phrasings
from assistant.sources.clauses import core

_SENTENCE = "近年来水质好转，但河流水质仍不稳定，且修复工程滞后，西部海域长期劣于四类，改善难度大，需重点发力。"


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("河流", "河流水质仍不稳定"),
        ("海域", "西部海域长期劣于四类，改善难度大"),
        ("修复", "河流水质仍不稳定，且修复工程滞后"),
        ("大气", _SENTENCE.rstrip("。")),
    ],
)
def test_the_fewest_clauses_that_name_the_thing_and_tell_of_a_problem_are_quoted(name: str, quoted: str):
    found = core(phrasings(), "problem", _SENTENCE, lambda text: name in text)
    assert found == quoted
    assert found in _SENTENCE


def test_what_no_words_tell_of_is_quoted_whole():
    assert core(phrasings(), "strategy", _SENTENCE, bool) == _SENTENCE
