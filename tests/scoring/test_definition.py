from pathlib import Path

import pytest

from scoring import AmbiguousNodeError, DefinitionError, IndexDefinition, UnknownNodeError, load_definition

LEAF = "{id: a, name: 甲, weight: 1, normalise: {method: none}}"


def load(tmp_path: Path, text: str) -> IndexDefinition:
    path = tmp_path / "index.yaml"
    path.write_text(text, encoding="utf-8")
    return load_definition(path)


def index_with(children: str, options: str = "") -> str:
    return f"id: i\nname: 指数\n{options}\nchildren:\n{children}\n"


@pytest.mark.parametrize(
    "name", ["pm25", "PM2.5年均浓度", "ＰＭ2.5", "pm2.5 年均浓度", "细颗粒物", "PM2.5 annual mean concentration"]
)
def test_a_node_is_found_by_id_name_alias_width_case_and_blanks(definition: IndexDefinition, name: str):
    assert definition.find(name).id == "pm25"


def test_a_shared_alias_is_ambiguous_and_names_its_bearers(definition: IndexDefinition):
    with pytest.raises(AmbiguousNodeError, match="国考省考断面水质优良率、近岸海域水质优良面积比例、管网饮用水质量"):
        definition.find("水质")


def test_an_unknown_name_lists_the_choices(definition: IndexDefinition):
    with pytest.raises(UnknownNodeError, match="臭氧.*质量水平"):
        definition.find("臭氧")


def test_a_level_has_a_name_in_either_language(tmp_path: Path):
    levels = "language: en\nlevels:\n  - {name: overall index, zh: 总指数}\n  - {name: 指标, en: indicator}"
    named = [level.names for level in load(tmp_path, index_with(f"  - {LEAF}", levels)).levels]
    assert named == [{"zh": "总指数"}, {"en": "indicator"}]


def test_effective_weights_are_products_of_shares(definition: IndexDefinition):
    root = definition.root.id
    assert definition.share("pm25", root) == pytest.approx(0.05)
    assert definition.share("pm25", "quality_level") == pytest.approx(0.125)
    assert sum(definition.share(leaf.id, root) for leaf in definition.indicators) == pytest.approx(1)


def test_weights_only_count_relative_to_the_siblings(tmp_path: Path):
    children = "  - {id: a, name: 甲, weight: 3}\n  - {id: b, name: 乙, weight: 1}"
    assert load(tmp_path, index_with(children)).share("a", "i") == pytest.approx(0.75)


def test_json_is_yaml(tmp_path: Path):
    text = '{"id": "i", "name": "指数", "children": [{"id": "a", "name": "甲", "weight": 1}]}'
    assert [node.id for node in load(tmp_path, text).indicators] == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (index_with("  - {id: a, weight: 1}"), "name"),
        (index_with("  - {id: a, name: 甲}"), "第5行“甲”：weight 应为一个数"),
        (index_with("  - {id: a, name: 甲, weight: 0}"), "weight 应大于 0"),
        (index_with("  - {id: a, name: 甲, weight: 1, colour: red}"), "不认识“colour”；可用：.*weight"),
        (index_with("  - {id: a, name: 甲, weight: 1, direction: up}"), "direction 不能是“up”；可选：higher、lower"),
        (index_with(f"  - {LEAF}\n  - {LEAF}"), "第6行.*id “a”已在第5行用过"),
        (
            index_with("  - {id: a, name: 甲, weight: 1, normalise: {method: magic}}"),
            "method 不能是“magic”；可选：efficacy、minmax、zscore、rank、target、none",
        ),
        (index_with("  - {id: a, name: 甲, weight: 1, normalise: {method: efficacy, floor: 1}}"), "target 应为一个数"),
        (
            index_with("  - {id: a, name: 甲, weight: 1, normalise: {method: efficacy, floor: 1, target: 1}}"),
            "参照值相同（1）",
        ),
        (index_with(f"  - {LEAF}", "aggregation: median"), "aggregation 不能是“median”；可选：.*geometric"),
        (
            index_with("  - {id: a, name: 甲, weight: 0.4}", "weights: shares-of-whole"),
            "权重是 1，下级权重之和却是 0.4",
        ),
        ("id: i\nname: 指数\nname: 又名\n", "第3行：“name”写了两次"),
        ("id: i\nname: 指数\n", "至少要有一个下级"),
        ("id: [", "不是有效的 YAML"),
        ("- a\n- b\n", "应为一组"),
    ],
)
def test_an_error_names_node_line_and_choices_in_one_line(tmp_path: Path, text: str, message: str):
    with pytest.raises(DefinitionError, match=message) as error:
        load(tmp_path, text)
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_binary_one_are_told(tmp_path: Path):
    with pytest.raises(DefinitionError, match="读不到"):
        load_definition(tmp_path / "none.yaml")
    (tmp_path / "index.yaml").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(DefinitionError, match="UTF-8"):
        load_definition(tmp_path / "index.yaml")


def test_a_node_of_one_indicator_is_that_indicator(tmp_path: Path):
    one = f"  - {{id: d, name: 丁, weight: 1, children: [{LEAF}]}}\n  - {{id: b, name: 乙, weight: 1}}"
    definition = load(tmp_path, index_with(one))
    leaf, root = definition.find("甲"), definition.root
    assert definition.only_leaf(definition.find("丁")) is leaf
    assert definition.only_leaf(leaf) is leaf
    assert definition.only_leaf(root) is root
