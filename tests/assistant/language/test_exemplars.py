"""The nearest exemplar of each kind."""

import pytest

from assistant.language.exemplars import Exemplars
from assistant.language.phrasings import RESEMBLANCE

EXEMPLARS = Exemplars({"why": ["{node}{year}为什么下降", "why did {node} fall"], "value": ["{node}{year}得分是多少"]})


def test_an_exemplar_is_most_like_itself():
    likeness = EXEMPLARS.compared("{node}{year}为什么下降")[0]
    assert likeness["why"] == pytest.approx(1.0)
    assert 0 < likeness["value"] < 1


def test_the_nearest_exemplar_of_a_kind_counts():
    assert EXEMPLARS.compared("why did {node} fall")[0]["why"] == pytest.approx(1.0)


def test_words_that_no_exemplar_has_are_like_none():
    assert max(EXEMPLARS.compared("明天开会")[0].values()) < RESEMBLANCE


def test_the_probable_kind_is_the_one_whose_exemplars_hold_the_words():
    probability = EXEMPLARS.compared("那年得分为什么会下降")[1]
    assert sum(probability.values()) == pytest.approx(1.0, abs=1e-6)
    assert probability["why"] > 0.5 > probability["value"]
