from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring import (
    DefinitionError,
    IndexDefinition,
    IndexResult,
    Node,
    Normalisation,
    Observation,
    Observations,
    Point,
    Reference,
    attribute,
    attribute_change,
    compute,
    consecutive_contributions,
    display,
)
from scoring.aggregate import AGGREGATIONS

from .trees import AFTER, BEFORE, UNIT, indices, weights


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


@pytest.mark.parametrize("aggregation", [*AGGREGATIONS, None])
@given(data=st.data())
def test_every_level_adds_up_to_the_change_without_residual(aggregation: str | None, data: st.DataObject):
    definition, observations = data.draw(indices(aggregation=aggregation))
    split = attribute_change(compute(definition, observations), definition.root.id, BEFORE, AFTER)
    assert abs(split.residual) < 1e-9
    for node in definition.nodes.values():
        if node.children and node is not definition.root:
            below = sum(split.parts[child.id].contribution for child in node.children)
            assert below == pytest.approx(split.parts[node.id].contribution, abs=1e-9)
    assert all(part.weight_effect == part.scale_effect == 0 for part in split.parts.values())


@given(data=st.data())
def test_gaps_weights_and_values_are_told_apart_and_still_add_up(data: st.DataObject):
    definition, observations = data.draw(indices(missing="reweight"))
    definition = replace(definition, min_coverage=data.draw(st.sampled_from([0.0, 0.6])))
    other = replace(definition, root=reweighed(definition.root, data))
    base, point = compute(definition, observations), compute(other, observations)
    assume(base.has_score(definition.root.id, BEFORE) and point.has_score(definition.root.id, AFTER))
    split = attribute(definition.root.id, Point(base, BEFORE, UNIT), Point(point, AFTER, UNIT))
    assert abs(split.residual) < 1e-9
    assert all(part.scale_effect == 0 for part in split.parts.values())


def reweighed(node: Node, data: st.DataObject) -> Node:
    children = tuple(reweighed(child, data) for child in node.children)
    return replace(node, weight=data.draw(weights), children=children)


@given(data=st.data())
def test_nothing_moves_between_a_point_and_itself(data: st.DataObject):
    definition, observations = data.draw(indices())
    split = attribute_change(compute(definition, observations), definition.root.id, AFTER, AFTER)
    assert all(part.contribution == 0 for part in split.parts.values())


@given(data=st.data())
def test_the_way_back_is_the_way_there_reversed(data: st.DataObject):
    definition, observations = data.draw(indices())
    result = compute(definition, observations)
    there = attribute_change(result, definition.root.id, BEFORE, AFTER).parts
    back = attribute_change(result, definition.root.id, AFTER, BEFORE).parts
    assert {n: p.contribution for n, p in there.items()} == pytest.approx({n: -p.contribution for n, p in back.items()})


def test_by_hand_geometric_is_the_log_mean_divisia_index():
    # S = (50·80)^½ → (60·80)^½; the log mean of both, times half the log of 60/50, is the whole change.
    leaves = (Node("a", "甲", 1), Node("b", "乙", 1))
    definition = IndexDefinition(Node("i", "指数", 1, leaves, aggregation="geometric"), default_unit=UNIT)
    values = {("a", BEFORE): 50.0, ("b", BEFORE): 80.0, ("a", AFTER): 60.0, ("b", AFTER): 80.0}
    cells = [Observation(UNIT, year, leaf, score=score) for (leaf, year), score in values.items()]
    split = attribute_change(compute(definition, Observations.of(definition, cells)), "i", BEFORE, AFTER)
    start, end = 4000**0.5, 4800**0.5
    log_mean = (end - start) / np.log(end / start)
    assert split.parts["a"].contribution == pytest.approx(log_mean * 0.5 * np.log(60 / 50), abs=1e-12)
    assert split.parts["b"].contribution == 0


def dated(definition_years: tuple[int, int]) -> Normalisation:
    until, since = definition_years
    old, new = {"floor": 35.0, "target": 15.0}, {"floor": 25.0, "target": 10.0}
    return Normalisation("efficacy", (Reference(old, "old", until=until), Reference(new, "new", since=since)))


