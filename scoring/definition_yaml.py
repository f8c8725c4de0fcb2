"""An index definition read from YAML (or JSON, which is YAML). An error names the node and the line."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from scoring.aggregate import AGGREGATIONS
from scoring.definition import FIRST_YEAR, LAST_YEAR, Grade, IndexDefinition, Level, Node, Normalisation, Reference
from scoring.errors import DefinitionError
from scoring.names import fold
from scoring.normalise import (
    NORMALISATIONS,
    TRANSFORMS,
    CurveError,
    NothingObservedError,
    Parameter,
    fit,
    nothing_observed,
    parameters_of,
)
from scoring.textfile import read_text
from scoring.yaml_fields import Fields, load_fields

_DIRECTIONS = ("higher", "lower")
_STATUSES = ("declared", "inferred")
_WEIGHTS = ("relative", "shares-of-whole")
_LANGUAGES = ("zh", "en")
_MISSING = ("error", "reweight")
_WEIGHT_TOLERANCE = 1e-9


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
    except OSError as error:
        raise DefinitionError(f"读不到指标体系文件 {path}：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name} 既不是 UTF-8 也不是 GB18030 编码的文本") from error


def _definition(path: Path, text: str) -> IndexDefinition:
    fields = load_fields(path.name, "指标体系", text)
    options = _root_options(fields)
    weights = fields.choice("weights", _WEIGHTS, "relative")
    root = _node(fields, {})
    if weights == "shares-of-whole":
        _check_shares_of_whole(path.name, root)
    return IndexDefinition(root=root, **options)


def _root_options(fields: Fields) -> dict[str, Any]:
    missing = fields.choice("missing", _MISSING, "error")
    coverage = fields.number("min_coverage", fields.values.get("min_coverage", 0))
    if "min_coverage" in fields.values and (missing != "reweight" or not 0 < coverage <= 1):
        fields.fail("min_coverage 应在 0 到 1 之间，并且只用于 missing: reweight")
    fields.take("min_coverage")
    levels: list[Level] = []
    for part in fields.parts("levels"):
        names = {language: name for language in _LANGUAGES if (name := part.text(language))}
        levels.append(Level(part.text("name", None), part.texts("aliases"), names))
        part.finish()
    return {
        "language": fields.choice("language", _LANGUAGES, "zh"),
        "score_unit": fields.text("score_unit"),
        "default_unit": fields.text("default_unit"),
        "unit_aliases": fields.texts("unit_aliases"),
        "base_year": fields.year("base_year", None),
        "missing": missing,
        "min_coverage": coverage,
        "score_range": fields.optional_range("score_range"),
        "levels": tuple(levels),
        "examples": fields.texts("examples"),
    }


def _node(fields: Fields, seen: dict[str, int], aggregation: str = "") -> Node:
    """Read a node and all below it; without an `aggregation` to fall back on it is the root."""
    root = not aggregation
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
    own = fields.choice("aggregation", tuple(AGGREGATIONS), aggregation or "arithmetic")
    children = tuple(_node(part, seen, aggregation or own) for part in fields.parts("children"))
    direction = fields.choice("direction", _DIRECTIONS, _implied_direction(fields))
    node = Node(
        id=node_id,
        name=name,
        weight=weight,
        children=children,
        aliases=fields.texts("aliases"),
        names=fields.mapping("names"),
        topics=fields.texts("topics"),
        aggregation=own,
        measure_unit=fields.text("measure_unit"),
        direction=direction,
        valid=fields.optional_range("valid"),
        normalise=_normalisation(fields, direction),
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


def _implied_direction(fields: Fields) -> str:
    """Read the direction off the reference values where it is not stated."""
    curve = fields.values.get("normalise")
    if isinstance(curve, dict):
        ends = cast(dict[str, object], curve)
        floor, target = ends.get("floor"), ends.get("target")
        if isinstance(floor, int | float) and isinstance(target, int | float) and target < floor:
            return "lower"
    return "higher"


def _normalisation(fields: Fields, direction: str) -> Normalisation | None:
    value = fields.take("normalise")
    if value is None:
        return None
    part = Fields(fields.file, f"{fields.where} › normalise", value)
    method = part.choice("method", tuple(NORMALISATIONS), "")
    if not method:
        part.fail(f"缺少 method；可选：{'、'.join(NORMALISATIONS)}")
    periods = part.parts("references")
    common = dict(part.values)
    references = tuple(_reference(period, method, direction, common) for period in periods)
    if not periods:
        references = (_reference(part, method, direction, {}),)
    for later, reference in enumerate(references):
        for earlier in references[:later]:
            if max(earlier.since, reference.since) <= min(earlier.until, reference.until):
                periods[later].fail("与前面的参照值适用于同一年份")
    return Normalisation(method, references)


def _reference(part: Fields, method: str, direction: str, common: Mapping[str, object]) -> Reference:
    """Read one set of parameters; `common` holds what is said once for all."""
    part.values = {**common, **part.values}
    required = parameters_of(method)
    parameters = {key: _parameter(part, key) for key, must in required.items() if must or part.offers(key)}
    reference = Reference(
        parameters, part.text("standard"), part.text("basis"), part.choice("status", _STATUSES, "declared"),
        part.year("from", FIRST_YEAR), part.year("to", LAST_YEAR),
    )  # fmt: skip
    part.finish()
    try:
        fit(method, parameters, nothing_observed, less_is_better=direction == "lower")
    except NothingObservedError:
        pass
    except CurveError as error:
        part.fail(str(error))
    return reference


def _parameter(part: Fields, key: str) -> Parameter:
    if key == "cap":
        return part.flag(key)
    if key == "transform":
        return part.choice(key, TRANSFORMS, "")
    value = part.take(key)
    return part.range(key, value) if key == "scale" else part.number(key, value)


def _grades(fields: Fields) -> tuple[Grade, ...]:
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
