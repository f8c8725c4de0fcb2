"""Markdown: headings by `#`, tables by bars, paragraphs by empty lines."""

import re
from collections.abc import Iterator

from knowledge.blocks import Block, Heading, Paragraph, Table

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"[\s|:-]+")


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    lines = text.split("\n")
    at = 0
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
        yield _table(block, number) if is_table else Paragraph(" ".join(block), number)


def _table(lines: list[str], number: int) -> Table:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not _RULE.fullmatch(line)]
    width = max(map(len, rows), default=0)
    return Table("", tuple(tuple([*row, *[""] * (width - len(row))]) for row in rows), number)
