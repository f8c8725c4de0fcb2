"""What tells that a question supposes something or sets a goal, whatever kind it resembles."""

import re

from assistant.below import is_below
from assistant.language.patterns import ASSUMED
from assistant.language.phrasings import Phrasings
from assistant.names.mention import NODE
from assistant.query import OPEN, Query

# A score that is given as one.
_SCORE_GIVEN = re.compile(r"(?:得分|分数|分值|\bscored?(?: of)?)\s*\d")
# A node that something is asked of right behind it.
_ENDS_WITH_NODE = re.compile(rf"{re.escape(NODE)}[^,，。；;{{}}]{{0,12}}$")


def supposes(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an indicator or a part of a whole is set to a value, and what becomes of something is asked for."""
    is_part = any(node.is_indicator for node in query.nodes) or query.is_nested
    kinds = {"", "value", "change", "share", "fact", "computation"}
    kinds |= {"why"} if phrasings.would.search(masked) else set[str]()
    keeps = phrasings.assumptions["unchanged"].search(masked) or phrasings.assumptions["as_in"].search(masked)
    has_cue = bool(phrasings.has_cue("what_if", masked))
    if not is_part or query.kind not in kinds or (len(query.years) > 1 and not (has_cue and keeps)):
        return False
    if has_cue:
        return True
    would = phrasings.would.search(masked)
    values = phrasings.set_values(masked, also_steps=not query.years or bool(would))
    return any(phrasings.asks_becoming.match(masked, end) for end in values)


def supposes_of_those_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is supposed of the indicators that fell, or rose."""
    told = any(words.search(masked) for words in phrasings.moved_ones.values())
    return told and query.kind in OPEN | {"change"} and phrasings.has_cue("what_if", masked)


def supposes_a_value(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the score is asked for that an indicator has at some value of what is measured."""
    if query.asks_raw and _SCORE_GIVEN.search(masked):
        return False  # "to what value does that score belong"
    at_value = re.search(rf"{ASSUMED}\s*(?:{phrasings.assumptions['at'].pattern})", masked)
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator and not query.years
    return bool(query.kind in {"value", "computation"} and is_one and query.asks_score and at_value)


def asks_for_a_goal(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what to do so that a score comes to a value."""
    of_whole = query.kind == "ranking" and query.asks_which and any(node.children for node in query.nodes)
    is_open = (query.kind == "strategy" and query.nodes) or of_whole
    return bool(is_open and any(phrasings.set_values(masked, also_steps=False)))


def asks_how_far_short(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how many points something lacks of a score: "how many points short of 115 was it"."""
    return bool(query.kind in OPEN and query.claims and phrasings.short_of.search(masked))


def asks_what_it_takes(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked to what an indicator would have to come so that something else comes to a score."""
    of_whole = bool(query.to_year) and (len(query.nodes) == 1 or any(node.children for node in query.nodes))
    asked = phrasings.to_what.search(masked)
    if asked and _is_above_another(query, masked, asked.end()):
        return False
    has_goal = (query.claims and len(query.nodes) > 1) or of_whole
    is_set = query.kind in {"", "value"} and any(phrasings.set_values(masked, also_steps=False))
    is_open = query.kind == "what_if" or is_set or (of_whole and query.kind in OPEN | {"change"})
    return bool(is_open and has_goal and (asked or (of_whole and query.asks_gap)))


def _is_above_another(query: Query, masked: str, asked_at: int) -> bool:
    """Whether the node that something is asked of at a place, right before it or next, is a whole of another named."""
    place = masked.count(NODE, 0, asked_at) - bool(_ENDS_WITH_NODE.search(masked[:asked_at]))
    if place >= len(query.nodes):
        return False
    return any(is_below(node, [query.nodes[place]]) for node in query.nodes)


def supposes_nothing(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a question that sounds like a hypothesis names nothing of the index, but something else."""
    return query.kind == "what_if" and bool(query.content) and not (query.nodes or query.readings or query.levels)


def asks_without_a_hypothesis(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether "how much is it" supposes nothing, however much it sounds like the end of a hypothesis."""
    is_open = query.kind == "what_if" and query.nodes and query.asks_amount
    if not is_open or phrasings.has_cue("what_if", masked):
        return False
    is_set = any(phrasings.set_values(masked, also_steps=False))
    if query.asks_raw and query.asks_score and query.numbers and not is_set:
        return True  # "to what value does that score belong"
    supposes = query.variants or query.numbers or query.direction or query.content
    words = (phrasings.assumptions[name] for name in ("as_in", "unchanged", "full", "record"))
    return not (supposes or any(pattern.search(masked) for pattern in words))


def dictates(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an answer is told what a figure is to be, rather than asked what would be."""
    return bool(query.kind == "what_if" and query.nodes and phrasings.dictated.search(masked))
