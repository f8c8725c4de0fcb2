"""How people ask for a change of a text, read from `language/editing.yaml`, where each list is explained."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.language.patterns import expressions

_FILE = Path(__file__).parent / "editing.yaml"


@dataclass(frozen=True)
class EditWords:
    """One pattern for each list."""

    drop: re.Pattern[str]
    keep: re.Pattern[str]
    add: re.Pattern[str]
    anew: re.Pattern[str]
    other_version: re.Pattern[str]
    another: re.Pattern[str]
    told: re.Pattern[str]
    swap: re.Pattern[str]
    front: re.Pattern[str]
    reverse: re.Pattern[str]
    at_front: re.Pattern[str]
    at_end: re.Pattern[str]
    exchange: re.Pattern[str]
    very_first: re.Pattern[str]
    conclusion: re.Pattern[str]
    sourced: re.Pattern[str]
    undo: re.Pattern[str]
    latest: re.Pattern[str]
    unquoted: re.Pattern[str]
    title: re.Pattern[str]
    untitle: re.Pattern[str]
    titled: re.Pattern[str]
    bare: re.Pattern[str]
    cautions: re.Pattern[str]
    table: re.Pattern[str]
    list: re.Pattern[str]
    one_paragraph: re.Pattern[str]
    one_sentence: re.Pattern[str]
    formal: re.Pattern[str]
    groups: re.Pattern[str]
    each: re.Pattern[str]
    restyle: re.Pattern[str]
    writes: re.Pattern[str]
    request: re.Pattern[str]
    all_years: re.Pattern[str]
    point: re.Pattern[str]
    sentence: re.Pattern[str]
    paragraph: re.Pattern[str]
    first: re.Pattern[str]
    observed: re.Pattern[str]
    of_figures: re.Pattern[str]
    beside: re.Pattern[str]
    fractions: Mapping[float, re.Pattern[str]]

    def of_form(self) -> Iterator[re.Pattern[str]]:
        """Yield what says in which form a text is to be, and nothing of what it says."""
        yield from (
            self.unquoted,
            self.bare,
            self.cautions,
            self.untitle,
            self.titled,
            self.title,
            self.sourced,
            self.table,
            self.list,
        )
        yield from (self.one_paragraph, self.each, self.groups, self.one_sentence, self.formal)

    def of_a_text(self) -> Iterator[re.Pattern[str]]:
        """Yield what says of a text how it is to be, and where in it something is to stand."""
        yield from (*self.of_form(), self.at_front, self.at_end, self.beside)

    def of_changes(self) -> Iterator[re.Pattern[str]]:
        """Yield what asks for a change, and what it points at."""
        yield from (self.first, self.drop, self.keep, self.add, self.swap, self.front)
        yield from (self.at_front, self.at_end, self.observed, self.other_version)
        yield from (self.point, self.sentence, self.paragraph, self.of_figures, self.beside)


@cache
def edit_words() -> EditWords:
    """Load them."""
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), yaml.CSafeLoader)
    fractions = {share: expressions(words) for share, words in content.pop("fractions").items()}
    return EditWords(**{name: expressions(words) for name, words in content.items()}, fractions=fractions)
