from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import (
    IndexDefinition,
    IndexResult,
    Node,
    Observation,
    ObservationError,
    Observations,
    Problem,
    UnknownUnitError,
    UnknownYearError,
    compute,
)

# Recomputed by hand from Table 2 of the report, exact before rounding.
EXPECTED = {
    "shenzhen-eco-quality": [82.879, 86.705, 88.3695, 90.659, 92.9715, 93.226],
    "quality_level": [85.4125, 86.0625, 87.42375, 89.9175, 94.24375, 93.65],
    "environment_quality": [82.99, 80.09, 82.7825, 87.235, 96.2875, 97.70],
    "safety_level": [87.835, 92.035, 92.065, 92.60, 92.20, 89.60],
    "development_capacity": [80.16, 86.98, 88.67, 92.05, 92.79, 93.755],
    "sense_of_gain": [83.25, 87.44, 89.66, 89.36, 90.79, 91.32],
}


@pytest.mark.parametrize("node_id", EXPECTED)
def test_the_report_is_recomputed_exactly(result: IndexResult, node_id: str):
    scores = [result.score(node_id, year) for year in result.years()]
    assert scores == pytest.approx(EXPECTED[node_id], abs=1e-9)


def test_the_same_input_gives_the_same_bits(result: IndexResult):
    assert (compute(result.definition, result.observations).matrix == result.matrix).all()


def test_the_table_has_a_row_a_period_and_a_column_a_node(result: IndexResult):
    assert result.scores.shape == (6, 17)
    assert result.scores.loc[("深圳市", 2021), "quality_level"] == pytest.approx(93.65)


def test_unknown_years_and_units_list_what_there_is(result: IndexResult):
    with pytest.raises(UnknownYearError, match="2023年；现有年份：2016、"):
        result.score("pm25", 2023)
    with pytest.raises(UnknownUnitError, match="广州市.*深圳市"):
        result.score("pm25", 2021, "广州市")


@pytest.mark.parametrize(
    ("node_id", "raw", "score"),
    [
        ("pm25", 18, 94.00),
        ("eco_index", 65.5, 81.00),
        ("eco_index", 66.6, 83.20),
        ("night_noise", 61.9, 93.01),
        ("night_noise", 69.0, 96.80),
        ("coastal_water", 39.4, 90.31),
        ("coastal_water", 52.9, 100.00),
        ("solid_waste", 39.7, 75.88),
        ("solid_waste", 91.33, 96.53),
        ("surface_water", 90.5, 100.00),
        ("satisfaction", 91.32, 91.32),
    ],
)
def test_the_inferred_curves_give_the_printed_pairs(
    definition: IndexDefinition, node_id: str, raw: float, score: float
):
    observations = {
        ("深圳市", 2021, leaf.id): Observation("深圳市", 2021, leaf.id, None, 50.0) for leaf in definition.indicators
    }
    observations["深圳市", 2021, node_id] = Observation("深圳市", 2021, node_id, raw, None)
    result = compute(definition, Observations.of(definition, observations.values()))
    assert round(result.score(node_id, 2021), 2) == score


def test_a_given_score_wins_over_one_computed_from_the_raw_value(result: IndexResult):
    assert result.score("sewage_capacity", 2021) == 90.98


def test_gaps_are_named_all_at_once(definition: IndexDefinition):
    observations = Observations.of(definition, [Observation("深圳市", 2021, "tap_water", 99.0)])
    with pytest.raises(ObservationError) as error:
        compute(definition, observations)
    assert len(error.value.problems) == 9
    assert "管网饮用水质量：只有原始值" in str(error.value)


def test_what_is_wrong_in_the_same_way_in_several_places_is_said_once():
    problems = [Problem("第2行", "没有这个指标"), Problem("第3行", "没有这一年"), Problem("第4行", "没有这个指标")]
    assert str(ObservationError("f.csv", problems)) == (
        "f.csv 有 3 处问题：第2行、第4行：没有这个指标；第3行：没有这一年"
    )


def flat(weights: list[float]) -> IndexDefinition:
    leaves = tuple(Node(f"n{i}", f"指标{i}", weight) for i, weight in enumerate(weights))
    return IndexDefinition(Node("i", "指数", 1.0, leaves), default_unit="u")


def observed(scores: list[float]) -> Observations:
    cells = [Observation("u", 2000, f"n{i}", None, score) for i, score in enumerate(scores)]
    return Observations.of(flat([1.0] * len(scores)), cells)


WEIGHED = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 100)), min_size=1, max_size=9)


@given(WEIGHED, st.floats(0.01, 100))
def test_a_mean_is_bounded_and_indifferent_to_order_and_to_the_scale_of_weights(
    parts: list[tuple[float, float]], factor: float
):
    scores, weights = [s for s, _ in parts], [w for _, w in parts]
    mean = compute(flat(weights), observed(scores)).score("i", 2000)
    assert min(scores) - 1e-9 <= mean <= max(scores) + 1e-9
    assert compute(flat(weights[::-1]), observed(scores[::-1])).score("i", 2000) == pytest.approx(mean)
    assert compute(flat([factor * w for w in weights]), observed(scores)).score("i", 2000) == pytest.approx(mean)


@given(WEIGHED, st.floats(0, 50))
def test_a_mean_does_not_fall_when_a_part_rises(parts: list[tuple[float, float]], rise: float):
    scores, weights = [s for s, _ in parts], [w for _, w in parts]
    before = compute(flat(weights), observed(scores)).score("i", 2000)
    after = compute(flat(weights), observed([scores[0] + rise, *scores[1:]])).score("i", 2000)
    assert after >= before - 1e-9


def test_nothing_is_read_at_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import subprocess
    import sys

    code = "import sys, scoring; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
