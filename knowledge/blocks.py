"""What readers of every file type hand on: headings, paragraphs and tables, in the order of the document.

`position` is the 1-based place in the original: a line of a text file, a paragraph of a Word file, a page of a PDF.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed; a smaller `rank` stands above a larger one."""

    title: str
    rank: int
    position: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or a figure's caption."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first row is the header, and all rows have the same number of cells."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    position: int

    def as_text(self) -> str:
        """Write caption and rows, one a line, cells between bars."""
        rows = ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([self.caption, *rows] if self.caption else rows)


Block = Heading | Paragraph | Table
