"""What a text may rest on, what is found wrong with it, and how the numbers in it are read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.answer import Citation, Figure
from scoring import round_half_up

YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\.?\d)(?!\s*(?:分|%|points?|个百分点))")
SPAN = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:年?\s*[—–-]\s*|年?[至到]|(?<=etween \d{4}) and |(?<=rom \d{4}) to )"
    r"(?P<last>(?:19|20)\d\d)(?!\d)"
)
COUNTED_FROM = re.compile(r"(?:比|较|与|和|同|从|自|由|since|from|than)\s*$")
"""What stands before a year that a change counts from."""
COMPARED = re.compile(r"比|相同|同为|from")
SENTENCE = re.compile(r"[^。！？；;\n]+")
NUMBER = re.compile(r"(?P<sign>[-+−]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Tree:
    """How the nodes of an index hang together, by id.

    Attributes
    ----------
    parents : mapping of str to str
        The node that each node but the root is part of.
    levels : mapping of str to tuple of str
        What the storey of each node is called, in every language.
    sources, definitions, measure_units : mapping of str to str
        Where an indicator's data come from, how a node is defined, and in what it is observed, as far as the index says
        so.
    score_unit : str
        The unit that scores bear.
    """

    parents: Mapping[str, str] = field(default_factory=dict[str, str])
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    definitions: Mapping[str, str] = field(default_factory=dict[str, str])
    measure_units: Mapping[str, str] = field(default_factory=dict[str, str])
    score_unit: str = ""

    def above(self, node: str) -> Iterator[str]:
        """Yield the nodes that a node is part of, the nearest first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def children(self, node: str) -> set[str]:
        """Give the direct parts of a node."""
        return {child for child, parent in self.parents.items() if parent == node}

    def leaves(self, node: str) -> set[str]:
        """Give the parts of a node that have none of their own."""
        wholes = set(self.parents.values())
        return {part for part in self.parents if part not in wholes and node in self.above(part)}


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What a statement looks like, whatever is filled in: words that always stand in it, and the whole of it.

    The words are two characters at least. A form is equal to itself alone: to compare patterns takes long.
    """

    words: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text may rest on.

    Attributes
    ----------
    figures, citations
        What was computed and quoted.
    texts : tuple of str
        Other texts that may be repeated word for word: definitions, names of sections and documents.
    names : tuple of (str, str)
        Every way to write a node, with its id.
    units : tuple of (str, str)
        Every way to write a unit of measure behind a number, with the unit as figures bear it.
    asked : tuple of str
        What was asked, and the years: what it names may be named, but what it says is proven by nothing.
    named : tuple of str
        The ids of the nodes that a text may speak of beside those of the figures; empty where that is not known.
    labels : tuple of str
        Names that hold digits and are no figures, as of units and levels.
    entities : tuple of str
        The scored units, where there are several.
    statements : tuple of str
        What a tool stated in words: to be repeated word for word, or not at all.
    forms : tuple of Form
        The forms that such statements have.
    tree : Tree
    """

    figures: Sequence[Figure]
    citations: Sequence[Citation]
    texts: Sequence[str]
    names: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    asked: Sequence[str] = ()
    labels: Sequence[str] = ()
    named: Sequence[str] = ()
    entities: Sequence[str] = ()
    statements: Sequence[str] = ()
    forms: Sequence[Form] = ()
    tree: Tree = field(default_factory=Tree)

    @property
    def verbatim(self) -> list[str]:
        """All that is quoted, may be repeated or was asked."""
        return [*(citation.quote for citation in self.citations), *self.texts, *self.asked]


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


def shows(figure: Figure, digits: str) -> bool:
    """Whether some written digits are a figure's, whatever the sign."""
    return abs(round_as(figure, digits)) == Decimal(digits)


def blank(match: re.Match[str]) -> str:
    """Give as many blanks as a match is long, so that what follows stays in its place."""
    return " " * len(match[0])