def test_a_stricter_standard_is_told_apart_from_cleaner_air():
    air = Node("air", "空气", 1, normalise=dated((BEFORE, AFTER)), direction="lower")
    water = Node("water", "水", 3)
    definition = IndexDefinition(Node("i", "指数", 1, (air, water)), default_unit=UNIT)
    cells = [
        Observation(UNIT, BEFORE, "air", raw=25.0),  # 80 by the old standard, 60 by the new
        Observation(UNIT, AFTER, "air", raw=20.0),  # 90 by the old standard, 60 + 40·5/15 by the new
        *(Observation(UNIT, year, "water", score=90.0) for year in (BEFORE, AFTER)),
    ]
    split = attribute_change(compute(definition, Observations.of(definition, cells)), "i", BEFORE, AFTER)
    part = split.parts["air"]
    old_before, old_after, new_before, new_after = 80.0, 90.0, 60.0, 60 + 40 * 5 / 15
    value = (old_after - old_before + new_after - new_before) / 2
    scale = (new_before - old_before + new_after - old_after) / 2
    assert (part.value_effect, part.scale_effect) == pytest.approx((0.25 * value, 0.25 * scale))
    assert part.weight_effect == 0
    assert abs(split.residual) < 1e-12


def test_a_heavier_weight_of_a_better_indicator_lifts_the_index():
    before = IndexDefinition(Node("i", "指数", 1, (Node("a", "甲", 1), Node("b", "乙", 1))), default_unit=UNIT)
    after = replace(before, root=replace(before.root, children=(Node("a", "甲", 3), Node("b", "乙", 1))))
    cells = [Observation(UNIT, BEFORE, "a", score=90.0), Observation(UNIT, BEFORE, "b", score=70.0)]
    base, point = (compute(edition, Observations.of(edition, cells)) for edition in (before, after))
    split = attribute("i", Point(base, BEFORE, UNIT), Point(point, BEFORE, UNIT))
    effects = {node: (part.value_effect, part.weight_effect) for node, part in split.parts.items()}
    # 80 → 85; against the mean level of 82.5, a gains 0.25 × 7.5 and b loses 0.25 × -12.5.
    assert effects == {"a": (0, pytest.approx(1.875)), "b": (0, pytest.approx(3.125))}


def test_two_units_of_one_year_are_compared():
    definition = IndexDefinition(Node("i", "指数", 1, (Node("a", "甲", 1), Node("b", "乙", 3))))
    cells = [
        Observation(unit, BEFORE, leaf, score=score)
        for unit, leaf, score in [("东", "a", 80.0), ("东", "b", 90.0), ("西", "a", 60.0), ("西", "b", 98.0)]
    ]
    result = compute(definition, Observations.of(definition, cells))
    split = attribute("i", Point(result, BEFORE, "东"), Point(result, BEFORE, "西"))
    assert {node: part.contribution for node, part in split.parts.items()} == {"a": -5.0, "b": 6.0}


def test_indices_of_different_structure_cannot_be_compared(result: IndexResult):
    other = IndexDefinition(Node(result.definition.root.id, "指数", 1, (Node("a", "甲", 1),)), default_unit=UNIT)
    point = compute(other, Observations.of(other, [Observation(UNIT, AFTER, "a", score=1.0)]))
    with pytest.raises(DefinitionError, match="结构不同"):
        attribute(other.root.id, Point(result, 2020, "深圳市"), Point(point, AFTER, UNIT))


def test_points_growth_points_and_shares_are_four_different_things(result: IndexResult):
    split = attribute_change(result, "quality_level", 2020, 2021)
    part = split.parts["tap_water"]
    assert part.contribution == pytest.approx(-1.0)
    assert part.growth_points == pytest.approx(-100 / 94.24375)
    assert part.share == pytest.approx(1.0 / 0.59375)
    assert sum(p.share for p in split.contributions if p.share is not None) == pytest.approx(1)


def test_shares_are_withheld_when_the_change_is_next_to_nothing(result: IndexResult):
    attribution = attribute_change(result, "safety_level", 2017, 2018)
    assert display(attribution.change) == "0.03"
    assert [part.share for part in attribution.contributions] == [None, None]


def test_largest_movement_comes_first_and_an_indicator_is_its_own_only_part(result: IndexResult):
    sizes = [abs(part.contribution) for part in attribute_change(result, "quality_level", 2016, 2021).contributions]
    assert sizes == sorted(sizes, reverse=True)
    [part] = attribute_change(result, "tap_water", 2020, 2021).contributions
    assert (part.weight, part.contribution) == (1.0, -4.0)


def test_all_changes_at_once_are_the_same_as_one_by_one(result: IndexResult):
    root = result.definition.root.id
    table = consecutive_contributions(result, root)
    assert np.isnan(table[0]).all()
    for row, (start, end) in enumerate(zip(result.years(), result.years()[1:], strict=False), start=1):
        parts = attribute_change(result, root, start, end).parts
        expected = [parts[node.id].contribution for node in result.definition.indicators]
        assert table[row] == pytest.approx(expected, abs=1e-12)
