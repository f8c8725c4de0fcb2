"""The Human Development Index, held to what the UNDP publishes.

Observations and published figures: Human Development Report 2023-24, time series (6,171 country-years). The expected
attribution was computed apart from this engine, by the additive log-mean Divisia index.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from scoring import IndexResult, attribute_change, compute, load_definition, read_observations, read_published

FOLDER = Path(__file__).parent / "hdi"


@pytest.fixture(scope="module")
def hdi() -> IndexResult:
    definition = load_definition(FOLDER / "index.yaml")
    return compute(definition, read_observations(FOLDER / "observations.csv", definition))


def test_every_published_figure_is_met(hdi: IndexResult):
    published = read_published(FOLDER / "published.csv", hdi.definition)
    errors = [float(p.printed) - hdi.score("hdi", p.year, p.unit) for p in published]
    assert len(errors) == 6171
    assert np.abs(errors).max() <= 0.0005


def test_every_country_s_change_is_split_as_by_hand(hdi: IndexResult):
    with (FOLDER / "attribution.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) > 400
    for row in expected:
        split = attribute_change(hdi, "hdi", int(row["start"]), int(row["end"]), row["unit"])
        assert split.change == pytest.approx(float(row["change"]), abs=1e-9)
        known = {node: float(text) for node, text in row.items() if node in split.parts and text}
        assert known.keys() >= {"health", "education", "income"}
        assert {node: split.parts[node].contribution for node in known} == pytest.approx(known, abs=1e-9)
        assert abs(split.residual) < 1e-12
