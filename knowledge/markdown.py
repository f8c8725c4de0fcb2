"""Markdown: headings by `#`, tables by bars, paragraphs by empty lines."""

import re
from collections.abc import Iterator

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.tokens import is_caption

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"[\s|:-]+")


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    lines = text.split("\n")
    at = 0
    caption = ""
    while at < len(lines):
        line, number = lines[at].strip(), at + 1
        at += 1
        if not line:
            continue
        if heading := _HEADING.match(line):
            yield Heading(heading[2], len(heading[1]), number)
            continue
        block = [line]
        is_table = line.startswith("|")
        while at < len(lines) and (following := lines[at].strip()) and not _HEADING.match(following):
            if following.startswith("|") != is_table:
                break
            block.append(following)
            at += 1
        if is_table:
            yield _table(caption, block, number)
            caption = ""
            continue
        if caption:
            yield Paragraph(caption, number - 1)
        text = " ".join(block)
        caption = text if is_caption(text) and _next_is_table(lines, at) else ""
        if not caption:
            yield Paragraph(text, number)


def _next_is_table(lines: list[str], at: int) -> bool:
    return next((line.strip() for line in lines[at:] if line.strip()), "").startswith("|")


def _table(caption: str, lines: list[str], number: int) -> Table:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not _RULE.fullmatch(line)]
    width = max(map(len, rows), default=0)
    return Table(caption, tuple(tuple([*row, *[""] * (width - len(row))]) for row in rows), number)
