"""What a hypothetical question supposes in the course of a conversation: beside, instead of, or without what was so."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.assumptions import Assumption
from assistant.dialogue.choices import places_named
from assistant.language.phrasings import Phrasings
from assistant.names.mention import NODE, Mention
from assistant.query import OPEN, Query
from knowledge.tokens import fold
from scoring import Node

_CLAUSES = re.compile(r"[，,。；;]")
# After these something may be supposed in words that suppose nothing by themselves: "up to 700".
_SUPPOSING = {"what_if", "target"}


def with_supposed_named(plain: str, previous: Query, phrasings: Phrasings) -> str:
    """Put the name of the one node that was spoken of for the word that a hypothesis points to it by: "if it were"."""
    if len(previous.nodes) != 1 or previous.assumptions:
        return plain
    name = fold(previous.nodes[0].name)
    return phrasings.supposes_it.sub(lambda said: f"{said['opens'] or said['zh']}{name}", plain)


def in_full(plain: str, previous: Query, phrasings: Phrasings) -> str:
    """Say in full what a further hypothesis leaves out: that something moves to a value, or that it is a weight."""
    if previous.kind not in _SUPPOSING:
        return plain
    if _supposes_weights(previous):
        return phrasings.bare_weight.sub(lambda value: f"权重调到{value[0]}", plain)
    plain = phrasings.bare_number.sub("提到", plain) if previous.assumptions else plain
    return phrasings.bare_value.sub(lambda bare: "raised to " if bare[0].isascii() else "提到", plain)


def supposes(query: Query, previous: Query | None, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is supposed of what was spoken of before, perhaps in words that suppose nothing by themselves.

    It is not, where it is asked if something has come back to where it was.
    """
    asks_if_back = (query.confirms or query.years) and "back" in query.points
    if previous is None or asks_if_back or (query.to_year and phrasings.to_what.search(masked)):
        return False
    if query.kind == "what_if":
        return bool(previous.nodes)
    of_weights = _supposes_a_weight(previous)
    kinds = OPEN | {"share", "target", "strategy", "computation"} | ({"weight"} if of_weights else set[str]())
    is_open = query.kind in kinds and (of_weights or not query.years)
    spoken = query.nodes or previous.nodes
    of_indicators = any(node.is_indicator for node in spoken) or bool(previous.assumptions and not query.nodes)
    goes_on = previous.kind in _SUPPOSING or phrasings.has_cue("what_if", masked)
    is_of_it = goes_on and is_open and of_indicators
    sets = any(phrasings.set_values(masked, also_steps=bool(phrasings.also.search(masked))))
    weighs = of_weights and bool(phrasings.assumptions["weight"].search(masked)) and bool(query.numbers)
    return is_of_it and (sets or bool(phrasings.assumptions["full"].search(masked)) or weighs)


def _supposes_a_weight(query: Query) -> bool:
    """Whether a hypothesis is on weights too."""
    return any(assumption.kind == "weight" for assumption in query.assumptions)


def _supposes_weights(query: Query) -> bool:
    """Whether a hypothesis is on weights alone."""
    return bool(query.assumptions) and all(assumption.kind == "weight" for assumption in query.assumptions)


def without_some(
    query: Query, plain: str, mentions: Sequence[Mention], previous: Query, phrasings: Phrasings
) -> Query | None:
    """Ask the hypothesis before once more without what a follow-up takes out of it; None where it takes out nothing."""
    if previous.kind != "what_if":
        return None
    supposed = {assumption.node: assumption for assumption in previous.assumptions}
    of_a_premise = phrasings.a_premise.search(plain) and not query.nodes
    if of_a_premise and (places := places_named(plain, phrasings)):
        named = {node for place, node in enumerate(supposed, 1) if place in places}
        return _with_only(named if phrasings.only.search(plain) else {*supposed} - named, query, previous)
    if not set(query.nodes) & set(supposed) or query.asks_which:
        return None
    taken: set[Node] = set()
    kept: set[Node] = set()
    start = 0
    for clause in _CLAUSES.split(plain):
        end = start + len(clause)
        nodes = {n for m in mentions if m.what == NODE and start <= m.start < end for n in m.nodes} & set(supposed)
        if phrasings.only.search(clause):
            kept |= nodes
        elif phrasings.reverting.search(clause):
            taken |= nodes
        start = end + 1
    return _with_only(kept or {*supposed} - taken, query, previous)


def _with_only(kept: Set[Node], query: Query, previous: Query) -> Query | None:
    """Ask the hypothesis before once more with what it supposes of some nodes; None where that is all, or nothing."""
    staying = tuple(assumption for assumption in previous.assumptions if assumption.node in kept)
    if len(staying) in (0, len(previous.assumptions)):
        return None
    nodes = tuple(node for node in previous.nodes if not node.is_indicator)
    again = replace(previous, text=query.text, language=query.language, nodes=nodes, found=())
    return replace(again, assumptions=staying)


