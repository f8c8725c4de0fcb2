import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring import IndexResult, ScenarioError, compute, reweight

from .trees import AFTER, indices


def test_a_dimension_counts_more_and_the_others_share_the_rest(result: IndexResult):
    root, quality = result.definition.root, result.definition.find("质量水平")
    other = reweight(result, {quality: 0.5})
    rest = (result.score(root.id, 2021) - 0.4 * result.score(quality.id, 2021)) / 0.6
    assert other.score(root.id, 2021) == pytest.approx(0.5 * result.score(quality.id, 2021) + 0.5 * rest)
    assert other.score(quality.id, 2021) == pytest.approx(result.score(quality.id, 2021))


def test_an_indicator_deep_in_the_tree_has_the_weight_asked_for(result: IndexResult):
    node = result.definition.find("PM2.5")
    other = reweight(result, {node: 0.1}).definition
    shares = {leaf.id: other.share(leaf.id, other.root.id) for leaf in other.indicators}
    assert shares.pop(node.id) == pytest.approx(0.1)
    given_shares = {leaf: result.definition.share(leaf, result.definition.root.id) for leaf in shares}
    assert [shares[leaf] / given_shares[leaf] for leaf in shares] == pytest.approx([0.9 / 0.95] * len(shares))


def test_what_weighs_nothing_is_left_out_and_what_weighs_all_is_the_index(result: IndexResult):
    root, quality = result.definition.root, result.definition.find("质量水平")
    assert reweight(result, {quality: 1}).score(root.id, 2021) == pytest.approx(result.score(quality.id, 2021))
    without = reweight(result, {quality: 0}).score(root.id, 2021)
    assert without == pytest.approx((result.score(root.id, 2021) - 0.4 * result.score(quality.id, 2021)) / 0.6)


@given(data=st.data())
def test_the_given_weights_change_nothing(data: st.DataObject):
    definition, observations = data.draw(indices())
    assume(definition.root.children)
    result = compute(definition, observations)
    node = data.draw(st.sampled_from([node for node in definition.nodes.values() if node is not definition.root]))
    other = reweight(result, {node: definition.share(node.id, definition.root.id)})
    assert [other.score(each, AFTER) for each in definition.nodes] == pytest.approx(
        [result.score(each, AFTER) for each in definition.nodes]
    )


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"质量水平": 1.5}, "权重应在 0 到 1 之间，不能设为 1.5"),
        ({"质量水平": float("nan")}, "权重应在 0 到 1 之间"),
        ({"生态环境质量指数": 0.5}, "是指数本身"),
        ({"质量水平": 0.5, "PM2.5": 0.1}, "“PM2.5年均浓度”在“质量水平”之下"),
        ({"质量水平": 0.7, "发展能力": 0.4}, "权重之和是 1.1"),
        ({"质量水平": 0.2, "发展能力": 0.2, "质量获得感": 0.2}, "权重之和是 0.6"),
    ],
)
def test_impossible_weights_are_refused(result: IndexResult, weights: dict[str, float], message: str):
    with pytest.raises(ScenarioError, match=message):
        reweight(result, {result.definition.find(name): weight for name, weight in weights.items()})
