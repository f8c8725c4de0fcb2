"""PDFs: printed lines are put together to paragraphs, headings are told by their numbering.

The rows of a table stay lines, because a PDF does not say where a cell begins.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from knowledge.blocks import Block, Heading, Paragraph
from knowledge.errors import DocumentError
from knowledge.files import name_of
from knowledge.headings import heading_rank, is_caption, join_lines
from knowledge.pdf_pages import Line, Page, Pages, opened

# Enough to tell what all pages share; reading more would only take time.
_SAMPLE = 60
_NEARLY_ALL = 0.8
_OFTEN = 0.4
_OUTERMOST = 2
_LONGEST_PAGE_NUMBER = 4
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—·~\s]*(?:\d{1,3}|[ivxl]+)[-–—·~\s]*|(?:[第共]\s*\d+\s*页[\s，,/]*){1,2}"
    r"|\d+\s*/\s*\d+|page\s+\d+(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)
_CONTENTS_ENTRY = re.compile(r".*(?:[.．·…]\s?){4,}\s*\d+")
_SENTENCE_END = re.compile(r"[。！？；：!?;:.…][”’」』）)\]]*$")
_WORD = re.compile(r"[!-~]+")
_LETTER_WIDTH = 0.55

_BIN = 6
_TENTH = 0.1
_WIDER = 1.45
_INDENT = 0.8
_COLUMN = 5
# A line may lack what must not stand at the beginning of the next one.
_SLACK = 1.2


def pdf_blocks(path: Path) -> Iterator[Block]:
    """Yield the blocks of a PDF.

    Raises
    ------
    DocumentError
        It is encrypted, damaged, or scanned without text.
    """
    with opened(path) as pages:
        count = min(len(pages), _SAMPLE)
        sample = {at: pages.read(at) for at in (i * len(pages) // count for i in range(count))}
        written = [page for page in sample.values() if page.lines or page.is_picture]
        if written and sum(page.is_picture for page in written) >= _NEARLY_ALL * len(written):
            raise DocumentError(f"{name_of(path)}：是扫描件，没有文字层；请先做文字识别（OCR）或换成 Word 文件")
        running = _running_lines(sample)
        bodies = [(page, _body(page, at, running)) for at, page in sample.items()]
        layouts = {
            is_wide: _Layout.of([(page.width, body) for page, body in bodies if page.is_wide is is_wide])
            for is_wide in (False, True)
        }
        yield from _Paragraphs(layouts).blocks(pages, running)


_Key = tuple[str, int]


def _keys(line: Line, at: int) -> Iterator[_Key]:
    """Say what a running line has in common on all pages: place and words, but for the number that counts the pages."""
    place = round(line.bottom / _BIN)
    yield line.text, place
    for number in _NUMBER.finditer(line.text):
        if len(number[0]) <= _LONGEST_PAGE_NUMBER:
            yield f"{line.text[: number.start()]}\0{int(number[0]) - at}\0{line.text[number.end() :]}", place


def _running_lines(sample: dict[int, Page]) -> set[_Key]:
    """Find the headers and footers, by what lines at the top or bottom of many pages have in common."""
    found: Counter[_Key] = Counter()
    for at, page in sample.items():
        outer = {*page.lines[:_OUTERMOST], *page.lines[-_OUTERMOST:]}
        found.update({key for line in outer for key in _keys(line, at)})
    return {key for key, count in found.items() if count >= max(2, _OFTEN * len(sample))}


def _body(page: Page, at: int, running: set[_Key]) -> Sequence[Line]:
    """Take headers, footers and the number of the page away."""

    def is_running(line: Line) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or any(key in running for key in _keys(line, at))

    lines = page.lines
    start, end = 0, len(lines)
    while start < min(end, _OUTERMOST) and is_running(lines[start]):
        start += 1
    while end > max(start, len(lines) - _OUTERMOST) and is_running(lines[end - 1]):
        end -= 1
    return [line for line in lines[start:end] if not _CONTENTS_ENTRY.fullmatch(line.text)]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the lines of running text begin and end, and how far they stand apart."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[tuple[float, Sequence[Line]]]) -> "_Layout | None":
        """Find what most of the text on pages of some width has; long lines, as running text has, count for more."""
        lines = [line for _, page in pages for line in page if not line.is_row]
        if not lines:
            return None
        rights: Counter[int] = Counter()
        lefts: Counter[int] = Counter()
        for line in lines:
            rights[round(line.right / _BIN)] += round(line.right - line.left)
            lefts[round(line.left / _BIN)] += round(line.right - line.left)
        left = _BIN * min(at for at, weight in lefts.items() if weight >= _TENTH * lefts.total())
        right = _BIN * max(rights, key=lambda at: (rights[at], at))
        width = median(width for width, _ in pages)
        steps = [
            before.bottom - line.bottom
            for _, page in pages
            for before, line in pairwise(page)
            if before.bottom > line.bottom
        ]
        # Where no line is long, none tells the margin.
        is_told = right - left > width / 2
        return cls(left, right if is_told else width - left, median(steps) if steps else 2 * lines[0].height)

    def is_short(self, line: Line, following: Line) -> bool:
        """Whether a line ends although the next word would have had room on it."""
        word = _WORD.match(following.text)
        width = _LETTER_WIDTH * len(word[0]) if word else 1
        return self.right - line.right > (width + _SLACK) * line.height

    def begins_paragraph(self, line: Line, before: Line) -> bool:
        """Whether a line begins another paragraph than the line above it."""
        if before.bottom - line.bottom > _WIDER * self.pitch or self.is_apart(line, before):
            return True
        is_indented = line.left - self.left > _INDENT * line.height and line.left - before.left > -line.height / 2
        return bool(_SENTENCE_END.search(before.text)) and (is_indented or _begins(line.text))

    def is_apart(self, line: Line, before: Line) -> bool:
        """Whether a line cannot go on with the one before it, wherever that stands."""
        return before.is_row or line.is_row or self.is_short(before, line)


def _begins(text: str) -> bool:
    return is_caption(text) or heading_rank(text) is not None


class _Paragraphs:
    """Puts lines together, page after page."""

    def __init__(self, layouts: dict[bool, _Layout | None]):
        self._layouts = layouts
        self._lines: list[Line] = []
        self._position = 1

    def blocks(self, pages: Pages, running: set[_Key]) -> Iterator[Block]:
        """Yield the blocks of all pages."""
        for at in range(len(pages)):
            page = pages.read(at)
            body = _body(page, at, running)
            layout = self._layouts[page.is_wide] or _Layout.of([(page.width, body)])
            is_first = True
            for line in body:
                if self._lines and (layout is None or not self._goes_on(line, layout, is_first)):
                    yield self._block()
                if not self._lines:
                    self._position = at + 1
                self._lines.append(line)
                is_first = False
        if self._lines:
            yield self._block()

    def _goes_on(self, line: Line, layout: _Layout, is_first: bool) -> bool:
        """Whether a line goes on with the paragraph; at the top of a page or column only the sentence tells."""
        before = self._lines[-1]
        if not is_first and line.bottom < before.bottom:
            return not layout.begins_paragraph(line, before)
        # Side by side, but no column of text: cells of a table whose lines are of different numbers.
        if not is_first and (line.left < before.right or line.bottom - before.bottom < _COLUMN * layout.pitch):
            return False
        return not (layout.is_apart(line, before) or _SENTENCE_END.search(before.text) or _begins(line.text))

    def _block(self) -> Block:
        text = join_lines(line.text for line in self._lines)
        self._lines.clear()
        rank = heading_rank(text)
        return Paragraph(text, self._position) if rank is None else Heading(text, rank, self._position)
