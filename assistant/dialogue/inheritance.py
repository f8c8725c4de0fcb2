"""What a follow-up takes over from the question before it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.below import all_below, are_above, is_below
from assistant.dialogue.choices import sets_the_same_apart, two_spoken_of
from assistant.dialogue.follow_up_parts import OF_PARTS, asks_for_the_share
from assistant.dialogue.follow_up_years import asks_before, in_year_beside, years_of, years_spoken
from assistant.dialogue.on_answer import settled, turns_to_another_whole
from assistant.dialogue.subject import OF_LEVELS, names_a_cause, names_parts, subject_of
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import Phrasings
from assistant.query import FIXED, FROM_DOCUMENTS, Query
from scoring import Node

# What moved the way that was spoken of before is asked for by these.
_OF_MOVES = {"why", "ranking"}
# Of these the parts on a level may be asked for.
_OF_PARTS_TOO = OF_PARTS | {"trend", "value"}


def without_references(masked: str, previous: Query, phrasings: Phrasings) -> str:
    """Take out of a follow-up the words that only point back to what went before, or change its form."""
    for pattern in _references(previous, phrasings):
        masked = pattern.sub(" ", masked)
    return masked


def _references(previous: Query, phrasings: Phrasings) -> Iterator[re.Pattern[str]]:
    if previous.kind == "draft":
        yield from (
            phrasings.list_form,
            *edit_words().of_form(),
            *edit_words().of_changes(),
            *phrasings.aspects.values(),
        )
    yield from phrasings.forms.values()
    yield from phrasings.ordinals
    yield from phrasings.choices.values()
    yield phrasings.only
    yield phrasings.other_one
    yield phrasings.all_others
    yield from (phrasings.among, phrasings.also, phrasings.both, phrasings.found)


def continued(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Take over what a follow-up leaves out. A question that names nodes and asks for something stands alone."""
    if previous.kind == "hierarchy" and not phrasings.several.search(masked):
        previous = replace(previous, found=())  # "its weight" is that of the whole, "their weights" those of its parts
    if answered := settled(query, masked, previous, phrasings):
        return answered
    query = _read_after(query, masked, previous, phrasings)
    previous = _narrowed(query, masked, previous, phrasings)
    if apart := _set_apart(query, masked, previous, phrasings):
        return apart
    if turns_to_another_whole(query, masked, previous, phrasings):
        return replace(query, kind="why", asks=True, years=query.years or previous.years, is_range=previous.is_range)
    nodes = subject_of(query, masked, previous, phrasings)
    if nodes is None and query.kind == previous.kind == "target" and not query.claims:
        return replace(query, claims=previous.claims, years=query.years or previous.years)
    if nodes is None and query.kind == "ranking" and query.levels and not query.years and len(previous.years) == 1:
        return replace(query, years=previous.years)
    if nodes is None and query.kind == "share" and query.levels and not query.nodes and previous.kind in _OF_PARTS_TOO:
        again = replace(query, nodes=previous.nodes, years=query.years or previous.years, is_range=previous.is_range)
        return replace(again, asks_change=previous.kind != "value")
    if nodes is None and query.kind == "target" and query.to_year and previous.kind == "what_if":
        return replace(query, nodes=(*(assumption.node for assumption in previous.assumptions), *query.nodes))
    is_beside = query.kind == "change" and query.levels and query.compares and len(query.years) == 1
    if nodes is None and is_beside and len(previous.years) == 1 and previous.years != query.years:
        return replace(query, years=(*previous.years, *query.years))
    if nodes is None and _moves_within(query, previous):
        return replace(query, years=previous.years, is_range=previous.is_range, spoken_years=previous.spoken_years)
    if nodes is None:
        return in_year_beside(query, masked, previous, phrasings)
    is_bare = query.kind == "ranking" and query.extreme and not (query.nodes or query.years or query.asks_which)
    of_steps = previous.kind == "trend" or (previous.kind == "ranking" and "when" in previous.points)
    if is_bare and of_steps and previous.extreme and not query.levels:
        return _step_again(query, previous)
    query = _of_kind_taken_over(_taken_over(query, nodes, masked, previous, phrasings), previous)
    query = _come_back(query, previous)
    return _ranked_again(query, previous) if query.kind == "ranking" else query


