"""The first sheet of a workbook from outside, read in a process of its own, in bounded time and memory.

As a script this file is that process: it writes one JSON list a row, its number and then its cells.
"""

import json
import logging
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

_log = logging.getLogger(__name__)

SECONDS = 60
_MEMORY = 512 * 1024**2
# An index of 10,000 units and 50 indicators unpacks to some 30 MB and writes 10.
_LARGEST_UNPACKED = 200_000_000
_LARGEST_ANSWER = 100_000_000
# As many as a spreadsheet has.
_LAST_ROW = 1_048_576
_TOO_LARGE = 77
_LITERAL = re.compile(r'"[^"]*"|\\.')


class WorkbookError(Exception):
    """A workbook cannot be read; the message says why in Chinese, without the name of the file."""


def read_workbook(path: Path, seconds: float = SECONDS) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of the first sheet that hold anything, and the first: number, then the text of each cell.

    Raises
    ------
    WorkbookError
        It is damaged, or takes more time or memory than a table may.
    """
    command = [sys.executable, "-P", __file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise WorkbookError(f"{seconds:g} 秒内没有读完，可能是恶意文件；请只保留数据表后再导入") from error
    if done.returncode == _TOO_LARGE:
        raise WorkbookError("表太大；请只保留数据表，并删去其后的空行空列后再导入")
    if done.returncode:
        _log.warning("%r: not a workbook: %s", str(path), done.stderr.decode(errors="replace")[-2000:])
        raise WorkbookError("不是有效的 XLSX 工作簿（可能已损坏或加密）")
    for line in done.stdout.splitlines():
        number, *cells = json.loads(line)
        yield number, tuple(cells)


def main() -> None:
    """Write the rows of the workbook that the command line names."""
    path = Path(sys.argv[1])
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
            sys.exit(_TOO_LARGE)
    _confine()
    written = 0
    try:
        for number, cells in _rows(path):
            if number > 1 and not any(cells):
                continue
            line = json.dumps([number, *cells])
            written += len(line)
            if written > _LARGEST_ANSWER:
                sys.exit(_TOO_LARGE)
            print(line)  # noqa: T201
    except MemoryError:
        sys.exit(_TOO_LARGE)


def _confine() -> None:
    """Limit the memory of this process as far as the platform can."""
    try:
        import resource
    except ImportError:  # on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Read values, and the formula itself where nobody has computed it yet."""
    from openpyxl import load_workbook

    sheets = [load_workbook(path, read_only=True, data_only=values).worksheets[0] for values in (True, False)]
    for sheet in sheets:
        sheet.reset_dimensions()
    rows = zip(*(sheet.iter_rows(max_row=_LAST_ROW) for sheet in sheets), strict=True)
    for number, pair in enumerate(rows, start=1):
        yield number, tuple(_text(value) or _text(formula) for value, formula in zip(*pair, strict=True))


def _text(cell: "Cell | MergedCell") -> str:
    """Write a cell as it would be typed; a number shown in per cent gets its sign back."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown_in_percent = "%" in _LITERAL.sub("", str(cell.number_format))
        # Fifteen digits are all that a spreadsheet keeps; what it computed ends in noise.
        return f"{100 * value:.12g}%" if shown_in_percent else f"{value:.12g}"
    return "" if value is None else str(value).strip()


if __name__ == "__main__":
    main()
