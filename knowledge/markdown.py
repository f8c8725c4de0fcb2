"""Markdown: headings by `#`, tables by bars, paragraphs by empty lines or the marks of a list, without other marks.

A text without any `#` has its headings told by their numbering.
"""

import re
from collections.abc import Iterator

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.headings import heading_rank
from knowledge.tokens import is_caption

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"[\s|:-]+")
_BREAK = re.compile(r"(?:[-*_]\s*){3,}")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_BULLET = re.compile(r"(?:>\s?)*(?:[-*+]\s+(?=\S))?")
# Marks inside a line and what is left of them. A library that follows CommonMark would leave "**名称：**定义" as it is.
_MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]*)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    lines = text.split("\n")
    is_numbered = not any(_HEADING.match(line.strip()) for line in lines)
    at = 0
    caption = ""
    while at < len(lines):
        line, number = lines[at].strip(), at + 1
        at += 1
        if not line or _BREAK.fullmatch(line):
            continue
        if heading := _HEADING.match(line):
            yield Heading(_plain(heading[2]), len(heading[1]), number)
            continue
        if is_numbered and (rank := heading_rank(_plain(line))) is not None:
            yield Heading(_plain(line), rank, number)
            continue
        block = [line]
        is_table = line.startswith("|")
        while at < len(lines) and (following := lines[at].strip()) and not _HEADING.match(following):
            if following.startswith("|") != is_table or _ITEM.match(following):
                break
            if is_numbered and heading_rank(_plain(following)) is not None:
                break
            if block[-1].endswith("。"):
                break
            block.append(following)
            at += 1
        if is_table:
            yield _table(caption, block, number)
            caption = ""
            continue
        if caption:
            yield Paragraph(caption, number - 1)
        text = _plain(_BULLET.sub("", " ".join(block), count=1))
        caption = text if is_caption(text) and _next_is_table(lines, at) else ""
        if not caption:
            yield Paragraph(text, number)


def _plain(text: str) -> str:
    """Take the marks of emphasis, code and links out of a text."""
    for mark, left in _MARKS:
        text = mark.sub(left, text)
    return text


def _next_is_table(lines: list[str], at: int) -> bool:
    return next((line.strip() for line in lines[at:] if line.strip()), "").startswith("|")


def _table(caption: str, lines: list[str], number: int) -> Table:
    rows = [
        [_plain(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if not _RULE.fullmatch(line)
    ]
    width = max(map(len, rows), default=0)
    return Table(caption, tuple(tuple([*row, *[""] * (width - len(row))]) for row in rows), number)
