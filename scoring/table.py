"""A table as offices hand it over: CSV (UTF-8 with or without BOM, or GB18030) or XLSX, each cell with its address."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.errors import ObservationError, Problem
from scoring.textfile import read_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

# An index of 10,000 units and 50 indicators unpacks to some 30 MB.
_LARGEST_WORKBOOK = 200_000_000

_LETTERS = 26

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_WORKBOOKS = (".xls", ".xlsm", ".et", ".ods")

EARLIEST, LATEST = 1900, 2100

_LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything: its number in the file and the text of its cells, in the order of the columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header of distinct names."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def value(self, row: Row, column: str) -> str:
        """Give the text of a cell; empty where the table has no such column."""
        return row.cells[self.columns.index(column)] if column in self.columns else ""

    def require(self, *columns: str, called: Mapping[str, str] | None = None) -> None:
        """Insist on columns; `called` is what a user calls them besides.

        Raises
        ------
        ObservationError
            One is missing.
        """
        missing = [column for column in columns if column not in self.columns]
        if missing:
            missing = [f"{called[column]}（{column}）" if called else column for column in missing]
            found = "、".join(filter(None, self.columns)) or "无"
            raise ObservationError(self.file, [Problem("表头", f"缺少列 {'、'.join(missing)}；现有 {found}")])


def read_table(path: Path) -> Table:
    """Read a table; of a workbook, its first sheet.

    Raises
    ------
    ObservationError
        The file is missing or unreadable, or names a column twice.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_OLD_OFFICE))
        if beginning == _OLD_OFFICE or path.suffix.lower() in _OTHER_WORKBOOKS:
            problem = Problem("文件", "是旧版、带宏或加密的工作簿；请在 Excel 或 WPS 里另存为不加密的 .xlsx")
            raise ObservationError(path.name, [problem])
        lines = list(_workbook_lines(path) if beginning.startswith(b"PK") else _csv_lines(path))
    except OSError as error:
        raise ObservationError(path.name, [Problem(str(path), f"读不到文件（{error.strerror}）")]) from error
    header = lines[0].cells if lines else ()
    doubled = sorted({column for column in header if column and header.count(column) > 1})
    if doubled:
        raise ObservationError(path.name, [Problem("表头", f"列 {'、'.join(doubled)} 出现了两次")])
    width = len(header)
    wide = [line.number for line in lines[1:] if any(line.cells[width:])]
    if wide:
        raise ObservationError(path.name, [Problem(f"第{number}行", "格子比表头多") for number in wide])
    rows = (Row(line.number, (line.cells + ("",) * width)[:width]) for line in lines[1:])
    return Table(path.name, header, tuple(row for row in rows if any(row.cells)))


def _csv_lines(path: Path) -> Iterator[Row]:
    try:
        reader = csv.reader(io.StringIO(read_text(path), newline=""))
    except UnicodeDecodeError as error:
        raise ObservationError(path.name, [Problem("编码", "既不是 UTF-8 也不是 GB18030")]) from error
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(cell.strip() for cell in cells))
    except csv.Error as error:
        raise ObservationError(path.name, [Problem(f"第{reader.line_num}行", f"不是有效的 CSV（{error}）")]) from error


def _workbook_lines(path: Path) -> Iterator[Row]:
    """Read the first sheet: values, and the formula itself where nobody has computed it yet."""
    from openpyxl import load_workbook  # only a workbook needs it

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _LARGEST_WORKBOOK:
            raise ObservationError(path.name, [Problem("文件", f"解开后有 {size // 10**6} MB，太大了")])
        sheets = [load_workbook(path, read_only=True, data_only=values).worksheets[0] for values in (True, False)]
        for sheet in sheets:
            sheet.reset_dimensions()
        for number, pair in enumerate(zip(*(sheet.iter_rows() for sheet in sheets), strict=True), start=1):
            yield Row(number, tuple(_text(value) or _text(formula) for value, formula in zip(*pair, strict=True)))
    except (ObservationError, OSError):
        raise
    except Exception as error:  # a damaged archive fails in more ways than can be listed
        raise ObservationError(path.name, [Problem("文件", "不是有效的 XLSX 工作簿（可能已损坏或加密）")]) from error


def _text(cell: "Cell | MergedCell") -> str:
    """Write a cell as it would be typed; a number shown in per cent gets its sign back."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown_in_percent = "%" in _LITERAL.sub("", str(cell.number_format))
        # Fifteen digits are all that a spreadsheet keeps; what it computed ends in noise.
        return f"{100 * value:.12g}%" if shown_in_percent else f"{value:.12g}"
    return "" if value is None else str(value).strip()


def column_letters(column: int) -> str:
    """Name a column, counted from zero, as a spreadsheet does."""
    head, last = divmod(column, _LETTERS)
    return (column_letters(head - 1) if head else "") + chr(ord("A") + last)


def parse_year(text: str) -> int:
    """Read a year; ValueError says in Chinese what is wrong."""
    digits = text.removesuffix("年")
    if not (digits.isdecimal() and len(digits) == 4):
        raise ValueError(f"年份“{text}”应为四位数字")
    if not EARLIEST <= int(digits) <= LATEST:
        raise ValueError(f"年份“{text}”应在 {EARLIEST} 到 {LATEST} 之间")
    return int(digits)
