from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import display, round_half_up


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (93.755, "93.76"),
        (86.705, "86.71"),
        (2.675, "2.68"),
        (1.005, "1.01"),
        (-0.595, "-0.60"),
        (0.125, "0.13"),
        (93.7549, "93.75"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
    ],
)
def test_halves_are_rounded_up_as_they_are_written(value: float, shown: str):
    assert display(value) == shown


def test_a_sign_stands_before_a_rise_and_a_fall_only():
    assert [display(v, signed=True) for v in (0.25, -1.0, 0.004)] == ["+0.25", "-1.00", "0.00"]


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 4))
def test_a_written_decimal_rounds_as_its_text_does(thousandths: int, decimals: int):
    written = Decimal(thousandths) / 1000
    expected = written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert round_half_up(float(written), decimals) == expected


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 100)), min_size=1, max_size=9))
def test_float_noise_of_a_weighted_mean_is_seen_through(parts: list[tuple[int, int]]):
    total = sum(weight for _, weight in parts)
    mean = sum(score / 100 * (weight / total) for score, weight in parts)
    exact = sum(Fraction(score, 100) * Fraction(weight, total) for score, weight in parts)
    if (exact * 10**11).denominator == 1:  # a decimal that could be written down
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        assert round_half_up(mean) == quotient.quantize(Decimal("0.01"), ROUND_HALF_UP)