def _narrowed(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Leave of what was spoken of the part alone where a follow-up is about one thing."""
    is_of_one = bool(phrasings.one.search(masked)) or _turns_from_a_part(query, previous)
    if not is_of_one or query.nodes or previous.found or len(previous.nodes) < 2:
        return previous
    parts = tuple(node for node in previous.nodes if not are_above([node], previous.nodes[0]))
    return replace(previous, nodes=parts[:1] or previous.nodes)


def _taken_over(query: Query, nodes: tuple[Node, ...], masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Put in the kind, nodes, years and units that a follow-up leaves out, and what it leaves out of what is asked."""
    of_whole = bool(query.nodes) and {*query.nodes} < {*nodes} and previous.kind in {"why", "change"}
    asks = query.asks and not (asks_before(query, masked, phrasings) and not phrasings.has_cue(query.kind, masked))
    kind, years, is_range = years_of(query, query.kind if asks else previous.kind, masked, previous, phrasings)
    reckoned = () if years == query.years == years_spoken(previous) and kind == "change" else query.reckoned
    before = years_spoken(previous) if years != previous.years else previous.spoken_years
    of_a_level = previous.levels and not any(node.is_indicator for node in previous.nodes)
    tells_of_level = kind in OF_LEVELS and previous.kind in {*OF_LEVELS, "weight"}
    weighs_level = kind == "weight" and previous.kind == "hierarchy"
    of_level = of_a_level and (weighs_level or (not nodes and (kind == "weight" or tells_of_level)))
    is_bare = not query.asks or phrasings.instead.search(masked)
    lists = (previous.asks_which or of_a_level) and kind == previous.kind == "change" and is_bare and not nodes
    of_moves = {"why", "change"} | ({"share", "ranking"} if previous.asks_change or previous.direction else set())
    nodes = nodes or (() if query.readings or query.levels else previous.nodes)
    if kind == "target" and query.asks_which:
        nodes = tuple(node for node in nodes if node.children)
    of_units = len(previous.units) > 1 and not query.units
    is_elsewhere = bool(kind == previous.kind == "why" and query.units and not query.asks)
    of_all_years = kind in {"share", "why", "change"} and not years and previous.kind == "trend"
    return replace(
        query,
        kind=kind,
        nodes=nodes,
        levels=query.levels or (previous.levels if of_level or lists else ()),
        years=years,
        is_range=is_range,
        direction=query.direction or (previous.direction if lists or is_elsewhere else 0),
        asks_which=query.asks_which or (previous.asks_which and lists),
        asks_parts=query.asks_parts or (previous.asks_parts and lists),
        of_all_years=of_all_years or (previous.of_all_years and not years),
        points=query.points or (previous.points if kind == previous.kind == "target" else ()),
        units=_units(query, previous),
        asks_unit=query.asks_unit or (previous.asks_unit and not (query.asks or query.units)),
        reckoned=reckoned,
        spoken_years=() if query.nodes else before,
        asks_change=query.asks_change or of_whole or (kind == "share" and previous.kind in of_moves),
        claims=query.claims or (previous.claims if kind == previous.kind == "target" else ()),
        of_parts=query.of_parts or (previous.of_parts and kind == "share" and not query.nodes),
        extreme=query.extreme or (previous.extreme if previous.of_parts and kind == "share" else 0),
        asks_gap=query.asks_gap or (previous.asks_gap and not query.asks and (of_units or nodes == previous.nodes)),
        compares=query.compares or (previous.compares and not query.asks and of_units),
        asks_score=query.asks_score or (previous.asks_score and not (query.asks_raw or query.nodes)),
    )


def _of_kind_taken_over(query: Query, previous: Query) -> Query:
    """Read what a follow-up asks in the light of the kind that it turns out to be of."""
    kind = query.kind
    if kind in FROM_DOCUMENTS and previous.kind in FROM_DOCUMENTS and not (query.nodes or query.content):
        query = replace(query, content=previous.content, topic=f"{previous.topic} {query.topic}".strip())
    if kind == "value" and query.pulls and query.is_nested:
        query = replace(query, kind="share", asks_change=True)
    if kind == "weight" and query.direction and query.within_score and query.is_nested:
        years = query.years or previous.years
        query = replace(
            query, kind="share", asks_change=True, years=years, is_range=query.is_range or previous.is_range
        )
    if kind == "check" and not query.asks and (query.asks_amount or query.asks_change or query.direction):
        query = replace(query, kind="change")  # "by how much was that"
    if kind == "change" and "when" in query.points and not query.years:
        query = replace(query, kind="trend")  # "in which year did it fall, and by how much"
    if kind == "ranking" and query.asks_raw and len(query.nodes) == 1 and not (query.extreme or previous.asks_raw):
        query = replace(query, kind="value", asks=True)  # "its observed value", of the one that came first
    if kind == "value" and query.asks_change and query.confirms:
        query = replace(query, kind="change")  # "has it moved"
    if previous.leaders and kind != "ranking" and query.asks and not (query.units or query.asks_unit):
        query = replace(query, units=previous.leaders, extreme=previous.extreme if kind == "why" else query.extreme)
    if kind in _OF_MOVES and previous.kind in (*OF_PARTS, "trend") and kind != previous.kind:
        query = replace(query, direction=query.direction or previous.direction)
    return query


def _come_back(query: Query, previous: Query) -> Query:
    """Read after a fall whether a later year made good for it as whether the score is back where it was before."""
    is_later = len(query.years) == 1 == len(previous.years) and query.years > previous.years
    of_moves = {query.kind, previous.kind} <= {"why", "change"} and query.nodes == previous.nodes
    if not (is_later and of_moves and "back" in query.points):
        return query
    return replace(query, kind="change", years=(previous.years[0] - 1, *query.years), direction=0)


def _read_after(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Read in the light of what was spoken of what a follow-up is about."""
    if query.kind == "fact" and "when" in query.points and query.extreme and not (query.nodes or query.content):
        query = replace(query, kind="trend")  # "when did it peak"
    wholes = [node for node in (*previous.found, *previous.nodes) if query.nodes and all_below(query.nodes, node)]
    if len(query.nodes) > 1 and wholes and phrasings.which_of_two.search(masked):
        return replace(
            query, kind="why", asks=True, nodes=(wholes[0], *query.nodes), years=query.years or previous.years
        )
    of_another_year = any(phrasings.relative_years[way].search(masked) for way in ("previous", "next"))
    of_causes = previous.kind in {"why", "share"} and query.confirms and query.kind not in FIXED
    if names_parts(query, previous) and of_another_year and of_causes:
        query = replace(query, kind="why", asks=True)  # "was it that which did most the year before"
    is_of_causes = query.kind == "why" or (previous.kind in {"why", "share"} and query.confirms)
    if is_of_causes and previous.movers and not query.nodes and phrasings.same_cause.search(masked):
        foremost = previous.movers[0 if previous.moved > 0 else -1]
        query = replace(
            query, kind="why", asks=True, nodes=(*previous.nodes, foremost), direction=previous.moved, confirms=True,
            years=query.years or previous.years,
        )  # fmt: skip
    if query.kind == "share" and query.asks_each and not query.nodes and previous.kind in {"why", "change"}:
        return replace(query, kind="why", nodes=previous.nodes, years=query.years or previous.years)
    asks_else = query.asks and query.kind != "change"
    of_movers = previous.movers and query.asks_which and not (query.nodes or query.years or query.levels or asks_else)
    if of_movers and query.direction == -previous.moved:
        query = replace(query, direction=previous.moved)  # "which ones rose" of those that moved what fell
    if query.kind == "weight" and not query.nodes and phrasings.within_its.search(masked):
        query = replace(query, levels=())
    if asks_for_the_share(query, previous):
        query = replace(query, kind="share")
    if query.kind == "why" and previous.nodes and not query.nodes:
        query = replace(query, levels=())  # "which indicator brought it about" asks for reasons of what was spoken of
    if previous.kind == "ranking" and query.kind == "hierarchy" and query.years and not (query.nodes or query.levels):
        query = replace(query, kind="ranking")  # "how many are there still" speaks of those that were listed
    of_listed = previous.kind == "hierarchy" and len(previous.found) > 1 and not (query.nodes or query.levels)
    if of_listed and (query.side or query.extreme) and query.kind in {"", "hierarchy", "ranking"}:
        query = replace(query, kind="ranking", asks=True, nodes=previous.found, extreme=query.extreme or query.side)
    if query.kind == "hierarchy" and previous.nodes and not query.nodes and phrasings.below.search(masked):
        query = replace(query, nodes=previous.found or previous.nodes, levels=())
    of_parts = (query.kind == "share" and query.asks) or phrasings.among.search(masked)
    whole = previous.nodes[1] if previous.kind == "share" and len(previous.nodes) == 2 else None
    if whole and len(query.nodes) == 1 and not query.asks and all_below(query.nodes, whole):
        query = replace(
            query, kind="share", asks=True, nodes=(*query.nodes, whole), years=query.years or previous.years
        )
        return replace(query, is_range=previous.is_range, asks_change=previous.asks_change)
    part = previous.found[:1] or previous.nodes
    of_its_whole = len(part) == 1 and len(query.nodes) == 1 and all_below(part, query.nodes[0])
    if of_its_whole and query.within_score and query.kind in {"", "value"}:
        years = query.years or previous.years
        return replace(query, kind="share", nodes=(*part, *query.nodes), years=years, is_range=previous.is_range)
    among = query.nodes and of_parts and all(is_below(n, previous.nodes) for n in query.nodes)
    if among and previous.kind in OF_PARTS and not query.years:
        moved = previous.kind in {"why", "change"} or previous.asks_change
        query = replace(query, nodes=(*query.nodes, *previous.nodes), years=previous.years, is_range=previous.is_range)
        holds = query.kind == "value" and bool(phrasings.holds.search(masked))
        query = replace(query, kind="share" if moved and holds else query.kind)
        query = replace(query, asks_change=query.asks_change or (moved and query.kind == "share"))
    return query


def _set_apart(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Set two nodes or years apart that were spoken of, or what is named and what was spoken of."""
    if sets_the_same_apart(query, previous):
        return replace(query, kind="change", nodes=previous.nodes, years=query.years or previous.years)
    if not query.nodes and (of_two := two_spoken_of(query, masked, previous, phrasings)):
        return of_two
    is_other = len(query.nodes) == len(previous.nodes) == 1 and query.nodes != previous.nodes
    if is_other and not names_a_cause(query, masked, previous, phrasings) and phrasings.beside.search(masked):
        both = (*previous.nodes, *query.nodes)
        return replace(query, kind="change", nodes=both, years=query.years or previous.years, asks_gap=True)
    return None


def _units(query: Query, previous: Query) -> tuple[str, ...]:
    """Tell the units that a follow-up is of: those before, those it names, or both where it sets them apart."""
    sets_apart = query.compares or query.asks_gap or query.side
    before = previous.units if sets_apart or not query.units else ()
    return tuple(dict.fromkeys((*before, *query.units)))


def _turns_from_a_part(query: Query, previous: Query) -> bool:
    """Whether something else is asked after what a part is to a whole, of the part then."""
    of_part = previous.kind in {"weight", "share"} and previous.is_nested
    return of_part and query.asks and query.kind != previous.kind


def _moves_within(query: Query, previous: Query) -> bool:
    """Whether it is asked, without a year, how a part moved of what was spoken of in a year."""
    is_part = not previous.nodes or names_parts(query, previous)
    is_open = query.kind in {"change", "why"} and query.nodes and not query.years
    return bool(is_open and is_part and previous.years and previous.kind in {"change", "why", "ranking"})


def _step_again(query: Query, previous: Query) -> Query:
    """Ask for the other end of the steps of a course after one end of them: "the slowest"."""
    again = replace(query, kind="trend", nodes=previous.nodes, years=previous.years, is_range=previous.is_range)
    return replace(again, direction=previous.direction, asks_change=previous.asks_change, points=previous.points)


def _ranked_again(query: Query, previous: Query) -> Query:
    """Rank what was spoken of before, by what the ranking before was by where a follow-up says nothing of it."""
    query = replace(query, levels=query.levels or previous.levels, extreme=query.extreme or previous.extreme)
    query = replace(query, asks_unit=query.asks_unit or bool(previous.leaders and not query.levels))
    if previous.kind != "ranking" or query.direction or query.points or query.claims or query.asks_change:
        return query
    return replace(
        query,
        direction=previous.direction,
        side=query.side or previous.side,
        points=previous.points,
        bound=previous.bound,
        claims=previous.claims,
        asks_change=previous.asks_change,
    )
