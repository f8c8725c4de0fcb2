"""A stretch of a question that names something, and how it is masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring import Node

NODE, YEAR, LEVEL, SOURCE, PLACE, UNIT = "{node}", "{year}", "{level}", "{source}", "{place}", "{unit}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names something."""

    start: int
    end: int
    text: str
    what: str
    nodes: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    level: int = 0
    unit: str = ""
    sources: tuple[str, ...] = ()
    is_every_unit: bool = False
    misspelled: str = ""
    """The name that is meant, where it is written with a mistake."""
    is_reckoned: bool = False
    """Whether only the data tell which year is meant."""


def text_before(mention: Mention, mentions: Sequence[Mention], text: str) -> str:
    """Give what stands in a text between a mention and the one before it."""
    start = max((other.end for other in mentions if other.end <= mention.start), default=0)
    return text[start : mention.start]


def mask(text: str, mentions: Sequence[Mention]) -> str:
    """Put for each of some mentions, in order, what it names; the name of a unit leaves a gap."""
    for mention in reversed(mentions):
        shown = " " if mention.what == UNIT else mention.what
        text = f"{text[: mention.start]}{shown}{text[mention.end :]}"
    return text
