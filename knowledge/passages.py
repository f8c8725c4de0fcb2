"""A section is cut into passages: at sentence ends, sized for retrieval, each exactly a stretch of the document."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.documents import PATH_SEPARATOR, Document, Section, Span

# Long enough to hold one thought with its figures, short enough to be quoted whole, see docs/decisions/0008; a short
# paragraph joins its neighbour, two longer ones stay apart, because each has its own subject.
_LONGEST = 320
_SHORT = 80
_LONGEST_TABLE = 1200
# The end of a sentence in Chinese, or in English before a capital letter; not behind "No", "e.g" or the 1 of a heading.
_SENTENCE_END = re.compile(
    r"[。！？；\n]+[”’）】]*"
    r"|(?:(?<=[a-z]{2})|(?<=[%)])|(?<=\d\d)|(?<=[a-z] \d))[.!?]+[\"')\]”’]*\s+(?=[A-Z\"“(])"
)
_PAUSE = re.compile(r"[，、：,:]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document.

    Attributes
    ----------
    id : str
        Changes only when document name or text do.
    document : str
    section : str
        The heading path as printed, parts joined by ` > `.
    text : str
        Exactly `document.text[start:end]`.
    start, end : int
        Offsets in the document's clean text.
    position : int
        Where in the original the passage begins.
    caption : str
        Of a table; otherwise empty.
    header : str
        The first row of a long table whose later rows these are; otherwise empty.
    """

    id: str
    document: str
    section: str
    text: str
    start: int
    end: int
    position: int
    caption: str = ""
    header: str = ""

    @property
    def index_text(self) -> str:
        """The passage as it is indexed: heading path, caption and header count as text."""
        return "\n".join(filter(None, (self.section, self.caption, self.header, self.text)))

    @property
    def is_table(self) -> bool:
        """Whether this is a table."""
        return bool(self.caption) or self.text.startswith("| ")


# Questions are asked of the same passages over and over.
@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Cut a text at sentence ends; joined, the parts are the text again."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return tuple(text[start:end] for start, end in pairwise(dict.fromkeys((0, *ends, len(text)))))


def cells(row: str) -> list[str]:
    """Cut a row of a table into its cells."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def section_ends(section: str) -> list[str]:
    """List the ends of the path of a section, the whole first: its document may stand under a title."""
    path = section.split(PATH_SEPARATOR)
    return [PATH_SEPARATOR.join(path[first:]) for first in range(len(path))]


def _short_sentences(text: str) -> Iterator[str]:
    """Cut a text at sentence ends, and what has none at a pause before it grows too long."""
    for sentence in sentences(text):
        start = 0
        while len(sentence) - start > _LONGEST:
            pauses = [pause.end() for pause in _PAUSE.finditer(sentence, start, start + _LONGEST)]
            end = max(pauses, default=start + _LONGEST)
            yield sentence[start:end]
            start = end
        yield sentence[start:]


def cut(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages, in order."""
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    for section in document.sections:
        for start, end, span in _stretches(document.text, section):
            text = document.text[start:end]
            digest = "p" + hashlib.sha256(f"{document.name}\n{text}".encode()).hexdigest()[:15]
            seen[digest] += 1
            passages.append(
                Passage(
                    id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
                    document=document.name,
                    section=PATH_SEPARATOR.join(section.path),
                    text=text,
                    start=start,
                    end=end,
                    position=span.position,
                    caption=span.caption,
                    header=_header(document.text, span) if span.is_table and start > span.start else "",
                )
            )
    return tuple(passages)


def _stretches(text: str, section: Section) -> Iterator[tuple[int, int, Span]]:
    """Join the short paragraphs of a section to their neighbours; tables stand alone."""
    start = end = None
    first: Span | None = None
    for piece_start, piece_end, span in _pieces(text, section):
        if first and start is not None and end is not None:
            is_short = min(end - start, piece_end - piece_start) < _SHORT
            if is_short and not span.is_table and not first.is_table and piece_end - start <= _LONGEST:
                end = piece_end
                continue
            yield start, end, first
        start, end, first = piece_start, piece_end, span
    if first and start is not None and end is not None:
        yield start, end, first


def _pieces(text: str, section: Section) -> Iterator[tuple[int, int, Span]]:
    """Cut paragraphs that are too long at their sentence ends, and such tables between their rows."""
    for span in section.spans:
        longest = _LONGEST_TABLE if span.is_table else _LONGEST
        if span.end - span.start <= longest:
            yield span.start, span.end, span
            continue
        whole = text[span.start : span.end]
        start = end = span.start
        for part in whole.splitlines(keepends=True) if span.is_table else _short_sentences(whole):
            if end > start and end + len(part) - start > longest:
                yield start, end - span.is_table, span
                start = end
            end += len(part)
        yield start, end, span


def _header(text: str, table: Span) -> str:
    """Give the first row of a table, below its caption."""
    return text[table.start : table.end].removeprefix(f"{table.caption}\n").split("\n", 1)[0]
