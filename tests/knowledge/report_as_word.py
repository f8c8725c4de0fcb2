"""Writes the blocks of a text file as a Word file, with tables whose cells are merged as in print."""

from collections.abc import Iterable
from pathlib import Path

import docx
from docx.table import Table as WordTable

from knowledge.blocks import Block, Heading, Paragraph, Table


def write_word(path: Path, blocks: Iterable[Block], styles: dict[int, str] | None = None) -> Path:
    """Write a Word file; `styles` names the paragraph style for the rank of a heading."""
    document = docx.Document()
    for block in blocks:
        match block:
            case Heading():
                document.add_paragraph(block.title, (styles or {}).get(block.rank))
            case Paragraph():
                document.add_paragraph(block.text)
            case Table():
                if block.caption:
                    document.add_paragraph(block.caption)
                _write(block, document.add_table(len(block.rows), len(block.rows[0])))
    document.save(str(path))
    return path


def _write(block: Table, table: WordTable) -> None:
    """Fill a table; what has an empty cell at its right or the same words below it is merged with it."""
    for at, row in enumerate(block.rows):
        for column, text in enumerate(row):
            above = block.rows[at - 1][: column + 1] if at > 1 else ()
            if text and above != row[: column + 1]:
                right, down = column, at
                while right + 1 < len(row) and not row[right + 1]:
                    right += 1
                while down + 1 < len(block.rows) and block.rows[down + 1][: column + 1] == row[: column + 1]:
                    down += 1
                table.cell(at, column).merge(table.cell(down, right)).text = text
