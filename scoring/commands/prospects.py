"""Commands for figures as they might be: what-ifs, goals, headroom, and how robust a statement is."""

import math
from typing import Annotated, Any

import typer

from scoring.commands.index import (
    DataOption,
    DefinitionOption,
    JsonOption,
    NodeOption,
    UnitOption,
    Values,
    ValuesOption,
    YearOption,
    find_node_id,
    latest,
    open_index,
    print_json,
)
from scoring.commands.records import attribution_record, contribution_lines
from scoring.definition import IndexDefinition
from scoring.errors import ScenarioError
from scoring.goal import Mix, Requirement, cheapest_mix, headroom, require, scored_indicators
from scoring.robustness import Alternative, alternatives, draw_weights
from scoring.rounding import display, exact
from scoring.scenario import Scenario, Setting, run_scenario

_KINDS = {"aggregation": "改用合成方法：", "normalisation": "改用标准化方法：", "without": "去掉指标："}
_METHODS = {
    "arithmetic": "算术平均",
    "geometric": "几何平均",
    "harmonic": "调和平均",
    "minmax": "极差法",
    "zscore": "标准差法",
    "rank": "排序法",
}


def whatif_command(
    settings: Annotated[list[str], typer.Option("--set", help="一个假设，可重复：指标=得分，或 指标:raw=原始值")],
    year: YearOption = None,
    unit: UnitOption = None,
    node: NodeOption = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """假设若干指标的得分或原始值，看每个节点会怎样，并把差别分解到各个假设。"""
    result = open_index(definition, data, values)
    assumed = [_setting(text, result.definition) for text in settings]
    scenario = run_scenario(result, latest(result, year, unit), assumed, unit)
    node_id = find_node_id(result.definition, node)
    if as_json:
        print_json(_scenario_record(scenario, node_id))
    else:
        typer.echo("\n".join(_scenario_lines(scenario, node_id)))


def _setting(text: str, definition: IndexDefinition) -> Setting:
    name, equals, value = text.rpartition("=")
    if not equals:
        raise ScenarioError(f"“{text}”应写作 指标=得分，或 指标:raw=原始值")
    head, _, kind = name.rpartition(":")
    indicator = head if kind in ("raw", "score") else name
    try:
        number = float(value)
    except ValueError as error:
        raise ScenarioError(f"“{text}”等号后面应是一个数") from error
    return Setting(definition.find(indicator), "raw" if kind == "raw" else "score", number)


def _scenario_record(scenario: Scenario, node_id: str) -> dict[str, Any]:
    definition = scenario.point.result.definition
    return {
        "unit": scenario.point.unit,
        "year": scenario.point.year,
        "settings": [
            {
                "node_id": setting.node.id,
                "node": setting.node.name,
                "kind": setting.kind,
                "value": setting.value,
                "estimated": setting.node in scenario.inferred,
            }
            for setting in scenario.settings
        ],
        "nodes": [
            {
                "node_id": node.id,
                "node": node.name,
                "level": definition.level(node.id),
                "before": before,
                "after": after,
                "change": after - before,
                "display": display(after),
                "display_change": display(after - before, signed=True),
            }
            for node, before, after in _nodes(scenario)
        ],
        "explanation": attribution_record(scenario.explain(node_id)),
    }


def _nodes(scenario: Scenario) -> list[tuple[Any, float, float]]:
    base, point = (end.result.matrix[end.row].tolist() for end in (scenario.base, scenario.point))
    rows = zip(scenario.point.result.definition.nodes.values(), base, point, strict=True)
    return [(node, before, after) for node, before, after in rows if math.isfinite(before) and math.isfinite(after)]


def _scenario_lines(scenario: Scenario, node_id: str) -> list[str]:
    definition = scenario.point.result.definition
    lines = [f"假设（{scenario.point.unit}{scenario.point.year}年）："]
    for setting in scenario.settings:
        what = "得分" if setting.kind == "score" else "原始值"
        unit = definition.score_unit if setting.kind == "score" else setting.node.measure_unit
        note = "（按推断的换算方法计分，为估算）" if setting.node in scenario.inferred else ""
        lines.append(f"  {setting.node.name}的{what} = {exact(setting.value)}{unit}{note}")
    lines.append("各节点：")
    lines += [
        f"  {display(before):>7} → {display(after):>7}  {display(after - before, signed=True):>6}  {node.name}"
        for node, before, after in _nodes(scenario)
        if exact(after - before) != "0"
    ]
    attribution = scenario.explain(node_id)
    moved = [part for part in attribution.contributions if exact(part.contribution) != "0"]
    lines.append(f"{attribution.node.name}变化 {display(attribution.change, signed=True)} 的来由：")
    return lines + contribution_lines(moved)


def target_command(
    to: Annotated[float, typer.Option("--to", help="要达到的得分")],
    node: NodeOption = None,
    year: YearOption = None,
    unit: UnitOption = None,
    bounds: Annotated[list[str] | None, typer.Option("--bound", help="某指标得分的上限，可重复：指标=得分")] = None,
    costs: Annotated[list[str] | None, typer.Option("--cost", help="某指标每1分的成本，可重复：指标=成本")] = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """一个节点要达到某个得分：单靠每个指标各需多少、能否做到，以及成本最低的组合。"""
    result = open_index(definition, data, values)
    index = result.definition
    node_id, when = find_node_id(index, node), latest(result, year, unit)
    alone = [
        require(result, node_id, to, leaf.id, when, unit) for leaf in scored_indicators(result, node_id, when, unit)
    ]
    limits, prices = (
        {s.node.id: s.value for s in (_setting(t, index) for t in texts or [])} for texts in (bounds, costs)
    )
    mix = cheapest_mix(result, node_id, to, when, unit, bounds=limits, costs=prices)
    if as_json:
        print_json({"node_id": node_id, "target": to, "year": when, "alone": [_requirement_record(r) for r in alone],
                    "mix": _mix_record(mix, index)})  # fmt: skip
        return
    typer.echo(
        f"{index.nodes[node_id].name}要达到 {exact(to)}（{when}年为 {display(result.score(node_id, when, unit))}）"
    )
    typer.echo("单靠一个指标：")
    for requirement in alone:
        typer.echo("  " + _requirement_line(requirement))
    typer.echo("成本最低的组合：" if mix.possible else f"所有指标都到上限也只能达到 {display(mix.reached)}：")
    for leaf, score in mix.moves.items():
        typer.echo(f"  {index.nodes[leaf].name} → {display(score)}")
    typer.echo(f"合计成本 {exact(mix.cost, 2)}（每1分的成本未指定时为1）")


def _requirement_record(requirement: Requirement) -> dict[str, Any]:
    raw = requirement.raw
    return {
        "node_id": requirement.node.id,
        "node": requirement.node.name,
        "current": requirement.current,
        "needed": requirement.needed,
        "best": requirement.best,
        "possible": requirement.possible,
        "reached": requirement.reached,
        "raw": {"value": raw.value, "estimated": True, "status": raw.status, "standard": raw.standard} if raw else None,
    }


def _requirement_line(requirement: Requirement) -> str:
    name = requirement.node.name
    if not requirement.possible or requirement.needed is None:
        best = (
            ""
            if requirement.best is None
            else f"，最高 {exact(requirement.best)} 分时只能到 {display(requirement.reached)}"
        )
        needed = "无论多少分都不够" if requirement.needed is None else f"需 {display(requirement.needed)} 分"
        return f"{name}：{needed}，做不到{best}"
    raw = requirement.raw
    implied = f"，约合原始值 {exact(raw.value, 2)}{requirement.node.measure_unit}（估算）" if raw else ""
    return f"{name}：{display(requirement.current)} → {display(requirement.needed)}{implied}"


def _mix_record(mix: Mix, definition: IndexDefinition) -> dict[str, Any]:
    return {
        "moves": [
            {"node_id": leaf, "node": definition.nodes[leaf].name, "score": score} for leaf, score in mix.moves.items()
        ],
        "reached": mix.reached,
        "cost": mix.cost,
        "possible": mix.possible,
    }


def headroom_command(
    node: NodeOption = None,
    year: YearOption = None,
    unit: UnitOption = None,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """每个指标提高到它的最高分，还能给节点增加多少分，从大到小。"""
    result = open_index(definition, data, values)
    rooms = headroom(result, find_node_id(result.definition, node), latest(result, year, unit), unit)
    if as_json:
        print_json(
            [
                {
                    "node_id": room.indicator.id,
                    "node": room.indicator.name,
                    "current": room.current,
                    "best": room.best,
                    "gain": room.gain,
                }
                for room in rooms
            ]
        )
        return
    for room in rooms:
        gain = "无上限" if room.gain is None or room.best is None else display(room.gain, signed=True)
        best = "" if room.best is None else f" → {display(room.best)}"
        typer.echo(f"  {gain:>7}  {room.indicator.name}  {display(room.current)}{best}")


def robustness_command(
    higher: Annotated[int, typer.Option("--higher", help="要检验“这一年高于……”的年份")],
    lower: Annotated[int, typer.Option("--lower", help="……这一年”的年份")],
    node: NodeOption = None,
    unit: UnitOption = None,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="随机权重的组数")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="随机种子；相同的种子得到相同的结果")] = 0,
    definition: DefinitionOption = None,
    data: DataOption = None,
    values: ValuesOption = Values.RAW,
    as_json: JsonOption = False,
) -> None:
    """“某年高于某年”这个结论，在别的权重、别的方法、去掉一个指标时是否仍然成立。"""
    result = open_index(definition, data, values)
    unit = result.unit(unit)
    node_id = find_node_id(result.definition, node)
    above, below = (unit, higher), (unit, lower)
    drawn = draw_weights(result, node_id, draws=draws, seed=seed, unit=unit)
    survival = drawn.survival(above, below)
    tried = alternatives(result, node_id)
    intervals = {year: drawn.interval((unit, year)) for year in (higher, lower)}
    if as_json:
        print_json(
            {
                "unit": unit, "node_id": node_id, "higher": higher, "lower": lower, "draws": draws, "seed": seed,
                "survival": survival, "intervals": {str(year): ends for year, ends in intervals.items()},
                "alternatives": [
                    {"kind": other.kind, "choice": other.choice, "upholds": other.upholds(above, below),
                     "problem": other.problem}
                    for other in tried
                ],
            }
        )  # fmt: skip
        return
    typer.echo(f"结论：{unit}{higher}年的{result.definition.nodes[node_id].name}高于{lower}年")
    typer.echo(f"{draws} 组随机权重（以给定权重为中心，种子 {seed}）中，{display(100 * survival, 1)}% 成立")
    for year, (low, high) in intervals.items():
        typer.echo(f"  {year}年得分的 90% 区间：{display(low)}–{display(high)}")
    for other in tried:
        typer.echo(f"  {_verdict(other.upholds(above, below))}  {_choice(other, result.definition)}")


def _verdict(upheld: bool | None) -> str:
    return "无法计算" if upheld is None else "成立" if upheld else "不成立"


def _choice(other: Alternative, definition: IndexDefinition) -> str:
    choice = definition.nodes[other.choice].name if other.kind == "without" else _METHODS[other.choice]
    return f"{_KINDS[other.kind]}{choice}"
