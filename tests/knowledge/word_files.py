"""Writes Word files piece by piece, down to their XML, and tells what was read from them."""

from collections.abc import Callable

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable

from knowledge.blocks import Block, Heading, Table

Read = Callable[[WordDocument], list[Block]]

SHAPES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def beginning(text: str, runs: str) -> WordDocument:
    """Begin a document with a paragraph: a text, then runs and the like as XML."""
    document = docx.Document()
    paragraph = document.add_paragraph(text)._p
    for element in parse_xml(f"<w:p {nsdecls('w', 'wp', 'a', 'r')} {SHAPES}>{runs}</w:p>"):
        paragraph.append(element)
    return document


def style(document: WordDocument, name: str) -> ParagraphStyle:
    added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(added, ParagraphStyle)
    return added


def fill(table: WordTable, *rows: list[str]) -> None:
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def texts(blocks: list[Block]) -> list[str]:
    return [
        block.title if isinstance(block, Heading) else block.text for block in blocks if not isinstance(block, Table)
    ]


def headings(blocks: list[Block]) -> list[tuple[int, str]]:
    return [(block.rank, block.title) for block in blocks if isinstance(block, Heading)]
