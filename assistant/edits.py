"""What is to be different in a text that is drafted once more."""

from dataclasses import dataclass, replace

from scoring import Node


@dataclass(frozen=True, slots=True)
class Addition:
    """What is written beside what the text was first asked for.

    Attributes
    ----------
    aspects, nodes, years, content : tuple, tuple, tuple, str
        As those of a query; what is left out is that of the text.
    is_range : bool
        Whether the years are the ends of a span.
    """

    aspects: tuple[str, ...]
    nodes: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    content: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """All that was asked of a text after it was first written, and of its form.

    Attributes
    ----------
    dropped, kept : tuple of str
        What the points say that are left out; and all that stay, where some were left out of the text as it stood.
    additions : tuple of Addition
        What is added, in the order asked.
    missing : str
        The key of the sentence that says what was to be left out and is not there; empty where all was.
    front : tuple of str
        The parts that stand before the others.
    has_title, title : bool, str
        Whether it has a title, and which, where that was given.
    is_bare, is_cautious, is_table, in_one, is_formal : bool
        Whether it has no markers of citations, what is to be watched below it, the form of a table or of one paragraph,
        and was expressly to be formal.
    """

    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    missing: str = ""
    front: tuple[str, ...] = ()
    has_title: bool = False
    title: str = ""
    is_bare: bool = False
    is_cautious: bool = True
    is_table: bool = False
    in_one: bool = False
    is_formal: bool = False

    @property
    def form(self) -> "Edits":
        """What is asked of the form alone, and lasts."""
        return replace(self, dropped=(), kept=(), additions=(), missing="", is_formal=False)

    def leaves_out(self, text: str) -> bool:
        """Whether a point that says this, or a part of it that stands for it, is left out."""
        return any(text in dropped or dropped in text for dropped in self.dropped)

    def keeps(self, text: str) -> bool:
        """Whether a point that says this stays in the text."""
        return not self.leaves_out(text) and (not self.kept or text in self.kept)


UNEDITED, IN_ONE = Edits(), Edits(in_one=True)
