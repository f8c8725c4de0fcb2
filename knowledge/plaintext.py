"""Plain text, among it what a word processor leaves when a Word file is saved as text.

Headings are told by their numbering. A table arrives as one line a row with tabs between the cells, or as one tab-led
line a cell and an empty line between rows; cells merged downwards arrive empty, cells merged sideways are missing.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.headings import heading_rank, is_table_caption, without_left_overs

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")


def plaintext_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a plain text."""
    lines = [without_left_overs(line) for line in text.split("\n")]
    caption: tuple[str, int] | None = None
    at = 0
    while at < len(lines):
        line, number = lines[at], at + 1
        if _is_of_a_table(line):
            cells, at = _table_rows(lines, at) if _is_row(line) else _table_cells(lines, at)
            yield Table(caption[0] if caption else "", _rectangular(cells), caption[1] if caption else number)
            caption = None
            continue
        at += 1
        line = line.strip()
        if not line:
            continue
        if caption:
            yield Paragraph(*caption)
            caption = None
        if is_table_caption(line) and _is_of_a_table(next(filter(str.strip, lines[at:]), "")):
            caption = (line, number)
        elif (rank := heading_rank(line)) is not None:
            yield Heading(line, rank, number)
        else:
            yield Paragraph(line, number)


def _is_of_a_table(line: str) -> bool:
    return line.startswith("\t") or _is_row(line)


def _is_row(line: str) -> bool:
    """Whether a line holds several cells."""
    return "\t" in line.strip()


def _table_rows(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """Read a table of one line a row from line `at`, up to the first line without a tab."""
    rows: list[list[str]] = []
    while at < len(lines) and "\t" in lines[at] and lines[at].strip():
        rows.append([cell.strip() for cell in lines[at].rstrip().split("\t")])
        at += 1
    if not any(row[0] for row in rows):  # the tab that leads each row
        rows = [row[1:] for row in rows]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows], at


def _table_cells(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """Read the rows of a table from line `at`; a line without a tab inside a row goes on with the cell before it."""
    rows: list[list[str]] = []
    while at < len(lines) and lines[at].startswith("\t"):
        row: list[str] = []
        while at < len(lines) and lines[at] != "":
            if lines[at].startswith("\t"):
                row.append(lines[at].strip())
            else:
                row[-1] += lines[at].strip()
            at += 1
        rows.append(row)
        while at < len(lines) and lines[at] == "":
            at += 1
    return rows, at


def _rectangular(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Give every row the same cells: merged ones are filled from above, short rows and the header are spread."""
    header, body = rows[0], rows[1:]
    width = max(map(len, rows))
    filled: list[list[str]] = []
    for row in body:
        cells = [row[0], *[""] * (width - len(row)), *row[1:]]
        for column in range(width):
            if cells[column] or not filled:
                break
            cells[column] = filled[-1][column]
        filled.append(cells)
    full = [row for row, cells in zip(filled, body, strict=True) if len(cells) == width]
    return tuple(tuple(row) for row in [_spread(header, full, width), *filled])


def _spread(header: list[str], body: list[list[str]], width: int) -> list[str]:
    """Set header cells over their columns.

    A header cell that spans several columns arrives as one cell. Every column of words opens a new header cell;
    the cells left over stand over the last columns of numbers.
    """
    if len(header) >= width or not body:
        return [*header, *[""] * (width - len(header))]
    words = [column for column in range(width) if not all(_NUMBER.fullmatch(row[column]) for row in body)]
    leading = words[: len(header)]
    trailing = len(header) - len(leading)
    columns = [*leading, *range(width - trailing, width)]
    spread = [""] * width
    for column, cell in zip(columns, header, strict=True):
        spread[column] = cell
    return spread
