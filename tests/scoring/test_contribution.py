import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import IndexResult, attribute_change, display


def shown(result: IndexResult, node: str, start: int, end: int) -> dict[str, str]:
    attribution = attribute_change(result, node, start, end)
    return {part.node.id: display(part.contribution, signed=True) for part in attribution.contributions}


def test_the_fall_of_the_quality_level_is_split_exactly(result: IndexResult):
    assert shown(result, "quality_level", 2020, 2021) == {
        "tap_water": "-1.00",
        "surface_water": "+0.86",
        "night_noise": "-0.40",
        "eco_index": "-0.30",
        "pm25": "+0.25",
        "coastal_water": "0.00",
    }
    assert attribute_change(result, "quality_level", 2020, 2021).change == pytest.approx(-0.59375)


@given(data=st.data())
def test_contributions_add_up_without_residual_for_every_node_and_pair_of_years(
    result: IndexResult, data: st.DataObject
):
    node = data.draw(st.sampled_from(list(result.definition.nodes)))
    start, end = data.draw(st.tuples(*[st.sampled_from(result.years())] * 2))
    attribution = attribute_change(result, node, start, end)
    assert abs(attribution.residual) < 1e-9
    by_dimension = sum(part.contribution for part in attribution.dimensions)
    assert by_dimension == pytest.approx(attribution.change if attribution.dimensions else 0, abs=1e-9)
    backwards = attribute_change(result, node, end, start)
    assert backwards.change == pytest.approx(-attribution.change)


def test_largest_movement_comes_first(result: IndexResult):
    sizes = [abs(part.contribution) for part in attribute_change(result, "quality_level", 2016, 2021).contributions]
    assert sizes == sorted(sizes, reverse=True)


def test_shares_are_of_the_change_and_add_up_to_one(result: IndexResult):
    shares = [part.share for part in attribute_change(result, "quality_level", 2020, 2021).contributions]
    assert sum(share for share in shares if share is not None) == pytest.approx(1)


def test_shares_are_withheld_when_the_change_is_next_to_nothing(result: IndexResult):
    attribution = attribute_change(result, "safety_level", 2017, 2018)
    assert display(attribution.change) == "0.03"
    assert [part.share for part in attribution.contributions] == [None, None]


def test_an_indicator_is_its_own_only_part(result: IndexResult):
    [part] = attribute_change(result, "tap_water", 2020, 2021).contributions
    assert (part.weight, part.contribution) == (1.0, -4.0)
