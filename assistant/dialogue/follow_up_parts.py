"""Which part of a movement a follow-up asks for: the one that did most, the second, the one named, or its share."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.choices import places_named
from assistant.intent.particulars import sign
from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, Mention
from assistant.query import Query
from knowledge.tokens import fold
from scoring import Node

# Of these the parts can be asked for.
OF_PARTS = {"why", "change", "share"}


def with_movers_named(text: str, previous: Query, phrasings: Phrasings) -> str:
    """Put the name of the part that did most to a movement for words that describe it: "the one that fell most"."""
    if not previous.movers:
        return text
    ends = {"raised": previous.movers[0], "lowered": previous.movers[-1]}
    ends["moved"] = ends["raised" if previous.direction > 0 else "lowered"]
    for way, node in ends.items():
        text = phrasings.movers[way].sub(node.name, text)
    return text


def with_ranked_named(text: str, previous: Query, phrasings: Phrasings) -> str:
    """Put the name of the one at the end of an order for words that describe it: "the lowest one"."""
    told = phrasings.ranked_one.search(text) if previous.kind == "ranking" and len(previous.found) == 1 else None
    lowest, highest = (phrasings.superlatives[end] for end in ("lowest", "highest"))
    if told is None or sign(told[0], highest, lowest) != previous.extreme:
        return text
    return text[: told.start()] + fold(previous.found[0].name) + text[told.end() :]


def with_level_named(text: str, mentions: Sequence[Mention], previous: Query, phrasings: Phrasings) -> str:
    """Put the name of the one node that was spoken of for the name of a level that points to it: "that pillar".

    Of a level that the node is not on, the part of it is meant that did most to a movement: "that indicator".
    """
    spoken_of = (previous.found[:1] if previous.kind == "ranking" else previous.found) or previous.nodes
    if len(spoken_of) != 1:
        return text
    foremost = previous.movers[0 if previous.moved > 0 else -1 :][:1]
    for mention in mentions:
        pointer = phrasings.that_level.search(text, 0, mention.start) if mention.what == LEVEL else None
        if pointer:
            meant = next((node for node in (*spoken_of, *foremost) if node in mention.nodes), spoken_of[0])
            return text[: pointer.start()] + f" {fold(meant.name)} " + text[mention.end :]
    return text


def part_asked(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Ask for a part of what was explained; None where a follow-up asks for no part."""
    if previous.kind not in OF_PARTS or not previous.nodes or query.years or query.levels:
        return None
    if query.offsets and not query.nodes:
        return replace(query, kind="why", nodes=previous.nodes, years=previous.years, is_range=previous.is_range)
    if _asks_for_the_foremost(query, masked, previous, phrasings):
        return replace(_share_of(query, previous), nodes=previous.nodes, of_parts=True)
    part = _part_named(query, masked, previous, phrasings)
    return replace(_share_of(query, previous), nodes=(part, previous.nodes[0])) if part else None


def _share_of(query: Query, previous: Query) -> Query:
    return replace(query, kind="share", years=previous.years, is_range=previous.is_range, asks_change=True)


def _part_named(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Node | None:
    """Tell the part that is named, by its place or by itself, or pointed to."""
    whole, ordered = previous.nodes[0], _in_order(previous)
    is_of_a_year = phrasings.relative_years["next"].search(masked)
    if not (query.nodes or is_of_a_year) and (
        places := [place for place in places_named(masked, phrasings) if place <= len(ordered)]
    ):
        return ordered[places[0] - 1]
    asks_share = query.kind == "share" or asks_for_the_share(query, previous)
    if not query.nodes and asks_share and ordered and (previous.of_parts or phrasings.one.search(masked)):
        return previous.found[0] if previous.of_parts and previous.found else ordered[0]
    is_one = len(query.nodes) == 1 and query.nodes[0] is not whole and query.nodes[0] in whole.walk()
    of_it = (previous.of_parts and not query.asks) or (phrasings.among.search(masked) and query.kind == "weight")
    return query.nodes[0] if is_one and of_it and not phrasings.assumptions["weight"].search(masked) else None


def _in_order(previous: Query) -> tuple[Node, ...]:
    """Give the parts of the movement explained, those that did most to it first."""
    return previous.movers[::-1] if (previous.direction or previous.moved) < 0 else previous.movers


def asks_for_the_share(query: Query, previous: Query) -> bool:
    """Whether "what per cent is that" asks for the share of what was contributed, not for a weight."""
    return previous.kind in OF_PARTS and query.kind == "weight" and not query.nodes and query.within_score


def _asks_for_the_foremost(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> bool:
    """Whether the part is asked for that did most, or least, to what was spoken of before."""
    is_of_parts = previous.kind in OF_PARTS and query.extreme and not (query.nodes or query.levels or query.years)
    pulls = query.pulls and query.kind == "ranking"
    return bool(is_of_parts and (query.kind == "share" or pulls or phrasings.among.search(masked)))
