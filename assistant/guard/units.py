"""Which unit of measure stands behind a number."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

_LONGER = re.compile(r"(?!s\b)[A-Za-z]")


def units_after(number: re.Match[str], units: Sequence[tuple[str, str]]) -> set[str]:
    """Tell what a written unit can stand for; nothing where none is written."""
    behind = number.string[number.end() :].lstrip(" ")
    near = _by_first_character(tuple(units)).get(behind[:1], ())
    labels = [label for label, _ in near if behind.startswith(label) and not _goes_on(behind, label)]
    longest = max(labels, key=len, default="")
    return {unit for label, unit in near if label == longest}


@lru_cache(64)
def _by_first_character(units: tuple[tuple[str, str], ...]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Put the ways to write a unit to the character that they begin with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for label, unit in filter(itemgetter(0), units):
        found.setdefault(label[0], []).append((label, unit))
    return found


def _goes_on(text: str, label: str) -> bool:
    """Whether the Latin word that a text begins with is longer than a label, and not its plural."""
    return label[-1].isascii() and _LONGER.match(text, len(label)) is not None
