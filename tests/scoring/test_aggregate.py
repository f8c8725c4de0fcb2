import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.aggregate import AGGREGATIONS

PARTS = st.lists(st.tuples(st.floats(0.1, 120), st.floats(0.01, 10)), min_size=1, max_size=8)
METHODS = sorted(AGGREGATIONS)


def mean(method: str, parts: list[tuple[float, float]]) -> float:
    total = sum(weight for _, weight in parts)
    scores = [np.array([score]) for score, _ in parts]
    return float(AGGREGATIONS[method].of(scores, [weight / total for _, weight in parts])[0])


@pytest.mark.parametrize(
    ("method", "expected"),
    [("arithmetic", (2 * 3 + 8) / 3), ("geometric", (2 * 2 * 8) ** (1 / 3)), ("harmonic", 3 / (2 / 2 + 1 / 8))],
)
def test_each_mean_by_hand(method: str, expected: float):
    parts = [(3.0, 2.0), (8.0, 1.0)] if method == "arithmetic" else [(2.0, 2.0), (8.0, 1.0)]
    assert mean(method, parts) == pytest.approx(expected)


@pytest.mark.parametrize("method", METHODS)
@given(parts=PARTS, factor=st.floats(0.1, 10))
def test_means_are_bounded_and_indifferent_to_order_and_scale(
    method: str, parts: list[tuple[float, float]], factor: float
):
    value = mean(method, parts)
    scores = [score for score, _ in parts]
    assert min(scores) - 1e-9 <= value <= max(scores) + 1e-9
    assert mean(method, parts[::-1]) == pytest.approx(value)
    assert mean(method, [(score, factor * weight) for score, weight in parts]) == pytest.approx(value)
    assert mean(method, [(factor * score, weight) for score, weight in parts]) == pytest.approx(factor * value)


@pytest.mark.parametrize("method", METHODS)
@given(parts=PARTS, rise=st.floats(0, 50))
def test_a_mean_does_not_fall_when_a_part_rises(method: str, parts: list[tuple[float, float]], rise: float):
    (score, weight), *others = parts
    assert mean(method, [(score + rise, weight), *others]) >= mean(method, parts) - 1e-9


@given(parts=PARTS)
def test_the_means_stand_in_their_order(parts: list[tuple[float, float]]):
    assert mean("harmonic", parts) <= mean("geometric", parts) + 1e-9
    assert mean("geometric", parts) <= mean("arithmetic", parts) + 1e-9


@pytest.mark.parametrize("method", METHODS)
@given(start=st.floats(0.1, 120), step=st.one_of(st.just(0.0), st.floats(-1e-9, 1e-9), st.floats(-0.09, 100)))
def test_the_slope_is_that_of_the_transform_even_where_both_ends_meet(method: str, start: float, step: float):
    chosen = AGGREGATIONS[method]
    a, b = np.array([start]), np.array([start + step])
    slope = float(np.broadcast_to(chosen.slope(a, b), 1)[0])
    if abs(step) > 1e-3:
        expected = (chosen.transform(b) - chosen.transform(a))[0] / (b - a)[0]
        assert slope == pytest.approx(expected, rel=1e-6)
    else:
        h = start * 1e-5
        middle = (chosen.transform(a + h) - chosen.transform(a - h))[0] / (2 * h)
        assert slope == pytest.approx(middle, rel=1e-2)
