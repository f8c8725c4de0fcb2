"""Which unit of measure stands behind a number."""

import re
from collections.abc import Sequence

_LONGER = re.compile(r"(?!s\b)[A-Za-z]")


def units_after(number: re.Match[str], units: Sequence[tuple[str, str]]) -> set[str]:
    """Tell what a written unit can stand for; nothing where none is written."""
    behind = number.string[number.end() :].lstrip(" ")
    labels = [label for label, _ in units if label and behind.startswith(label) and not _goes_on(behind, label)]
    longest = max(labels, key=len, default="")
    return {unit for label, unit in units if label and label == longest}


def _goes_on(text: str, label: str) -> bool:
    """Whether the Latin word that a text begins with is longer than a label, and not its plural."""
    return label[-1].isascii() and _LONGER.match(text, len(label)) is not None
