"""What a text may rest on, what is found wrong with it, and how the numbers in it are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Citation, Figure
from scoring import round_half_up

YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\.?\d)(?!\s*(?:分|%|points?|个百分点))")
NUMBER = re.compile(r"(?P<sign>[-+−]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text may rest on.

    Attributes
    ----------
    figures, citations
        What was computed and quoted.
    texts : tuple of str
        Other texts that may be repeated word for word: the question, definitions, names of sections and documents.
    names : tuple of (str, str)
        Every way to write a node, with its id.
    units : tuple of (str, str)
        Every way to write a unit of measure behind a number, with the unit as figures bear it.
    named : tuple of str
        The ids of the nodes that a text may speak of beside those of the figures; empty where that is not known.
    labels : tuple of str
        Names that hold digits and are no figures, as of units and levels.
    """

    figures: Sequence[Figure]
    citations: Sequence[Citation]
    texts: Sequence[str]
    names: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    labels: Sequence[str] = ()
    named: Sequence[str] = ()

    @property
    def verbatim(self) -> str:
        """All that is quoted and may be repeated."""
        return "\n".join([*(citation.quote for citation in self.citations), *self.texts])


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that does not follow: where it stands, and what is wrong with it."""

    claim: str
    reason: str


def digits_of(number: re.Match[str]) -> str:
    """Give the digits of a written number, without its sign and thousands separators."""
    return number["digits"].replace(",", "")


def round_as(figure: Figure, digits: str) -> Decimal:
    """Round a figure to the decimals of some written digits."""
    return round_half_up(figure.value, len(digits.partition(".")[2]))


def blank(match: re.Match[str]) -> str:
    """Give as many blanks as a match is long, so that what follows stays in its place."""
    return " " * len(match[0])
