"""The fields of a YAML (or JSON) mapping, taken one by one; an error names the file, the line and the place."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar, cast

import yaml

from scoring.errors import DefinitionError
from scoring.rounding import LARGEST

_LINE = "__line__"
_Default = TypeVar("_Default", int, None)


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


class Fields:
    """The fields of one mapping, taken one by one; what is left at the end is unknown."""

    def __init__(self, file: str, where: str, value: object):
        self.file, self.where, self.line = file, where, 0
        if not isinstance(value, dict):
            self.fail("应为一组“名称: 值”")
        self.values = dict(cast(dict[str, object], value))
        self.line = cast(int, self.values.pop(_LINE))
        self.known: list[str] = []

    def fail(self, message: str) -> NoReturn:
        """Refuse the file, naming file, line and place."""
        place = f"第{self.line}行" if self.line else ""
        raise DefinitionError(f"{self.file} {place}“{self.where}”：{message}")

    def take(self, key: str) -> object:
        """Take any value; None where there is none."""
        if key not in self.known:
            self.known.append(key)
        return self.values.pop(key, None)

    def offers(self, key: str) -> bool:
        """Tell whether an optional field is there; it is a known one either way."""
        self.known.append(key)
        return self.values.get(key) is not None

    def text(self, key: str, default: str | None = "") -> str:
        """Take a text; without a default it must be there."""
        value = self.take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{key} 应为一段文字")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(f"{key} 应为一个列表")
        return tuple(str(item) for item in cast(list[object], value))

    def flag(self, key: str) -> bool:
        """Take a true or false that must be there."""
        value = self.take(key)
        if not isinstance(value, bool):
            self.fail(f"{key} 应为 true 或 false")
        return value

    def range(self, key: str, value: object) -> tuple[float, float]:
        """Read a pair of numbers, the lesser first."""
        ends = cast(list[object], value)
        if not isinstance(value, list) or len(ends) != 2:
            self.fail(f"{key} 应为 [最小值, 最大值]")
        low, high = (self.number(key, end) for end in ends)
        if low >= high:
            self.fail(f"{key} 的最小值 {low:g} 应小于最大值 {high:g}")
        return low, high

    def optional_range(self, key: str) -> tuple[float, float] | None:
        """Take a pair of numbers, the lesser first, or None where there is none."""
        value = self.take(key)
        return None if value is None else self.range(key, value)

    def year(self, key: str, default: _Default) -> int | _Default:
        """Take a year."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(f"{key} 应为一个年份")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """Take one of the choices."""
        value = self.take(key)
        if value is None:
            return default
        if value not in choices:
            self.fail(f"{key} 不能是“{value}”；可选：{'、'.join(choices)}")
        return str(value)

    def number(self, key: str, value: object) -> float:
        """Read a number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
            self.fail(f"{key} 应为一个数")
        return float(value)

    def mapping(self, key: str) -> Mapping[str, str]:
        """Take names with a text each."""
        value = self.take(key)
        if value is None:
            return {}
        inner = Fields(self.file, f"{self.where} › {key}", value)
        return {name: str(text) for name, text in inner.values.items()}

    def parts(self, key: str) -> list["Fields"]:
        """Take a list of mappings."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(f"{key} 应为一个列表")
        return [Fields(self.file, f"{self.where} › {key}", part) for part in cast(list[object], value)]

    def finish(self) -> None:
        """Refuse what was not taken."""
        if self.values:
            self.fail(f"不认识“{'、'.join(self.values)}”；可用：{'、'.join(self.known)}")


def load_fields(file: str, where: str, text: str) -> Fields:
    """Read the outermost mapping of a YAML text.

    Raises
    ------
    DefinitionError
        The text is not YAML, or not a mapping.
    """
    try:
        content: object = yaml.load(text, Loader=_LineLoader)
    except RecursionError as error:
        raise DefinitionError(f"{file} 嵌套太深") from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise DefinitionError(f"{file} 不是有效的 YAML：{reason}") from error
    except ValueError as error:
        raise DefinitionError(f"{file} 里有不能读作数字或日期的值：{error}") from error
    return Fields(file, where, content)
