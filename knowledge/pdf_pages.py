"""The pages of a PDF as lines with their places, as pdfium finds them."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from knowledge.errors import DocumentError
from knowledge.files import name_of

_LINE_ENDS = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"\s+")
_WIDEST_BLANK = 1.0
_NUMBERS = re.compile(r"(?:(?:^|\s)[-+]?[\d,]*\.?\d+%?){3}(?=\s|$)")
_SAME_LINE = 0.4
# What pdfium writes for a hyphen at the end of a line, for signs without a meaning, and radicals in place of
# characters, as many Chinese fonts have it.
_CLEANED = {
    **dict.fromkeys([*range(32), 0x7F, 0xAD, 0xFFFD, 0xFFFE, 0xFFFF, *range(0xE000, 0xF900)], ""),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    0x09: " ",
    0xA0: " ",
}
_FEW_CHARACTERS = 20
_FEW_OBJECTS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `height` is that of its letters, `is_row` tells that it looks like a table's."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of a page; one that is a picture has no text, or hardly any."""

    lines: tuple[Line, ...]
    width: float
    is_wide: bool
    is_picture: bool


@contextmanager
def opened(path: Path) -> Iterator["Pages"]:
    """Open a PDF.

    Raises
    ------
    DocumentError
        It is encrypted or damaged.
    """
    with path.open("rb") as file, closing(Pages(file, name_of(path))) as pages:
        yield pages


class Pages:
    """The pages of an open PDF; each is read when it is asked for, and nothing of it is kept."""

    def __init__(self, file: BinaryIO, name: str):
        self._name = name
        try:
            self._document = pdfium.PdfDocument(file)
        except pdfium.PdfiumError as error:
            is_locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
            reason = "PDF 已加密，请去掉打开密码后再导入" if is_locked else "不是完好的 PDF 文件"
            raise DocumentError(f"{name}：{reason}") from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def read(self, at: int) -> Page:
        """Read a page, counted from 0.

        Raises
        ------
        DocumentError
            It is damaged.
        """
        try:
            with closing(self._document[at]) as page, closing(page.get_textpage()) as text:
                width, height = page.get_size()
                lines = tuple(_merged(_lines(text, page.get_rotation(), width)))
                return Page(lines, width, width > height, _is_picture(page, lines))
        except pdfium.PdfiumError as error:
            raise DocumentError(f"{self._name}：PDF 第 {at + 1} 页已损坏") from error


def _is_picture(page: pdfium.PdfPage, lines: tuple[Line, ...]) -> bool:
    characters = sum(len(line.text) for line in lines)
    objects = pdfium_c.FPDFPage_CountObjects(page)
    if characters >= _FEW_CHARACTERS or not objects:
        return False
    kinds = (
        pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFPage_GetObject(page, at)) for at in range(min(objects, _FEW_OBJECTS))
    )
    return not characters or pdfium_c.FPDF_PAGEOBJ_IMAGE in kinds


def _lines(page: pdfium.PdfTextPage, rotation: int, width: float) -> Iterator[Line]:
    """Yield the lines in the order of the file."""
    raw = page.raw
    codes = [pdfium_c.FPDFText_GetUnicode(raw, at) for at in range(page.count_chars())]
    characters = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    box = _Boxes(raw, rotation, width)
    for found in _LINE_ENDS.finditer(characters):
        text = found[0].strip()
        printed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_CLEANED).strip()
        if not printed:
            continue
        start = found.start() + found[0].index(text)
        first, last = box[start], box[start + len(text) - 1]
        height = max(first.height, last.height)
        is_row = bool(_NUMBERS.search(printed)) or any(
            box[start + blank.end()].left - box[start + blank.start() - 1].right > _WIDEST_BLANK * height
            for blank in _BLANKS.finditer(text)
        )
        yield Line(printed, first.left, last.right, first.bottom, height, is_row)


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Put together what stands side by side on one printed line."""
    before: Line | None = None
    for line in lines:
        if before and abs(line.bottom - before.bottom) < _SAME_LINE * line.height and line.left > before.left:
            gap = line.left - before.right
            is_row = before.is_row or line.is_row or gap > _WIDEST_BLANK * line.height
            text = before.text + (" " if gap > _SAME_LINE * line.height else "") + line.text
            before = Line(text, before.left, line.right, before.bottom, max(before.height, line.height), is_row)
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    bottom: float
    height: float


class _Boxes:
    """The boxes of the characters of a page, turned as the page is."""

    def __init__(self, page: ctypes.c_void_p, rotation: int, width: float):
        self._page, self._rotation, self._width = page, rotation, width
        self._rectangle = pdfium_c.FS_RECTF()

    def __getitem__(self, at: int) -> _Box:
        pdfium_c.FPDFText_GetLooseCharBox(self._page, at, self._rectangle)
        left, right = self._rectangle.left, self._rectangle.right
        bottom, top = self._rectangle.bottom, self._rectangle.top
        match self._rotation:
            case 90:
                left, right, bottom, top = bottom, top, -right, -left
            case 180:
                left, right, bottom, top = self._width - right, self._width - left, -top, -bottom
            case 270:
                left, right, bottom, top = self._width - top, self._width - bottom, left, right
            case _:
                pass
        return _Box(left, right, bottom, top - bottom)
