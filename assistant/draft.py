"""An answer while it is written: what is said, and with it the figures and quotations that prove it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.answer import Answer, Chart, Citation, Figure, Kind, Point, Status
from assistant.language.wording import Wording, statement_keys, wording
from knowledge import Passage

_SIGNED = re.compile(r"[（(][+-]\d")
_SENTENCE = re.compile(r".+?(?:。|\.(?: |$))")
_LEVELS = {Kind.SCORE, Kind.SCENARIO}
_MOVES = {Kind.CHANGE, Kind.DIFFERENCE}


@dataclass
class Draft:
    """Collects blocks of Markdown. Every figure that a sentence uses is kept as evidence, in order, once."""

    language: str
    blocks: list[str] = field(default_factory=list[str])
    notes: dict[str, None] = field(default_factory=dict[str, None])
    figures: dict[Figure, None] = field(default_factory=dict[Figure, None])
    citations: list[Citation] = field(default_factory=list[Citation])
    warnings: list[str] = field(default_factory=list[str])
    charts: list[Chart] = field(default_factory=list[Chart])
    choices: list[str] = field(default_factory=list[str])
    found: list[str] = field(default_factory=list[str])
    found_years: list[int] = field(default_factory=list[int])
    leaders: list[str] = field(default_factory=list[str])
    named: dict[str, None] = field(default_factory=dict[str, None])
    statements: dict[str, None] = field(default_factory=dict[str, None])
    points: list[Point] = field(default_factory=list[Point])

    @property
    def wording(self) -> Wording:
        """The sentences of the draft's language."""
        return wording(self.language)

    def phrase(self, key: str, **values: object) -> str:
        """Write a sentence or part of one without adding it; its figures become evidence."""
        figures = [value for value in values.values() if isinstance(value, Figure)]
        for figure in figures:
            self.keep(figure)
        if _is_off_by_rounding(figures):
            self.note("change.rounding")
        text = self.wording.say(key, **values)
        if key in statement_keys():
            self.statements[text] = None
        return text

    def keep(self, figure: Figure) -> None:
        """Take a figure as evidence."""
        self.figures[figure] = None

    def say(self, key: str, **values: object) -> None:
        """Add a sentence to the paragraph at the end."""
        self.add(self.phrase(key, **values))

    def add(self, text: str) -> None:
        """Add text to the paragraph at the end."""
        gap = " " if self.language == "en" and self.blocks[-1:] not in ([], [""]) else ""
        self.blocks[-1:] = [(self.blocks[-1] if self.blocks else "") + gap + text]

    def paragraph(self) -> None:
        """Begin a new paragraph."""
        if self.blocks and self.blocks[-1]:
            self.blocks.append("")

    def block(self, text: str) -> None:
        """Add a block that stands alone, as a table or a quotation does."""
        self.paragraph()
        self.blocks[-1:] = [text, ""]

    def line(self, text: str) -> None:
        """Add a line of a list to the paragraph at the end."""
        self.blocks[-1:] = ["\n".join(filter(None, [*self.blocks[-1:], text]))]

    def cite(self, passage: Passage, quote: str) -> str:
        """Take a quotation as proof and give its marker; the same quotation keeps its marker."""
        for citation in self.citations:
            if citation.passage_id == passage.id and citation.quote == quote:
                return f"[{citation.marker}]"
        marker = len(self.citations) + 1
        self.citations.append(Citation(marker, passage.document, passage.section, quote, passage.id))
        return f"[{marker}]"

    def warn(self, key: str, **values: object) -> None:
        """Say a caution in the text, once, and list it among the warnings."""
        text = self.phrase(key, **values)
        if text in self.warnings:
            return
        self.paragraph()
        self.add(text)
        self.warnings.append(text)

    def shorten(self, *, sentences: int = 0) -> None:
        """Keep only the first paragraph, with what it announces, and the quotations it rests on.

        Of the second paragraph, where that says why, so many `sentences` stay too.
        """
        first, *rest = [*filter(None, self.blocks), ""]
        reasons = "".join(filter(_SIGNED.search, _SENTENCE.findall(rest[0])[:sentences])).rstrip() if rest else ""
        self.blocks = [first, "", *rest[:1]] if first.endswith(("：", ":")) else [*filter(None, [first, reasons])]
        kept = "".join(self.blocks)
        self.citations = [citation for citation in self.citations if f"[{citation.marker}]" in kept]
        self.charts = []

    def note(self, key: str, **values: object) -> None:
        """Say at the end how the question was understood."""
        self.notes[self.phrase(key, **values)] = None

    def has_note(self, key: str) -> bool:
        """Whether a note was taken that is always in the same words."""
        return self.wording.say(key) in self.notes

    def forget(self, key: str) -> None:
        """Leave out a note that was taken."""
        self.notes.pop(self.wording.say(key), None)

    def answer(self, question: str, status: Status = Status.ANSWER) -> Answer:
        """Finish; a block that was said twice stands once."""
        notes = (" " if self.language == "en" else "").join(self.notes)
        return Answer(
            question=question,
            language=self.language,
            status=status,
            text="\n\n".join(dict.fromkeys(filter(None, [*self.blocks, notes]))),
            figures=tuple(self.figures),
            citations=tuple(self.citations),
            warnings=tuple(self.warnings),
            charts=tuple(self.charts),
            choices=tuple(self.choices),
            found=tuple(self.found),
            found_years=tuple(self.found_years),
            leaders=tuple(self.leaders),
            named=tuple(self.named),
            statements=tuple(self.statements),
            points=tuple(self.points),
        )


def _is_off_by_rounding(figures: Sequence[Figure]) -> bool:
    """Whether a sentence gives two scores and how far they are apart, and the rounded ones are not as far."""
    levels = [Decimal(figure.display) for figure in figures if figure.kind in _LEVELS]
    moves = [Decimal(figure.magnitude) for figure in figures if figure.kind in _MOVES]
    return len(levels) == 2 and len(moves) == 1 and abs(levels[0] - levels[1]) != moves[0]
