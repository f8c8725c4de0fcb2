"""Markdown tables read cell by cell: each with the heading of its column and the names in its row."""

import re
from collections.abc import Iterator

_RULE = re.compile(r"\|[\s:|-]+\|")
NAME = re.compile(r"⟦([^⟧]*)⟧")
"""The mark that stands for a node, with its id."""


def spelled_out(text: str) -> str:
    """Write each cell of the tables of a text as a line of its own; other lines stay as they are."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    headings: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            headings = []
            yield line
        elif not headings:
            headings = _cells(line)
        elif not _RULE.fullmatch(line):
            names = " ".join(name[0] for name in NAME.finditer(line))
            for heading, cell in zip(headings, _cells(line), strict=False):
                yield f"{names} {heading} {NAME.sub('', cell)}"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