def supposed_again(
    plain: str, mentions: Sequence[Mention], previous: Query | None, phrasings: Phrasings
) -> Sequence[Mention]:
    """Name at the head of a further hypothesis the indicators of the one before it, where it names none itself.

    Both of two are those that were spoken of.
    """
    named = [node for mention in mentions if mention.what == NODE for node in mention.nodes]
    if previous is None:
        return mentions
    of_weights = _supposes_a_weight(previous)
    if any(node.is_indicator or of_weights for node in named):
        return mentions
    two = tuple(dict.fromkeys((*previous.spoken_nodes, *previous.nodes)))
    if phrasings.both.search(plain) and len(two) == 2 and all(node.is_indicator for node in two):
        return [Mention(0, 0, "", NODE, nodes=two[:1]), Mention(0, 0, "", NODE, nodes=two[1:]), *mentions]
    spoken_of = (*previous.found, *previous.nodes)
    indicators = tuple(dict.fromkeys(node for node in spoken_of if node.is_indicator))
    one = next((nodes for nodes in (indicators, previous.found, previous.nodes) if len(nodes) == 1), ())
    supposed = [a.node for a in previous.assumptions] or [node for node in one if node.is_indicator or not named]
    return [*(Mention(0, 0, "", NODE, nodes=(node,)) for node in supposed), *mentions]


def supposing(
    query: Query, assumptions: Sequence[Assumption], masked: str, previous: Query | None, phrasings: Phrasings
) -> Query:
    """Set what a hypothetical question supposes; one that adds to another keeps what that supposed and asked for.

    After a goal it is asked if what is supposed reaches it.
    """
    if previous is not None and previous.claims and (previous.kind == "target" or previous.bound):
        wholes = tuple(dict.fromkeys(node for node in (*query.nodes, *previous.nodes) if node.children))
        query = replace(query, nodes=wholes, claims=previous.claims, bound=1)
        previous = replace(previous, nodes=wholes)
    if previous is not None and len(set(previous.years)) == 1 and not query.years:
        query = replace(query, years=previous.years)
    kinds = {assumption.node: assumption.kind for assumption in previous.assumptions} if previous else {}
    assumptions = [
        assumption if assumption.kind else replace(assumption, kind=kinds.get(assumption.node, ""))
        for assumption in assumptions
    ]
    is_further = bool(phrasings.also.search(masked)) or not assumptions
    is_further = is_further or (previous is not None and _changes_one_of_several(assumptions, previous))
    if previous is None or previous.kind != "what_if" or not is_further:
        nodes = query.nodes
        if previous is not None and not set(nodes) - {assumption.node for assumption in assumptions}:
            before = {assumption.node for assumption in previous.assumptions}
            nodes = tuple(dict.fromkeys((*nodes, *(node for node in previous.nodes if node not in before))))
        return replace(query, assumptions=tuple(assumptions), nodes=nodes)
    others = [node for node in query.nodes if node.is_indicator]
    if not assumptions and phrasings.instead.search(masked) and len(previous.assumptions) == len(others) == 1:
        instead = (replace(previous.assumptions[0], node=others[0]),)
        return replace(query, assumptions=instead, nodes=tuple(n for n in previous.nodes if not n.is_indicator))
    assumed = {assumption.node: assumption for assumption in (*previous.assumptions, *assumptions)}
    of_a_whole = any(node not in assumed for node in query.nodes)
    nodes = query.nodes if of_a_whole else tuple(dict.fromkeys((*query.nodes, *previous.nodes)))
    supposed = {assumption.year for assumption in assumptions}
    years = tuple(year for year in query.years if year not in supposed) or previous.years
    return replace(query, assumptions=tuple(assumed.values()), nodes=nodes, years=years)


def _changes_one_of_several(assumptions: Sequence[Assumption], previous: Query) -> bool:
    """Whether what is supposed only changes a part of what was supposed before."""
    supposed = {assumption.node for assumption in previous.assumptions}
    return len(supposed) > 1 and {assumption.node for assumption in assumptions} <= supposed


def of_outcome(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Ask more of what a hypothesis came to: what becomes of another whole, or whether that reaches a score."""
    sets_apart = query.compares or query.asks_gap or query.direction or query.side
    if query.years and _supposes_weights(previous) and not (query.nodes or query.numbers):
        years = tuple(dict.fromkeys((*query.years, *previous.years) if sets_apart else query.years))
        return replace(previous, text=query.text, language=query.language, years=years, is_range=query.is_range)
    if len(query.years) == len(previous.years) == 1 and sets_apart and not query.nodes and query.kind != "what_if":
        years = (*previous.years, *query.years)
        return replace(previous, text=query.text, language=query.language, years=years, compares=True, found=())
    if any(node.is_indicator for node in query.nodes) or query.years:
        return None
    again = replace(previous, text=query.text, language=query.language, nodes=query.nodes or previous.nodes, found=())
    goals = query.claims or query.numbers
    if goals and query.confirms:
        return replace(again, claims=goals, bound=1)
    of_it = phrasings.only.search(masked) or phrasings.towards.search(masked) or not query.asks
    return again if query.nodes and of_it else None
