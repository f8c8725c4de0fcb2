import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import (
    IndexDefinition,
    IndexResult,
    Node,
    Observation,
    Observations,
    ScenarioError,
    Setting,
    compute,
    implied_raw,
    run_scenario,
)
from scoring.definition import Normalisation

from .trees import AFTER, BEFORE, UNIT, indices


def setting(result: IndexResult, name: str, value: float, kind: str = "score") -> Setting:
    return Setting(result.definition.find(name), "raw" if kind == "raw" else "score", value)


def test_scores_and_raw_values_together_are_explained_exactly(result: IndexResult):
    scenario = run_scenario(result, 2021, [setting(result, "管网饮用水质量", 100), setting(result, "PM2.5", 15, "raw")])
    root = result.definition.root.id
    assert scenario.point.score(root) == pytest.approx(93.226 + 0.1 * 4 + 0.05 * 6)
    parts = scenario.explain(root).parts
    assert (parts["tap_water"].contribution, parts["pm25"].contribution) == pytest.approx((0.4, 0.3))
    assert abs(scenario.explain(root).residual) < 1e-12
    assert [node.id for node in scenario.inferred] == ["pm25"]


@given(data=st.data())
def test_assuming_what_is_so_changes_nothing(data: st.DataObject):
    definition, observations = data.draw(indices())
    result = compute(definition, observations)
    settings = [Setting(leaf, "score", result.score(leaf.id, AFTER)) for leaf in definition.indicators]
    scenario = run_scenario(result, AFTER, data.draw(st.lists(st.sampled_from(settings), unique=True)))
    assert [scenario.point.score(node) for node in definition.nodes] == [
        result.score(node, AFTER) for node in definition.nodes
    ]


@pytest.mark.parametrize(
    ("name", "value", "kind", "message"),
    [
        ("质量水平", 95, "score", "由下级合成，不能直接设定；请设定它的指标：PM2.5年均浓度"),
        ("PM2.5", 101, "score", "得分最高是 100"),
        ("PM2.5", -1, "raw", "原始值应在 0 到 1000微克/立方米之间"),
        ("管网饮用水质量", 99, "raw", "没有2021年的换算方法，不能按原始值设定，请设定得分"),
        ("PM2.5", float("nan"), "raw", "不是一个数"),
    ],
)
def test_impossible_assumptions_are_refused(result: IndexResult, name: str, value: float, kind: str, message: str):
    with pytest.raises(ScenarioError, match=message):
        run_scenario(result, 2021, [setting(result, name, value, kind)])


def test_an_indicator_is_set_once(result: IndexResult):
    with pytest.raises(ScenarioError, match="设定了两次"):
        run_scenario(result, 2021, [setting(result, "PM2.5", 90), setting(result, "细颗粒物", 91)])


def test_implied_raw_values_are_estimates_that_know_their_basis(result: IndexResult):
    node = result.definition.find("PM2.5")
    found = implied_raw(result, node, 2021, 100)
    assert found is not None
    assert (found.value, found.at_cap, found.status, found.standard) == (15, True, "inferred", "GB 3095-2012")
    later = implied_raw(result, node, 2026, 100)
    assert later is not None
    assert (later.value, later.standard) == (10, "GB 3095-2026")
    assert implied_raw(result, result.definition.find("管网饮用水质量"), 2021, 96) is None
    assert implied_raw(result, node, 2021, 101) is None


def test_a_raw_value_that_is_no_score_cannot_be_assumed():
    leaf = Node("injuries", "Injuries", 1.0, normalise=Normalisation("none"))
    definition = IndexDefinition(Node("farms", "Farms", 1.0, (leaf,)), default_unit=UNIT)
    cells = [Observation(UNIT, BEFORE, "injuries", 20.0, 100.0), Observation(UNIT, AFTER, "injuries", 15.0, 125.0)]
    result = compute(definition, Observations.of(definition, cells))
    assert result.score("injuries", AFTER) == 125.0
    with pytest.raises(ScenarioError, match="没有2021年的换算方法"):
        run_scenario(result, AFTER, [setting(result, "Injuries", 12, "raw")])
