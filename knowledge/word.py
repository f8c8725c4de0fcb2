"""Word files: headings by style or, where a document has none, by numbering; text as it is printed."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.errors import DocumentError
from knowledge.files import name_of
from knowledge.headings import (
    SUB_RANK,
    heading_rank,
    is_caption,
    is_table_caption,
    join_lines,
    without_left_overs,
)
from knowledge.word_numbering import Numbering
from knowledge.word_styles import Styles, is_on, number

_LOWEST_STYLED = 10
_MARK = f"{qn('w:pPr')}/{qn('w:rPr')}"
_SENTENCE_INSIDE = re.compile(r"。.")

_BLANKS = str.maketrans("\t\r\n", "   ")
_P, _R, _TBL, _TR, _TC, _BOX = map(qn, ("w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:txbxContent"))
_TEXTS = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SIGNS = {
    **dict.fromkeys(map(qn, ("w:tab", "w:ptab")), " "),
    **dict.fromkeys(map(qn, ("w:br", "w:cr")), "\n"),
    qn("w:noBreakHyphen"): "-",
}
_NOT_PRINTED = {
    # The same once more, for a Word that does not know the shapes of today.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    *map(qn, ("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:rt")),
    *map(qn, ("w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr")),
}


def word_blocks(path: Path) -> Iterator[Block]:
    """Yield the blocks of a Word file.

    Raises
    ------
    DocumentError
        It is damaged or none.
    """
    with path.open("rb") as file:
        document = _open(file, name_of(path))
    body = document.element.find(qn("w:body"))
    if body is None:
        raise DocumentError(f"{name_of(path)}：Word 文件里没有正文")
    try:
        yield from _with_captions(_Reader(document).blocks(body))
    except RecursionError as error:
        raise DocumentError(f"{name_of(path)}：Word 文件里的内容嵌套太深") from error


def _open(file: BinaryIO, name: str) -> Document:
    try:
        return docx.Document(file)
    except OSError:
        raise
    except Exception as error:  # python-docx, lxml, zipfile and zlib each have their own for a damaged file
        raise DocumentError(f"{name}：不是完好的 Word 文件（.docx）") from error


def _root(document: Document, kind: str) -> BaseOxmlElement | None:
    for relationship in document.part.rels.values():
        if relationship.reltype == kind and not relationship.is_external:
            part = relationship.target_part
            return part.element if isinstance(part, XmlPart) else None
    return None


def _with_captions(blocks: Iterable[Block]) -> Iterator[Block]:
    """Join the captions of tables to the tables that follow."""
    caption: Paragraph | None = None
    for block in blocks:
        if caption and isinstance(block, Table):
            yield Table(caption.text, block.rows, caption.position)
            caption = None
            continue
        if caption:
            yield caption
        caption = block if isinstance(block, Paragraph) and is_table_caption(block.text) else None
        if not caption:
            yield block
    if caption:
        yield caption


def _flow(parent: BaseOxmlElement, tags: tuple[str, ...] = (_P, _TBL)) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs and tables, or the rows or cells, of a part, also those inside content controls."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in _NOT_PRINTED and child.tag != _BOX:
            yield from _flow(child, tags)


class _Reader:
    """Reads the parts of a document, which have to be handed over in order because numbered paragraphs are counted."""

    def __init__(self, document: Document):
        self._styles = Styles(_root(document, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_root(document, RELATIONSHIP_TYPE.NUMBERING), self._styles)
        self._is_styled = any(
            self._styles.heading_rank(paragraph) and paragraph.findtext(f".//{qn('w:t')}")
            for paragraph in document.element.iter(_P)
            if next(paragraph.iterancestors(_TBL), None) is None
        )

    def blocks(self, part: BaseOxmlElement, position: int | None = None) -> Iterator[Block]:
        """Yield the blocks of a part, all at one position or each at its own."""
        before = ""
        for at, element in enumerate(_flow(part), 1):
            place = position or at
            if element.tag == _TBL:
                yield from self._table(element, place)
                continue
            text, boxes = self._printed(element)
            text = before + text
            if _runs_on(element):
                before = text
            else:
                before = ""
                yield from self._paragraph(element, text, place)
            for box in boxes:
                yield from self.blocks(box, place)

    def _paragraph(self, element: BaseOxmlElement, text: str, position: int) -> Iterator[Block]:
        """Yield a paragraph as a heading, or a paragraph for each of its lines."""
        lines = _lines(text)
        if self._styles.is_contents(element) or (not lines and is_on(element.find(_MARK), "w:vanish")):
            return
        printed = self._numbering.next(element)
        if not lines:
            return
        lines[0] = printed + lines[0]
        whole = " ".join(lines)
        rank = self._styles.heading_rank(element)
        if rank is None or is_caption(whole) or _SENTENCE_INSIDE.search(whole):
            rank = self._numbered_rank(whole)
        if rank is not None:
            yield Heading(whole, rank, position)
            return
        for line in lines:
            rank = self._numbered_rank(line)
            yield Paragraph(line, position) if rank is None else Heading(line, rank, position)

    def _numbered_rank(self, line: str) -> int | None:
        rank = heading_rank(line)
        if rank is None or not self._is_styled:
            return rank
        return _LOWEST_STYLED + rank if rank >= SUB_RANK else None

    def _printed(self, paragraph: BaseOxmlElement) -> tuple[str, list[BaseOxmlElement]]:
        """Give what is printed of a paragraph, its lines apart, and the text boxes in it."""
        texts: list[str] = []
        boxes: list[BaseOxmlElement] = []

        def read(parent: BaseOxmlElement) -> None:
            for child in parent:
                if child.tag in _TEXTS:
                    texts.append((child.text or "").translate(_BLANKS))
                elif child.tag in _SIGNS:
                    texts.append(_SIGNS[child.tag])
                elif child.tag == _BOX:
                    boxes.append(child)
                elif child.tag not in _NOT_PRINTED and not (child.tag == _R and self._styles.hides(child, paragraph)):
                    read(child)

        read(paragraph)
        return "".join(texts), boxes

    def _table(self, table: BaseOxmlElement, position: int) -> Iterator[Block]:
        """Yield a table; one of a single cell is but a frame around what stands in it."""
        cells = [list(_flow(row, (_TC,))) for row in _rows(table)]
        if len(cells) == 1 and len(cells[0]) == 1:
            yield from self.blocks(cells[0][0], position)
            return
        rows: list[dict[int, str]] = []
        for row, in_row in zip(_rows(table), cells, strict=True):
            above = rows[-1] if rows else {}
            rows.append({})
            column = number(row, "w:trPr", "w:gridBefore") or 0
            for cell in in_row:
                text = self._cell(cell)
                if not _continues(cell, "w:hMerge"):
                    rows[-1][column] = above.get(column, text) if _continues(cell, "w:vMerge") else text
                column += max(1, number(cell, "w:tcPr", "w:gridSpan") or 1)
        # A column of the grid in which no cell begins only lets the cells of other rows end there.
        columns = sorted(set().union(*rows))
        if any(text for row in rows for text in row.values()):
            yield Table("", tuple(tuple(row.get(column, "") for column in columns) for row in rows), position)

    def _cell(self, cell: BaseOxmlElement) -> str:
        """Give the text of a cell on one line."""
        lines: list[str] = []
        for element in _flow(cell):
            if element.tag == _TBL:
                lines.append(" ".join(self._cell(inner) for row in _rows(element) for inner in _flow(row, (_TC,))))
                continue
            text, boxes = self._printed(element)
            lines += _lines(self._numbering.next(element) + text.lstrip())
            lines += (self._cell(box) for box in boxes)
        return join_lines(lines).strip()


def _lines(text: str) -> list[str]:
    return [line for raw in without_left_overs(text).split("\n") if (line := raw.strip())]


def _rows(table: BaseOxmlElement) -> list[BaseOxmlElement]:
    return [row for row in _flow(table, (_TR,)) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]


def _continues(cell: BaseOxmlElement, merge: str) -> bool:
    """Whether a cell belongs to the one before it or above it."""
    element = cell.find(f"{qn('w:tcPr')}/{qn(merge)}")
    return element is not None and element.get(qn("w:val"), "continue") == "continue"


def _runs_on(paragraph: BaseOxmlElement) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on with it."""
    mark, following = paragraph.find(_MARK), paragraph.getnext()
    is_deleted = mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
    return is_deleted and following is not None and following.tag == _P
