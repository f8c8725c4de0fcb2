import inspect
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.normalise import NORMALISATIONS, CurveError, Line, NothingObservedError, fit, nothing_observed

OBSERVED = np.array([10.0, 20.0, 20.0, 50.0])


def observed() -> np.ndarray:
    return OBSERVED


@pytest.mark.parametrize(
    ("method", "parameters", "less_is_better", "expected"),
    [
        ("efficacy", {"floor": 0.0, "target": 40.0}, False, [70, 80, 80, 100]),
        ("efficacy", {"floor": 50.0, "target": 10.0}, True, [100, 90, 90, 60]),
        ("minmax", {}, False, [0, 25, 25, 100]),
        ("minmax", {}, True, [100, 75, 75, 0]),
        ("minmax", {"lower": 0.0, "upper": 40.0, "scale": (1.0, 5.0)}, False, [2, 3, 3, 6]),
        ("minmax", {"lower": 0.0, "upper": 40.0, "scale": (1.0, 5.0), "cap": True}, False, [2, 3, 3, 5]),
        ("minmax", {"lower": 1.0, "upper": 100.0, "transform": "log"}, False, [50, 65.0515, 65.0515, 84.9485]),
        ("zscore", {}, False, [-1, -1 / 3, -1 / 3, 5 / 3]),
        ("zscore", {}, True, [1, 1 / 3, 1 / 3, -5 / 3]),
        ("rank", {}, False, [1, 2.5, 2.5, 4]),
        ("rank", {}, True, [4, 2.5, 2.5, 1]),
        ("target", {"target": 50.0}, False, [0, 25, 25, 100]),
        ("target", {"target": 10.0}, True, [100, 75, 75, 0]),
        ("target", {"target": 25.0, "start": 0.0, "cap": True}, False, [40, 80, 80, 100]),
        ("none", {}, False, [10, 20, 20, 50]),
    ],
)
def test_each_method_by_hand(method: str, parameters: dict[str, float], less_is_better: bool, expected: list[float]):
    curve = fit(method, parameters, observed, less_is_better=less_is_better)
    scores = curve.scores(OBSERVED)
    if method == "zscore":
        expected = [value * 15 / float(np.std(OBSERVED)) for value in expected]
    assert scores == pytest.approx(expected, abs=1e-4)


LINES = [
    ("efficacy", {"floor": 35.0, "target": 15.0}, True),
    ("minmax", {"lower": 1.0, "upper": 90.0, "transform": "log"}, False),
    ("target", {"target": 60.0, "start": 5.0}, False),
    ("none", {}, False),
]


@pytest.mark.parametrize(("method", "parameters", "less_is_better"), LINES)
@given(raw=st.floats(1, 80))
def test_the_way_back_leads_back(method: str, parameters: dict[str, float], less_is_better: bool, raw: float):
    curve = fit(method, parameters, observed, less_is_better=less_is_better)
    score = float(curve.scores(np.array([raw]))[0])
    if curve.best is None or score < curve.best:
        assert curve.raw(score) == pytest.approx(raw)


@pytest.mark.parametrize(("method", "parameters", "less_is_better"), LINES)
@given(raws=st.tuples(st.floats(1, 80), st.floats(1, 80)))
def test_a_better_value_never_scores_less(
    method: str, parameters: dict[str, float], less_is_better: bool, raws: tuple[float, float]
):
    curve = fit(method, parameters, observed, less_is_better=less_is_better)
    worse, better = sorted(raws, reverse=less_is_better)
    low, high = curve.scores(np.array([worse, better]))
    assert low <= high + 1e-9


@pytest.mark.parametrize(
    ("line", "raw", "expected"),
    [
        (Line(35, 15, 60, 100, cap=100), "18", "min(60 + 40 × (18 - 35) ÷ (15 - 35), 100)"),
        (Line(1, 100, 0, 100, log=True), "10", "0 + 100 × (ln(10) - ln(1)) ÷ (ln(100) - ln(1))"),
        (Line(0, 1, 0, 1), "91.32", "91.32"),
    ],
)
def test_a_line_is_written_as_arithmetic_that_computes(line: Line, raw: str, expected: str):
    assert line.formula(raw) == expected
    arithmetic = expected.replace("×", "*").replace("÷", "/")
    value = eval(arithmetic, {"min": min, "ln": math.log})
    assert line.scores(np.array([float(raw)]))[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("method", "parameters", "message"),
    [
        ("efficacy", {"floor": 15.0, "target": 15.0}, "参照值相同（15）"),
        ("efficacy", {"floor": 35.0, "target": 15.0}, "direction: higher 与 floor 35、target 15 的大小矛盾"),
        ("minmax", {"lower": 5.0, "upper": 1.0}, "下限 lower 5 大于上限 upper 1"),
        ("minmax", {"lower": 0.0, "upper": 1.0, "transform": "log"}, "要求参照值大于 0"),
        ("target", {"target": 1.0, "start": 5.0}, "与起点 5、target 1 的大小矛盾"),
    ],
)
def test_parameters_that_make_no_curve_say_why(method: str, parameters: dict[str, float], message: str):
    with pytest.raises(CurveError, match=message):
        fit(method, parameters, observed, less_is_better=False)


def test_a_method_that_needs_data_says_so_and_the_others_do_not_look():
    for method, parameters in (("minmax", {}), ("zscore", {}), ("rank", {}), ("target", {"target": 1.0})):
        with pytest.raises(NothingObservedError):
            fit(method, parameters, nothing_observed, less_is_better=False)
    fit("efficacy", {"floor": 0.0, "target": 1.0}, nothing_observed, less_is_better=False)


def test_every_method_explains_itself():
    assert all(inspect.getdoc(method) for method in NORMALISATIONS.values())
