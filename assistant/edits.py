"""What is to be different in a text that is drafted once more."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from scoring import Node


class Position(Enum):
    """Where in a text something is put: before everything else, behind it, or beside what it belongs to."""

    FIRST = auto()
    LAST = auto()
    BESIDE = auto()


@dataclass(frozen=True, slots=True)
class Addition:
    """What is written beside what the text was first asked for.

    Attributes
    ----------
    aspects, nodes, years, content : tuple, tuple, tuple, str
        As those of a query; what is left out is that of the text.
    is_range : bool
        Whether the years are the ends of a span.
    position : Position
        Where it stands.
    most : int
        How many quotations are added.
    """

    aspects: tuple[str, ...]
    nodes: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    content: str = ""
    position: Position = Position.BESIDE
    most: int = 1


@dataclass(frozen=True, slots=True)
class Edits:
    """All that was asked of a text after it was first written, and of its form.

    Attributes
    ----------
    dropped, kept : tuple of str
        What the points say that are left out; and all that stay of the text as it stood, unless it is composed anew.
    additions : tuple of Addition
        What is added, in the order asked.
    missing : str
        The key of the sentence that says what was to be left out and is not there; empty where all was.
    front : tuple of str
        The parts that stand before the others.
    has_title, title : bool, str
        Whether it has a title, and which, where that was given.
    groups, longest : int, int
        Into how many numbered points it is divided, and how long a quoted point may be; 0 where that is left open.
    is_alone, is_bare, is_cautious, is_table, in_one, in_sentence, is_sourced, is_formal : bool
        Whether only its parts were wanted, without where things stand; and whether it has no markers of citations, what
        is to be watched below it, the form of a table, of one paragraph or of one sentence, a list of its sources, and
        was expressly to be formal.
    """

    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    missing: str = ""
    front: tuple[str, ...] = ()
    has_title: bool = False
    title: str = ""
    groups: int = 0
    longest: int = 0
    is_alone: bool = False
    is_bare: bool = False
    is_cautious: bool = True
    is_table: bool = False
    in_one: bool = False
    in_sentence: bool = False
    is_sourced: bool = False
    is_formal: bool = False

    @property
    def form(self) -> "Edits":
        """What is asked of the form alone, and lasts."""
        return replace(self, dropped=(), kept=(), additions=(), missing="", is_formal=False)

    def adding(self, addition: Addition) -> "Edits":
        """Add something to what was asked."""
        return replace(self, additions=(*self.additions, addition))

    def leaves_out(self, text: str) -> bool:
        """Whether a point that says this, or a part of it that stands for it, is left out."""
        return any(text in dropped or dropped in text for dropped in self.dropped)

    def keeps(self, text: str) -> bool:
        """Whether a point that says this stays in the text."""
        return not self.leaves_out(text) and (not self.kept or text in self.kept)


UNEDITED, IN_ONE = Edits(), Edits(in_one=True)
