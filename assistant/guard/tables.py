"""Markdown tables read cell by cell: each with the years of its caption, the names of its row, and its headings."""

import re
from collections.abc import Iterator

from knowledge.passages import cells

_RULE = re.compile(r"\|[\s:|-]+\|")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"[。.〕][）)]?(?:\s?\[\d+\])*$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
NAME = re.compile(r"⟦([^⟧]*)⟧")
"""The mark that stands for a node, with its id."""
ENTITY = re.compile("[\ue000-\uf8ff]")
"""The mark that stands for a scored unit."""


def unit_heading(text: str) -> str:
    """Give the mark of the scored unit that a text consists of, as the heading of what stands below; else nothing."""
    label = ENTITY.fullmatch(text.strip("：: \n"))
    return label[0] if label else ""


def spelled_out(text: str) -> str:
    """Write each cell of the tables of a text as a line of its own, with what it is of, but for a cell of sentences."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    headings: list[str] = []
    caption = ""
    for line in text.split("\n"):
        if not line.startswith("|"):
            headings = []
            caption = line if line.strip() else caption
            yield line
        elif not headings:
            headings = _of_years([_BRACKETS.sub("", heading) for heading in cells(line)])
        elif not _RULE.fullmatch(line):
            years = "、".join(_YEAR.findall(caption)) if caption.rstrip().endswith(("：", ":")) else ""
            row = cells(line)
            names = " ".join(name[0] for name in NAME.finditer(line))
            label = "" if names else row[0]
            for heading, cell in zip(headings, row, strict=False):
                said = f"| {years} {names} {heading} {label if cell != label else ''} {NAME.sub('', cell)}"
                yield cell if _SENTENCE.search(cell) else said


def _of_years(headings: list[str]) -> list[str]:
    """Put the years of two columns, of one year each, to those behind them: what moved did so between them."""
    years = [(place, year) for place, heading in enumerate(headings) for year in _YEAR.findall(heading)]
    if len(years) != 2:
        return headings
    (_, first), (last, second) = years
    return [*headings[: last + 1], *(f"{heading} {first}—{second}年" for heading in headings[last + 1 :])]
