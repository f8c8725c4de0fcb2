"""A file becomes a Document: clean text, cut into sections with their heading path."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.blocks import Block, Heading, Paragraph, Table
from knowledge.errors import DocumentError
from knowledge.files import name_of, read_text
from knowledge.markdown import markdown_blocks
from knowledge.plaintext import plaintext_blocks

PATH_SEPARATOR = " > "


def _word_blocks(path: Path) -> Iterable[Block]:
    from knowledge.word import word_blocks  # with it comes python-docx, which other files spare

    return word_blocks(path)


def _pdf_blocks(path: Path) -> Iterable[Block]:
    from knowledge.pdf import pdf_blocks  # with it comes pdfium, as python-docx above

    return pdf_blocks(path)


PositionUnit = Literal["line", "paragraph", "page"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one type of file; `unit` is what the positions of its blocks count."""

    blocks: Callable[[Path], Iterable[Block]]
    unit: PositionUnit


READERS: Mapping[str, Reader] = {
    ".txt": Reader(lambda path: plaintext_blocks(read_text(path)), "line"),
    ".md": Reader(lambda path: markdown_blocks(read_text(path)), "line"),
    ".docx": Reader(_word_blocks, "paragraph"),
    ".pdf": Reader(_pdf_blocks, "page"),
}


def position_unit(document: str) -> PositionUnit:
    """Tell what the positions in a document count."""
    return READERS[Path(document).suffix.lower()].unit


@dataclass(frozen=True, slots=True)
class Span:
    """A paragraph or table of a section, with its place in the document's text.

    `position` is its place in the original file; `caption` is that of a table, otherwise empty.
    """

    start: int
    end: int
    position: int
    caption: str = ""
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next. `path` holds the headings as printed, outermost first."""

    path: tuple[str, ...]
    position: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its clean text, to which all offsets refer, and its sections in order."""

    name: str
    text: str
    sections: tuple[Section, ...]


def read_document(path: Path) -> Document:
    """Read a file as a document.

    Raises
    ------
    DocumentError
        The file cannot be read, is of an unknown type, is not text, or holds nothing.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(f"{name_of(path)}：不支持的文件类型；可用：{'、'.join(READERS)}")
    try:
        document = assemble(name_of(path), reader.blocks(path))
    except OSError as error:
        raise DocumentError(f"{name_of(path)}：读不到文件（{error.strerror}）") from error
    if not document.text:
        raise DocumentError(f"{name_of(path)}：文件里没有文字")
    return document


def assemble(name: str, blocks: Iterable[Block]) -> Document:
    """Put blocks together: headings open sections, and every span knows its place in the clean text."""
    lines: list[str] = []
    length = 0
    sections: list[Section] = []
    headings: list[Heading] = []
    opened_at = 1
    spans: list[Span] = []

    def add(text: str) -> tuple[int, int]:
        nonlocal length
        start = length
        lines.append(text)
        length += len(text) + 1
        return start, start + len(text)

    def close() -> None:
        if headings or spans:
            sections.append(Section(tuple(h.title for h in headings), opened_at, tuple(spans)))
        spans.clear()

    for block in blocks:
        match block:
            case Heading():
                close()
                while headings and headings[-1].rank >= block.rank:
                    headings.pop()
                headings.append(block)
                opened_at = block.position
                add(block.title)
            case Paragraph():
                start, end = add(block.text)
                spans.append(Span(start, end, block.position))
            case Table():
                start, end = add(block.as_text())
                spans.append(Span(start, end, block.position, block.caption, is_table=True))
    close()
    return Document(name, "\n".join(lines), tuple(sections))
