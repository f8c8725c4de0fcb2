import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring import (
    IndexDefinition,
    IndexResult,
    Node,
    Observation,
    Observations,
    ScenarioError,
    Setting,
    cheapest_mix,
    compute,
    headroom,
    level_parts,
    require,
    run_scenario,
)

from .trees import AFTER, UNIT, indices


@given(data=st.data())
def test_what_is_needed_does_reach_the_value(data: st.DataObject):
    definition, observations = data.draw(indices())
    result = compute(definition, observations)
    root = definition.root.id
    indicator = data.draw(st.sampled_from(definition.indicators))
    target = result.score(root, AFTER) * data.draw(st.floats(0.9, 1.2))
    found = require(result, root, target, indicator.id, AFTER)
    assume(found.needed is not None and 0.01 < found.needed < 500)
    assert found.possible
    assert found.reached == pytest.approx(target, rel=1e-6)
    setting = Setting(indicator, "score", found.needed or 0)
    assert run_scenario(result, AFTER, [setting]).point.score(root) == pytest.approx(target, rel=1e-6)


def test_the_cap_makes_a_goal_impossible_and_says_how_far_it_gets(result: IndexResult):
    found = require(result, "shenzhen-eco-quality", 95, "pm25", 2021)
    assert not found.possible
    assert (found.best, found.raw) == (100, None)
    assert found.needed == pytest.approx(94 + (95 - 93.226) / 0.05)
    assert found.reached == pytest.approx(93.226 + 0.05 * 6)


def test_a_possible_goal_names_the_raw_value_as_an_estimate(result: IndexResult):
    found = require(result, "shenzhen-eco-quality", 95, "sewage_capacity", 2021)
    assert found.possible
    assert found.needed == pytest.approx(90.98 + (95 - 93.226) / 0.2)
    assert found.raw is not None
    assert found.raw.status == "inferred"
    assert found.raw.value == pytest.approx(850 * (90.98 + (95 - 93.226) / 0.2 - 60) / 40)


def test_a_dimension_can_be_what_reaches_a_goal_as_well(result: IndexResult):
    found = require(result, "shenzhen-eco-quality", 95, "development_capacity", 2021)
    assert (found.possible, found.raw, found.best) == (True, None, 100)
    assert found.needed == pytest.approx(result.score("development_capacity", 2021) + (95 - 93.226) / 0.4)
    assert found.reached == pytest.approx(95)


@given(data=st.data())
def test_what_a_dimension_needs_does_reach_the_value(data: st.DataObject):
    definition, observations = data.draw(indices())
    result = compute(definition, observations)
    root = definition.root
    inner = [node for node in definition.nodes.values() if node.children and node is not root]
    assume(inner)
    dimension = data.draw(st.sampled_from(inner))
    target = result.score(root.id, AFTER) * data.draw(st.floats(0.9, 1.2))
    found = require(result, root.id, target, dimension.id, AFTER)
    assume(found.needed is not None and 0.01 < found.needed < 500)
    assert found.reached == pytest.approx(target, rel=1e-6) or not found.possible


def test_no_score_at_all_helps_a_harmonic_mean_past_its_limit():
    definition = IndexDefinition(
        Node("i", "指数", 1, (Node("a", "甲", 1), Node("b", "乙", 1)), aggregation="harmonic"), default_unit=UNIT
    )
    cells = [Observation(UNIT, AFTER, leaf, score=50.0) for leaf in "ab"]
    found = require(compute(definition, Observations.of(definition, cells)), "i", 120, "a", AFTER)
    assert (found.needed, found.possible, found.reached) == (None, False, 50.0)


def test_headroom_is_what_each_indicator_could_still_add(result: IndexResult):
    rooms = headroom(result, "shenzhen-eco-quality", 2021)
    assert [room.indicator.id for room in rooms[:3]] == ["sewage_capacity", "satisfaction", "eco_index"]
    assert rooms[0].gain == pytest.approx(0.2 * (100 - 90.98))
    assert sum(room.gain or 0 for room in rooms) == pytest.approx(100 - 93.226)


def test_the_cheapest_mix_of_an_arithmetic_index_goes_by_weight_for_cost(result: IndexResult):
    mix = cheapest_mix(result, "shenzhen-eco-quality", 95.8, 2021, costs={"sewage_capacity": 3})
    # Satisfaction and solid waste weigh 0.2 at cost 1 and are used up first; then tap water (0.1) before sewage.
    third = (95.8 - 93.226 - 0.2 * (8.68 + 3.47)) / 0.1
    assert mix.possible
    assert mix.moves == pytest.approx({"satisfaction": 100, "solid_waste": 100, "tap_water": 96 + third})
    assert (mix.reached, mix.cost) == pytest.approx((95.8, 8.68 + 3.47 + third))


@given(data=st.data())
def test_no_other_mix_of_two_indicators_is_cheaper(data: st.DataObject):
    values = data.draw(st.lists(st.floats(10, 90), min_size=2, max_size=2))
    costs = data.draw(st.lists(st.floats(0.2, 5), min_size=2, max_size=2))
    mean = data.draw(st.sampled_from(["arithmetic", "geometric", "harmonic"]))
    leaves = (Node("a", "甲", data.draw(st.floats(0.2, 5))), Node("b", "乙", 1))
    definition = IndexDefinition(
        Node("i", "指数", 1, leaves, aggregation=mean), default_unit=UNIT, score_range=(0, 100)
    )
    cells = [Observation(UNIT, AFTER, leaf, score=value) for leaf, value in zip("ab", values, strict=True)]
    result = compute(definition, Observations.of(definition, cells))
    target = result.score("i", AFTER) + data.draw(st.floats(0.5, 8))
    found = cheapest_mix(result, "i", target, AFTER, costs=dict(zip("ab", costs, strict=True)))
    assume(found.possible)
    for a in np.linspace(values[0], 100, 40):
        moved = compute(definition, Observations.of(definition, [Observation(UNIT, AFTER, "a", score=a), cells[1]]))
        b = require(moved, "i", target, "b", AFTER)
        if b.possible and b.needed is not None:
            other = costs[0] * (a - values[0]) + costs[1] * max(0.0, b.needed - values[1])
            assert found.cost <= other + 0.3 * max(costs)


def test_even_everything_at_its_best_may_not_do(result: IndexResult):
    mix = cheapest_mix(result, "shenzhen-eco-quality", 99, 2021, bounds={"sewage_capacity": 91})
    assert not mix.possible
    assert mix.reached == pytest.approx(100 - 0.2 * 9)


def test_goals_that_make_no_sense_are_refused(result: IndexResult):
    with pytest.raises(ScenarioError, match="不是“质量水平”下有数据的指标；可用的有：PM2.5年均浓度"):
        require(result, "quality_level", 95, "solid_waste", 2021)
    with pytest.raises(ScenarioError, match="成本应大于 0"):
        cheapest_mix(result, "quality_level", 95, 2021, costs={"pm25": 0})


@given(data=st.data())
def test_the_parts_of_a_level_add_up_to_it_whatever_the_mean(data: st.DataObject):
    definition, observations = data.draw(indices())
    result = compute(definition, observations)
    parts = level_parts(result, definition.root.id, AFTER)
    points = sum(parts[leaf.id].points for leaf in definition.indicators)
    assert points == pytest.approx(result.score(definition.root.id, AFTER), rel=1e-9)
