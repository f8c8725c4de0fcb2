"""The sentences that the assistant can say, kept as data: one file a language in `language/`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Figure
from assistant.evidence import Form

_FOLDER = Path(__file__).parent
# A statement that was turned round still has its form.
_WAYS = [
    *(("上升", "下降"), ("最大", "最小"), ("最高", "最低"), ("最多", "最少"), ("高于", "低于"), ("升幅", "降幅")),
    *(("越高", "越低"), ("rose", "fell"), ("rise", "fall"), ("up", "down"), ("higher", "lower"), ("more", "less")),
    *(("Higher", "Lower"), ("above", "below"), ("highest", "lowest"), ("largest", "smallest"), ("most", "least")),
    ("从高到低", "从低到高"),
]
_WAY = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(word for pair in _WAYS for word in pair)})(?![A-Za-z])")
# A bar inside a name, which would end the cell of a table.
_BAR = re.compile(r"(?<![\s\\])\|(?!\s)")
_Y = re.compile("(?<=[^aeiou])y$")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_BLANK = re.compile(r"\s")
_SLOT = re.compile(r"\{[^}]*\}")
LANGUAGES = ("zh", "en")


class Shown:
    """A figure inside a sentence.

    `{x}` writes it with its unit, `{x:abs}` without its sign, `{x:bare}` as digits, `{x:size}` as those without a sign.
    """

    def __init__(self, figure: Figure, unit: str):
        self._figure, self._unit = figure, unit

    def __format__(self, spec: str) -> str:
        match spec:
            case "":
                return self._figure.display + self._unit
            case "abs":
                return self._figure.magnitude + self._unit
            case "bare":
                return self._figure.display
            case "size":
                return self._figure.magnitude
            case _:
                raise ValueError(f"unknown way to write a figure: {spec}")


class Absent:
    """What stands in a sentence, or in a row of a table, for a figure that there is none of."""

    def __format__(self, spec: str) -> str:
        return "—"


class Wording:
    """The sentences of one language."""

    def __init__(self, language: str, content: Mapping[str, Any]):
        self.language = language
        self._sentences: Mapping[str, str] = content["sentences"]
        self.percentage_point: str = content["percentage_point"]
        self._units: Mapping[str, str] = content["measure_units"]
        self._unit_gap: str = content["unit_gap"]
        self._separator: str = content["separator"]
        self._last_separator: str = content["last_separator"]

    def say(self, key: str, **values: object) -> str:
        """Write one sentence, with figures and lists filled in."""
        sentence = self._sentences[key]
        shown = {name: self._shown(value) for name, value in values.items()}
        if sentence.startswith("|"):
            shown = {name: _BAR.sub(r"\\|", v) if isinstance(v, str) else v for name, v in shown.items()}
        return sentence.format_map(shown)

    def form(self, key: str) -> Form:
        """Give what a sentence looks like, whatever is filled in; stars and markers left out."""
        pieces = _SLOT.split(self._sentences[key].replace("**", "").replace("{marker}", ""))
        pattern = r"[^。\n]+?".join(_WAY.sub(_either, re.escape(piece)) for piece in pieces)
        return Form(max((words for piece in pieces for words in _WAY.split(piece)), key=len), re.compile(pattern))

    def join(self, items: Sequence[str]) -> str:
        """Write a list."""
        if len(items) < 2:
            return "".join(items)
        return self._separator.join(items[:-1]) + self._last_separator + items[-1]

    def many(self, number: int, noun: str) -> str:
        """Write a noun as it stands behind a number."""
        if self.language != "en" or number == 1:
            return noun
        return _Y.sub("ie", noun) + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")

    def length(self, text: str) -> int:
        """Measure a text as a reader does: its characters; in English its words, a Chinese character being one."""
        return len(_WORD.findall(text)) if self.language == "en" else len(_BLANK.sub("", text))

    def unit(self, measure_unit: str) -> str:
        """Write a unit of measure by itself."""
        return self._units.get(measure_unit, measure_unit)

    def in_brackets(self, measure_unit: str) -> str:
        """Write a unit of measure in brackets behind a heading; nothing where there is none."""
        unit = self.unit(measure_unit)
        return self.say("unit.in_brackets", unit=unit) if unit else ""

    def behind(self, measure_unit: str) -> str:
        """Write a unit of measure behind a number, with the gap that the language leaves."""
        unit = self.unit(measure_unit).removeprefix("1") if measure_unit.startswith("1/") else self.unit(measure_unit)
        first = unit[:1]
        return (" " if first.isascii() else self._unit_gap) + unit if first.isalpha() else unit

    def title(self, figure: Figure) -> str:
        """Say what a figure is of: node, kind and years."""
        kind = self.say(f"kind.{figure.kind.value}")
        if figure.year is None:
            return self.say("ui.figure", node=figure.node, kind=kind)
        if figure.base_year is None:
            return self.say("ui.figure_year", node=figure.node, kind=kind, year=figure.year)
        return self.say("ui.figure_years", node=figure.node, kind=kind, base_year=figure.base_year, year=figure.year)

    def written(self, figure: Figure) -> str:
        """Write a figure by itself, with its unit."""
        return figure.display + self.behind(figure.measure_unit)

    def _shown(self, value: object) -> object:
        if value is None:
            return Absent()
        return Shown(value, self.behind(value.measure_unit)) if isinstance(value, Figure) else value


def _either(word: re.Match[str]) -> str:
    return next(f"(?:{'|'.join(pair)})" for pair in _WAYS if word[0] in pair)


@cache
def wording(language: str) -> Wording:
    """Load the sentences of a language."""
    return Wording(language, yaml.load((_FOLDER / f"{language}.yaml").read_text("utf-8"), yaml.CSafeLoader))


@cache
def statement_keys() -> frozenset[str]:
    """List the sentences that are statements: what a tool says in words, to be repeated as it is or not at all."""
    return frozenset(yaml.load((_FOLDER / "statements.yaml").read_text("utf-8"), yaml.CSafeLoader))


@cache
def statement_forms() -> tuple[Form, ...]:
    """Give the forms of all statements, in every language."""
    return tuple(wording(language).form(key) for language in LANGUAGES for key in sorted(statement_keys()))
