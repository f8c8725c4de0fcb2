"""Which points of a text a follow-up means: by their place, by what they are on, or by what they say."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from assistant.answer import Point
from assistant.dialogue.choices import places_named
from assistant.intent.particulars import DIGITS
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import Phrasings
from assistant.query import Query
from scoring import Node

# Which parts of a text, as its points bear them, an aspect is.
PARTS = {
    "state": {"opening", "lead", "figures", "state", "closing"},
    "problem": {"problem"},
    "cause": {"movers", "cause"},
    "advice": {"strategy"},
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# The parts that quote: their points are what a reader counts.
QUOTING = {"state", "cause", "problem", "strategy"}


class Pointed(NamedTuple):
    """The points that are meant, and those among which they were looked for."""

    points: tuple[Point, ...]
    among: tuple[Point, ...]


def pointed_at(
    query: Query, masked: str, written: Sequence[Point], indicators: Sequence[Node], phrasings: Phrasings
) -> Pointed | None:
    """Find the points of a text that a follow-up means; None where it speaks of none."""
    words = edit_words()
    of_parts = {part for aspect in query.aspects for part in PARTS[aspect]}
    points = [point for point in written if point.part in of_parts] or list(written)
    if words.unquoted.search(masked):
        return Pointed(tuple(point for point in points if point.part in QUOTING), tuple(points))
    places, is_last = places_named(masked, phrasings), bool(phrasings.choices["last"].search(masked))
    first = words.first.search(masked)
    if places or is_last or first:
        groups = list(_grouped(points, masked))
        count = _count(first, phrasings) if first else 0
        chosen = {*(place - 1 for place in places), *range(count), *([len(groups) - 1] if is_last else [])}
        found = [point for place in sorted(chosen) if 0 <= place < len(groups) for point in groups[place]]
        return Pointed(tuple(found), tuple(point for group in groups for point in group))
    if query.nodes and not words.add.search(masked):
        return Pointed(tuple(point for point in points if _is_on(point, query.nodes, indicators)), tuple(points))
    if query.years and words.drop.search(masked):
        of_years = [point for point in points if all(str(year) in point.text for year in query.years)]
        led = [point for point in of_years if int(_YEAR.findall(point.text)[0]) in query.years]
        return Pointed(tuple(led or of_years), tuple(points))
    said = [*query.places, *said_of(masked, phrasings).split()]
    if said and (not query.aspects or words.sentence.search(masked)):
        found = [point for point in points if all(word in point.text.casefold() for word in said)]
        if not found and not words.drop.search(masked):
            long = [word for word in said if len(word) > 1]
            found = [point for point in points if any(word in point.text.casefold() for word in long)]
        return Pointed(tuple(found), tuple(points))
    return None


def names_a_place(masked: str, phrasings: Phrasings) -> bool:
    """Whether a follow-up names points by their place."""
    return bool(places_named(masked, phrasings) or phrasings.choices["last"].search(masked))


def said_of(masked: str, phrasings: Phrasings) -> str:
    """Give what a follow-up says beside the words that ask for a change."""
    words = edit_words()
    for pattern in (*words.of_form(), *words.of_changes(), *phrasings.aspects.values(), *phrasings.forms.values()):
        masked = pattern.sub(" ", masked)
    return phrasings.without_fillers(re.sub(r"\{\w+\}", " ", masked))


def _count(first: re.Match[str], phrasings: Phrasings) -> int:
    written = first["n"] or first["n_en"]
    return phrasings.numbers.get(written) or int(written.translate(DIGITS))


def _grouped(points: Sequence[Point], masked: str) -> Iterator[list[Point]]:
    """Yield what a follow-up counts: paragraphs, sentences, or what is quoted."""
    words = edit_words()
    if not words.sentence.search(masked) and any(point.number for point in points):
        yield from (list(group) for _, group in groupby(points, key=lambda point: point.number))
    elif words.paragraph.search(masked):
        yield from (list(group) for _, group in groupby(points, key=lambda p: p.part in QUOTING and p.part))
    else:
        quoted = [] if words.sentence.search(masked) else [point for point in points if point.part in QUOTING]
        yield from ([point] for point in quoted or points)


def _is_on(point: Point, nodes: Sequence[Node], indicators: Sequence[Node]) -> bool:
    """Whether a point names one of some nodes, and no other indicator."""
    others = [node for node in indicators if not any(node in named.walk() for named in nodes)]
    return any(_names(point, node) for node in nodes) and not any(node.name in point.text for node in others)


def _names(point: Point, node: Node) -> bool:
    words = (*node.names.values(), node.name, *node.aliases, *node.topics)
    return any(word.casefold() in point.text.casefold() for word in words)
