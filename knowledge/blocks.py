"""What readers of every file type hand on: headings, paragraphs and tables, in the order of the document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed; a smaller `rank` stands above a larger one."""

    title: str
    rank: int
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or a figure's caption."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first row is the header, and all rows have the same number of cells."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    line: int

    def as_text(self) -> str:
        """Write caption and rows, one a line, cells between bars."""
        rows = ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([self.caption, *rows] if self.caption else rows)


Block = Heading | Paragraph | Table
