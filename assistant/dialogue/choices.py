"""Which of several things spoken of, or offered, a follow-up means: one by its place, the other, both."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.follow_up_years import OF_SPANS
from assistant.language.phrasings import Phrasings
from assistant.query import Query
from scoring import Node


def chosen_of(masked: str, readings: Sequence[Node], phrasings: Phrasings) -> tuple[Node, ...]:
    """Tell which of the nodes that were offered is chosen: by its place, or by words that stand in its names alone."""
    if phrasings.choices["all"].search(masked):
        return tuple(readings)
    if readings and phrasings.choices["last"].search(masked):
        return (readings[-1],)
    if by_place := tuple(readings[place - 1] for place in places_named(masked, phrasings) if place <= len(readings)):
        return by_place
    words = phrasings.without_fillers(masked)
    by_name = [node for node in readings if words and any(words in n for n in (node.name, *node.aliases, *node.topics))]
    return tuple(by_name) if len(by_name) == 1 else ()


def others_of(previous: Query) -> tuple[Node, ...]:
    """Give those spoken of, or offered, last that the answer was not: the other of two."""
    answer = previous.found or previous.nodes
    spoken = dict.fromkeys((*previous.spoken_nodes, *previous.nodes))
    return tuple(node for node in spoken if node not in answer)


def two_spoken_of(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Take a follow-up for one on the two nodes, or the two years, that were spoken of last, where it says so."""
    asked = query if query.asks else replace(query, kind=previous.kind)
    nodes = (*previous.spoken_nodes, *previous.nodes)
    if phrasings.both.search(masked) and len(nodes) == 2 and not previous.found:
        return replace(asked, nodes=nodes, years=query.years or previous.years)
    years = sorted({*previous.years, *previous.spoken_years})
    moved = asked.kind in OF_SPANS and (query.direction or query.asks_change)
    if len(years) == 2 and moved and phrasings.both_years.search(query.text) and phrasings.together.search(query.text):
        return replace(asked, kind="change", nodes=previous.nodes, years=(years[0] - 1, years[1]), is_range=False)
    if phrasings.both_years.search(query.text) and len(years) == 2:
        kind = "change" if query.asks_gap else asked.kind
        return replace(asked, kind=kind, nodes=previous.nodes, years=tuple(years), is_range=False)
    return None


def sets_the_same_apart(query: Query, previous: Query) -> bool:
    """Whether it is asked how far the two nodes are apart that were set against each other."""
    is_pair = len(previous.nodes) == 2 and not previous.is_nested and previous.kind in {"ranking", "change", "value"}
    return bool(is_pair and query.asks_gap and not (query.nodes or query.levels or previous.direction))


def places_named(masked: str, phrasings: Phrasings) -> list[int]:
    """List the places in an order that are named, counted from 1."""
    return [place for place, words in enumerate(phrasings.ordinals, 1) if words.search(masked)]
