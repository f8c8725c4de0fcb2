import numpy as np
import pytest

from scoring import (
    IndexDefinition,
    IndexResult,
    Node,
    Observation,
    Observations,
    alternatives,
    compute,
    draw_weights,
    equally_weighted,
    leave_out,
)

CITY = "深圳市"
ROOT = "shenzhen-eco-quality"


def test_the_same_seed_gives_the_same_draws_and_another_seed_others(result: IndexResult):
    first, again, other = (draw_weights(result, ROOT, draws=50, seed=seed).scores for seed in (1, 1, 2))
    assert (first == again).all()
    assert not (first == other).any()


def test_draws_lie_around_the_given_weights(result: IndexResult):
    drawn = draw_weights(result, ROOT)
    assert drawn.scores.shape == (1000, 6)
    assert drawn.scores.mean(axis=0) == pytest.approx(drawn.given, abs=0.1)
    low, high = drawn.interval((CITY, 2021))
    assert low < 93.226 < high


def test_a_wide_lead_survives_every_draw_and_a_narrow_one_most(result: IndexResult):
    drawn = draw_weights(result, ROOT)
    assert drawn.survival((CITY, 2021), (CITY, 2016)) == 1
    assert 0.9 < drawn.survival((CITY, 2021), (CITY, 2020)) < 1


def test_weights_drawn_are_shares_whatever_the_mean(result: IndexResult):
    scores = result.matrix[:, 1:]
    drawn = draw_weights(result, ROOT).scores
    assert (drawn >= scores.min(axis=1) - 1e-9).all()
    assert (drawn <= scores.max(axis=1) + 1e-9).all()


def test_every_other_choice_is_tried_and_told(result: IndexResult):
    tried = {(other.kind, other.choice): other for other in alternatives(result, ROOT)}
    assert [choice for kind, choice in tried if kind == "aggregation"] == ["geometric", "harmonic"]
    assert [choice for kind, choice in tried if kind == "normalisation"] == ["minmax", "zscore", "rank"]
    assert [choice for kind, choice in tried if kind == "without"] == [n.id for n in result.definition.indicators]
    without = tried["without", "surface_water"].scores[CITY, 2021]
    # The three siblings share the weight of 环境质量水平 (0.2) among them.
    by_hand = 93.226 - 0.2 * 97.7 + 0.2 * (94 + 100 + 96.8) / 3
    assert without == pytest.approx(by_hand)
    assert tried["without", "surface_water"].upholds((CITY, 2021), (CITY, 2020)) is False
    assert tried["aggregation", "geometric"].upholds((CITY, 2021), (CITY, 2020)) is True


def test_equal_weights_are_the_plain_mean_of_the_indicators(result: IndexResult):
    equal = equally_weighted(result, ROOT)
    by_hand = (94 + 100 + 100 + 96.8 + 96 + 83.2 + 90.98 + 96.53 + 91.32) / 9
    assert (equal.kind, equal.choice) == ("weights", "equal")
    assert equal.scores[CITY, 2021] == pytest.approx(by_hand)


def test_a_dimension_left_out_leaves_its_weight_to_the_others(result: IndexResult):
    found = leave_out(result, ROOT, "development_capacity")
    assert found is not None
    quality, gain = (result.score(node, 2021) for node in ("quality_level", "sense_of_gain"))
    assert found.scores[CITY, 2021] == pytest.approx((0.4 * quality + 0.2 * gain) / 0.6)


def test_nothing_is_left_of_a_node_without_all_that_it_consists_of(result: IndexResult):
    assert leave_out(result, ROOT, ROOT) is None
    assert leave_out(result, "public_satisfaction", "satisfaction") is None


def test_a_choice_without_a_value_says_why():
    leaves = (Node("a", "甲", 1), Node("b", "乙", 1))
    definition = IndexDefinition(Node("i", "指数", 1, leaves, aggregation="geometric"), default_unit="u")
    cells = [Observation("u", year, leaf, score=50.0 + year % 7) for year in (2020, 2021) for leaf in "ab"]
    cells[0] = Observation("u", 2020, "a", score=60.0)
    result = compute(definition, Observations.of(definition, cells))
    tried = {other.choice: other for other in alternatives(result, "i")}
    assert "不大于 0" in tried["zscore"].problem
    assert tried["zscore"].upholds(("u", 2021), ("u", 2020)) is None


def test_a_gap_leaves_its_weight_to_the_others():
    definition = IndexDefinition(
        Node("i", "指数", 1, (Node("a", "甲", 1), Node("b", "乙", 1))), default_unit="u", missing="reweight"
    )
    result = compute(definition, Observations.of(definition, [Observation("u", 2020, "a", score=70.0)]))
    assert np.allclose(draw_weights(result, "i", draws=5).scores, 70)
