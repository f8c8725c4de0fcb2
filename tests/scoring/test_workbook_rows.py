import io
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from scoring.errors import ObservationError
from scoring.table import read_table
from scoring.workbook_rows import WorkbookError, read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: tuple[str | float, ...]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return book


def with_sheet(path: Path, data: str, prologue: str = "") -> Path:
    """Write a workbook whose sheet holds these rows as XML."""
    plain = io.BytesIO()
    workbook(("甲",)).save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == SHEET:
                head, _, rest = content.partition(b"<sheetData>")
                _, _, tail = rest.partition(b"</sheetData>")
                content = b"".join([prologue.encode(), head, b"<sheetData>", data.encode(), b"</sheetData>", tail])
            target.writestr(entry, content)
    return path


def test_rows_that_hold_nothing_are_passed_over_and_numbers_kept(tmp_path: Path):
    workbook(("年份", "得分"), (), (2021, 0.5)).save(tmp_path / "a.xlsx")
    assert list(read_workbook(tmp_path / "a.xlsx")) == [(1, ("年份", "得分")), (3, ("2021", "0.5"))]


def test_formatted_but_empty_rows_and_columns_do_no_harm(tmp_path: Path):
    book = workbook(("年份", "得分"), (2021, 90))
    sheet = book.active
    assert sheet is not None
    fill = PatternFill("solid", "FFFF00")
    for row in range(1, 3001):
        sheet.cell(row, 1).fill = fill
    for column in range(1, 201):
        sheet.cell(1, column).fill = fill
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert [row.cells[:2] for row in table.rows] == [("2021", "90")]


def test_a_row_number_that_no_spreadsheet_has_is_not_waited_for(tmp_path: Path):
    path = with_sheet(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"/>')
    assert list(read_workbook(path)) == [(1, ("1",))]


LONG = f'<c t="inlineStr"><is><t>{"字" * 30_000}</t></is></c>'


@pytest.mark.parametrize("data", ["<row>" + "<c/>" * 20_000_000 + "</row>", f"<row>{LONG * 1_000}</row>"])
def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, data: str):
    path = with_sheet(tmp_path / "a.xlsx", data)
    assert path.stat().st_size < 200_000
    with pytest.raises(WorkbookError, match="表太大"):
        list(read_workbook(path))


def test_one_that_takes_too_long_is_stopped(tmp_path: Path):
    workbook(("甲",)).save(tmp_path / "a.xlsx")
    with pytest.raises(WorkbookError, match="0.01 秒内没有读完"):
        list(read_workbook(tmp_path / "a.xlsx", seconds=0.01))


def test_entities_are_not_unfolded(tmp_path: Path):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    prologue = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">{levels}]>'
    data = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row>'
    with pytest.raises(WorkbookError, match=r"表太大|不是有效的"):
        list(read_workbook(with_sheet(tmp_path / "a.xlsx", data, prologue), seconds=20))


def test_what_is_no_file_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pipe.xlsx", "device.csv", "folder.csv"):
        with pytest.raises(ObservationError, match="不是文件"):
            read_table(tmp_path / name)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(ObservationError, match="超过 100 MB"):
        read_table(tmp_path / "a.csv")
