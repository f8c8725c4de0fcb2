import pytest

from scoring import (
    IndexDefinition,
    IndexResult,
    Node,
    Observation,
    Observations,
    ScenarioError,
    Trend,
    compute,
    trend_of,
)


def course(*scores: float) -> Trend:
    definition = IndexDefinition(Node("i", "指数", 1, (Node("a", "甲", 1),)), default_unit="u")
    cells = [Observation("u", 2000 + year, "a", score=score) for year, score in enumerate(scores)]
    return trend_of(compute(definition, Observations.of(definition, cells)), "i")


def test_the_safety_level_rose_three_years_and_fell_two(result: IndexResult):
    found = trend_of(result, "safety_level")
    assert [(s.direction, s.length, round(s.change.value, 3)) for s in found.streaks] == [(1, 3, 4.765), (-1, 2, -3.0)]
    assert [(t.years, round(t.value, 2)) for t in found.turning_points] == [((2019,), 92.6)]
    assert found.cumulative.formula == "89.6 - 87.835 = 1.765"
    assert (found.best.years, found.worst.years) == ((2019,), (2016,))


def test_a_flat_stretch_turns_at_its_end_and_ties_are_all_named():
    found = course(1, 3, 3, 2, 2)
    assert [t.years for t in found.turning_points] == [(2002,)]
    assert [(s.direction, s.length) for s in found.streaks] == [(1, 1), (0, 1), (-1, 1), (0, 1)]
    assert found.best.years == (2001, 2002)


def test_volatility_is_the_standard_deviation_of_the_changes():
    found = course(0, 1, 4)
    assert found.volatility is not None
    assert found.volatility.value == pytest.approx(2**0.5)
    assert found.volatility.formula == "√(((1 - 2)² + (3 - 2)²) ÷ 1) = 1.414214"
    assert course(1, 2).volatility is None


def test_a_pace_needs_a_later_year(result: IndexResult):
    found = trend_of(result, "shenzhen-eco-quality").pace_to(95, 2025)
    assert found.value == pytest.approx((95 - 93.226) / 4)
    assert found.formula == "(95 - 93.226) ÷ (2025 - 2021) = 0.4435"
    with pytest.raises(ScenarioError, match="2021.*之后"):
        trend_of(result, "shenzhen-eco-quality").pace_to(95, 2021)


def test_one_year_has_no_changes():
    found = course(5)
    assert (found.changes, found.streaks, found.cumulative.value) == ((), (), 0)
