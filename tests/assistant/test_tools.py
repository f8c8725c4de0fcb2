"""The tools tell what the engine computes, under references that stand for the figures."""

import re

import pytest

from assistant.ask import Assistant
from assistant.tools import References, Tools
from scoring import ScenarioError, UnknownNodeError, UnknownYearError

from .at_desk import desk_of


def test_a_reference_is_written_out_as_its_figure(assistant: Assistant):
    desk = desk_of(assistant)
    lines = Tools(desk).change("质量水平", 2020, 2021).split("\n")
    [reference] = [line.split()[0] for line in lines if "年质量水平 变化" in line]
    written = References(desk.draft, assistant.definition).written_out
    assert (
        written(f"{reference}|{reference[:-1]}:abs}}|{reference[:-1]}:bare}}|{{F999}}") == "-0.59分|0.59分|-0.59|{F999}"
    )


def test_the_same_figure_keeps_its_reference(assistant: Assistant):
    tools = Tools(desk_of(assistant))
    first, second = tools.scores(["质量水平"], [2021]), tools.trend("质量水平")
    assert first in second


def test_contributions_add_up_to_the_change(assistant: Assistant):
    desk = desk_of(assistant)
    Tools(desk).change("总指数", 2016, 2021)
    parts = [figure for figure in desk.draft.figures if figure.kind == "contribution"]
    assert sum(part.value for part in parts[:-1]) == pytest.approx(parts[-1].value)


def test_a_ranking_goes_from_first_to_last(assistant: Assistant):
    told = Tools(desk_of(assistant)).ranking("总指数", 2021, 2020)
    changes = [float(change) for change in re.findall(r"变化 ([-+]?[\d.]+)分", told)]
    assert changes == sorted(changes, reverse=True)
    assert len(changes) == len(assistant.definition.indicators)


def test_an_assumption_moves_every_node_above_it(assistant: Assistant):
    told = Tools(desk_of(assistant)).what_if(2021, {"管网饮用水质量": 100.0})
    assert "2021年质量水平 假设 94.65分" in told
    assert "2021年生态环境质量指数 变化 +0.40分" in told


def test_a_target_tells_who_could_reach_it_alone(assistant: Assistant):
    told = Tools(desk_of(assistant)).target("总指数", 95.0, 2021)
    assert "离目标还差" in told
    assert "单靠PM2.5年均浓度达不到" in told
    assert re.search(r"单靠城市生活污水集中处理能力：\{F\d+\} .* 99.85分", told)


def test_passages_bear_their_markers_and_are_quoted_exactly(assistant: Assistant):
    desk = desk_of(assistant)
    told = Tools(desk).passages("施工噪声")
    assert [f"[{citation.marker}]" for citation in desk.draft.citations] == re.findall(r"(?m)^\[\d+\]", told)
    for citation in desk.draft.citations:
        passage = assistant.passage(citation.passage_id)
        assert passage is not None
        assert citation.quote in passage.text


def test_weights_and_definitions_are_told(assistant: Assistant):
    tools = Tools(desk_of(assistant))
    assert "权重（对质量水平） 50%" in tools.weights("质量水平")
    assert "市水务局" in tools.definition("饮用水")


def test_what_does_not_exist_is_named(assistant: Assistant):
    tools = Tools(desk_of(assistant))
    with pytest.raises(UnknownNodeError):
        tools.scores(["臭氧"], [2021])
    with pytest.raises(UnknownYearError):
        tools.change("质量水平", 2010, 2021)
    with pytest.raises(ScenarioError):
        tools.what_if(2021, {"质量水平": 500.0})
