"""An index definition read from YAML (or JSON, which is YAML). An error names the node and the line."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

import yaml

from scoring.aggregate import AGGREGATIONS
from scoring.definition import Grade, IndexDefinition, Level, Node, Normalisation
from scoring.errors import DefinitionError
from scoring.names import fold
from scoring.normalise import NORMALISATIONS, parameters_of
from scoring.observations import LARGEST
from scoring.textfile import read_text

_DIRECTIONS = ("higher", "lower")
_STATUSES = ("declared", "inferred")
_WEIGHTS = ("relative", "shares-of-whole")
_LANGUAGES = ("zh", "en")
_WEIGHT_TOLERANCE = 1e-9
_LINE = "__line__"


class _LineLoader(yaml.CSafeLoader):
    """Safe loading that remembers the line of each mapping and refuses a key given twice."""


def _mapping_with_line(loader: _LineLoader, node: yaml.MappingNode) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(cast(Any, loader).construct_object(key_node))
        if key in mapping:
            raise DefinitionError(f"第{key_node.start_mark.line + 1}行：“{key}”写了两次")
        mapping[key] = cast(Any, loader).construct_object(value_node, deep=True)
    return {**mapping, _LINE: node.start_mark.line + 1}


cast(Any, _LineLoader).add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


class _Fields:
    """The fields of one mapping, taken one by one; what is left at the end is unknown."""

    def __init__(self, file: str, where: str, value: object):
        self.file, self.where, self.line = file, where, 0
        if not isinstance(value, dict):
            self.fail("应为一组“名称: 值”")
        self.values = dict(cast(dict[str, object], value))
        self.line = cast(int, self.values.pop(_LINE))
        self.known: list[str] = []

    def fail(self, message: str) -> NoReturn:
        place = f"第{self.line}行" if self.line else ""
        raise DefinitionError(f"{self.file} {place}“{self.where}”：{message}")

    def take(self, key: str) -> object:
        self.known.append(key)
        return self.values.pop(key, None)

    def text(self, key: str, default: str | None = "") -> str:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{key} 应为一段文字")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(f"{key} 应为一个列表")
        return tuple(str(item) for item in cast(list[object], value))

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        value = self.take(key)
        if value is None:
            return default
        if value not in choices:
            self.fail(f"{key} 不能是“{value}”；可选：{'、'.join(choices)}")
        return str(value)

    def number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
            self.fail(f"{key} 应为一个数")
        return float(value)

    def mapping(self, key: str) -> Mapping[str, str]:
        value = self.take(key)
        if value is None:
            return {}
        inner = _Fields(self.file, f"{self.where} › {key}", value)
        return {name: str(text) for name, text in inner.values.items()}

    def parts(self, key: str) -> list["_Fields"]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(f"{key} 应为一个列表")
        return [_Fields(self.file, f"{self.where} › {key}", part) for part in cast(list[object], value)]

    def finish(self) -> None:
        if self.values:
            self.fail(f"不认识“{'、'.join(self.values)}”；可用：{'、'.join(self.known)}")


def load_definition(path: Path) -> IndexDefinition:
    """Read an index definition.

    Parameters
    ----------
    path : Path
        A YAML or JSON file, UTF-8 or GB18030.

    Raises
    ------
    DefinitionError
        The file is missing, is not YAML, or a node is wrong; the message names file, line and node.
    """
    try:
        return _definition(path, read_text(path))
    except RecursionError as error:
        raise DefinitionError(f"{path.name} 嵌套太深") from error
    except OSError as error:
        raise DefinitionError(f"读不到指标体系文件 {path}：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name} 既不是 UTF-8 也不是 GB18030 编码的文本") from error


def _definition(path: Path, text: str) -> IndexDefinition:
    try:
        content: object = yaml.load(text, Loader=_LineLoader)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise DefinitionError(f"{path.name} 不是有效的 YAML：{reason}") from error
    except ValueError as error:
        raise DefinitionError(f"{path.name} 里有不能读作数字或日期的值：{error}") from error
    fields = _Fields(path.name, "指标体系", content)
    options = _root_options(fields)
    weights = fields.choice("weights", _WEIGHTS, "relative")
    root = _node(fields, {}, root=True)
    if weights == "shares-of-whole":
        _check_shares_of_whole(path.name, root)
    return IndexDefinition(root=root, **options)


def _root_options(fields: _Fields) -> dict[str, Any]:
    base_year = fields.take("base_year")
    if base_year is not None and not isinstance(base_year, int):
        fields.fail("base_year 应为一个年份")
    levels: list[Level] = []
    for part in fields.parts("levels"):
        english = part.text("en")
        levels.append(Level(part.text("name", None), part.texts("aliases"), {"en": english} if english else {}))
        part.finish()
    return {
        "language": fields.choice("language", _LANGUAGES, "zh"),
        "score_unit": fields.text("score_unit"),
        "default_unit": fields.text("default_unit"),
        "unit_aliases": fields.texts("unit_aliases"),
        "base_year": base_year,
        "levels": tuple(levels),
        "examples": fields.texts("examples"),
    }


def _node(fields: _Fields, seen: dict[str, int], *, root: bool = False) -> Node:
    name = fields.text("name", None)
    fields.where = name
    node_id = fields.text("id", None)
    if node_id in seen:
        fields.fail(f"id “{node_id}”已在第{seen[node_id]}行用过")
    if f"name {fold(name)}" in seen:
        fields.fail(f"名称与第{seen[f'name {fold(name)}']}行的相同")
    seen[node_id] = seen[f"name {fold(name)}"] = fields.line
    weight = fields.take("weight")
    weight = 1.0 if root and weight is None else fields.number("weight", weight)
    if weight <= 0:
        fields.fail("weight 应大于 0")
    children = tuple(_node(part, seen) for part in fields.parts("children"))
    node = Node(
        id=node_id,
        name=name,
        weight=weight,
        children=children,
        aliases=fields.texts("aliases"),
        names=fields.mapping("names"),
        aggregation=fields.choice("aggregation", tuple(AGGREGATIONS), "arithmetic"),
        measure_unit=fields.text("measure_unit"),
        direction=fields.choice("direction", _DIRECTIONS, "higher"),
        normalise=_normalisation(fields),
        definition=fields.text("definition"),
        source=fields.text("source"),
        grades=_grades(fields),
    )
    if root and not children:
        fields.fail("一个指数至少要有一个下级（children）")
    if children and node.normalise:
        fields.fail("有下级的节点不能有 normalise，它的得分由下级合成")
    fields.finish()
    return node


def _normalisation(fields: _Fields) -> Normalisation | None:
    value = fields.take("normalise")
    if value is None:
        return None
    part = _Fields(fields.file, f"{fields.where} › normalise", value)
    method = part.choice("method", tuple(NORMALISATIONS), "")
    if not method:
        part.fail(f"缺少 method；可选：{'、'.join(NORMALISATIONS)}")
    parameters = {key: part.number(key, part.take(key)) for key in parameters_of(method)}
    if len(parameters) > 1 and len(set(parameters.values())) == 1:
        part.fail(f"{'与'.join(parameters)} 不能相等")
    basis, status = part.text("basis"), part.choice("status", _STATUSES, "declared")
    part.finish()
    return Normalisation(method, parameters, basis, status)


def _grades(fields: _Fields) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for part in fields.parts("grades"):
        grades.append(Grade(part.text("name", None), part.number("from", part.take("from"))))
        part.finish()
    return tuple(sorted(grades, key=lambda grade: -grade.floor))


def _check_shares_of_whole(file: str, root: Node) -> None:
    for node in root.walk():
        total = math.fsum(child.weight for child in node.children)
        if node.children and abs(total - node.weight) > _WEIGHT_TOLERANCE:
            raise DefinitionError(
                f"{file} “{node.name}”的权重是 {node.weight:g}，下级权重之和却是 {total:g}"
                "（weights: shares-of-whole 要求两者相等）"
            )
