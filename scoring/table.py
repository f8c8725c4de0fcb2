"""A table as offices hand it over: CSV (UTF-8 with or without BOM, or GB18030) or XLSX, each cell with its address."""

import csv
import io
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scoring.errors import ObservationError, Problem
from scoring.textfile import read_text
from scoring.workbook_rows import WorkbookError, read_workbook

_LARGEST_FILE = 100_000_000

_LETTERS = 26

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_WORKBOOKS = (".xls", ".xlsm", ".et", ".ods")

EARLIEST, LATEST = 1900, 2100


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
        _require_a_file(path)
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


def _require_a_file(path: Path) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ObservationError(path.name, [Problem(str(path), "不是文件")])
    if status.st_size > _LARGEST_FILE:
        raise ObservationError(path.name, [Problem("文件", f"超过 {_LARGEST_FILE // 10**6} MB 的上限")])


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
    try:
        yield from (Row(number, cells) for number, cells in read_workbook(path))
    except WorkbookError as error:
        raise ObservationError(path.name, [Problem("文件", str(error))]) from error


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
