"""Which slips in common English words are mended, and which words are left as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.phrasings import phrasings
from assistant.language.respelling import Respelling

VOCABULARY = sorted(word for word in phrasings().english_words if len(word) > 4)
RESPELLING = Respelling(VOCABULARY, {"costs", "store"}.__contains__)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("overal scroe in 2022", "overall score in 2022"),
        ("wich inidcator droped most", "wich indicator dropped most"),
        ("perfromance of the first year", "performance of the first year"),
    ],
)
def test_a_word_with_one_slip_is_mended(written: str, meant: str):
    assert RESPELLING.mended(written) == meant


@pytest.mark.parametrize("written", ["costs in store", "scores scored scoring", "shore", "PM2.5", "2020年质量水平"])
def test_other_forms_and_other_words_stay(written: str):
    assert RESPELLING.mended(written) == written


@given(st.sampled_from(VOCABULARY))
def test_a_word_that_is_right_stays(word: str):
    assert RESPELLING.mended(word) == word


@given(st.sampled_from(VOCABULARY), st.data())
def test_what_is_mended_becomes_a_word_that_is_right(word: str, data: st.DataObject):
    place = data.draw(st.integers(1, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    mended = RESPELLING.mended(swapped)
    assert mended in {*VOCABULARY, swapped}
