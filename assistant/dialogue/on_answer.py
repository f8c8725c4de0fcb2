"""What a follow-up makes of the answer before: chooses from it, asks for another form or part, or where it is from."""

import re
from dataclasses import replace

from assistant.below import is_below
from assistant.dialogue.choices import chosen_of, others_of, places_named
from assistant.dialogue.follow_up_parts import part_asked
from assistant.dialogue.revision import revised
from assistant.dialogue.supposing import of_outcome
from assistant.language.phrasings import Phrasings
from assistant.query import Query

# These are answered with a list, of which one thing may be asked for more fully.
_LISTED = {"strategy", "problem"}
# To what these showed more can be added.
_SHOWN = {"value", "trend", "change", "share"}
# A number with the word behind it that says of what.
_COUNTED = re.compile(r"\d+[\u3400-\u9fff]")
# From how many characters on something else is asked about.
_A_TOPIC = 3


def asked_of_answer(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Ask what the answer before cited, or for the definition once more that it gave; None for anything else."""
    if query.nodes or query.levels or query.sources or query.years:
        return None
    rest = phrasings.without_fillers(phrasings.of_answer.sub(" ", masked))
    if previous.cited and phrasings.of_answer.search(masked) and len(rest) < _A_TOPIC:
        return replace(
            query, kind="source", nodes=previous.nodes, years=previous.years, content="", of_answer=previous.cited
        )
    if previous.kind == "definition" and _repeats(query.text, previous):
        return replace(previous, text=query.text, language=query.language)
    return None


def _repeats(text: str, previous: Query) -> bool:
    """Whether a number is taken up that a definition gives, with what is counted: "7项"."""
    return any(counted in node.definition for counted in _COUNTED.findall(text) for node in previous.nodes)


def settled(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Read a follow-up that only makes sense on what was answered: a choice, another form, a part, a supplier."""
    if previous.readings and not query.nodes and (chosen := chosen_of(masked, previous.readings, phrasings)):
        return replace(query, kind=previous.kind, nodes=chosen, years=query.years or previous.years, content="")
    unit_open = not (previous.units or previous.readings or query.nodes or query.asks)
    if unit_open and phrasings.choices["all"].search(masked):
        return replace(previous, text=query.text, language=query.language, asks_unit=True)
    if not query.nodes and phrasings.other_one.search(masked) and (others := others_of(previous)):
        kind = query.kind if query.asks else previous.kind
        return replace(query, kind=kind, nodes=others, years=query.years or previous.years)
    of_several = (query.levels or query.asks_which) and not query.nodes
    if of_several and "unmoved" in query.points and query.kind in {"", "value", "change", "ranking"}:
        return replace(query, kind="change", asks_which=True, years=query.years or previous.years)
    if lists_movements(previous) and not query.nodes and phrasings.all_others.search(masked):
        return replace(previous, text=query.text, language=query.language, direction=0, found=())
    is_of_one = len(previous.nodes) == 1 and previous.kind in {"value", "change", "why", "trend"}
    if is_of_one and not query.nodes and phrasings.all_others.search(masked):
        years = query.years or previous.years
        return replace(query, kind="change", asks_which=True, years=years, asks_parts=True)
    if previous.kind == "what_if" and (outcome := of_outcome(query, masked, previous, phrasings)):
        return outcome
    if query.nodes and previous.kind in _SHOWN and phrasings.also_in.search(masked):
        both = tuple(dict.fromkeys((*previous.nodes, *query.nodes)))
        return replace(previous, text=query.text, language=query.language, nodes=both)
    is_goal = previous.kind == "target" and query.numbers and not (query.nodes or query.years or query.content)
    if is_goal and query.kind in {"", "target", "value"}:
        return replace(previous, text=query.text, language=query.language, claims=query.numbers)
    if previous.kind in _LISTED and not query.nodes and (places := places_named(masked, phrasings)):
        return replace(previous, text=query.text, language=query.language, item=places[0])
    if (
        lists_movements(previous)
        and previous.found
        and previous.direction
        and query.kind == "change"
        and query.direction
        and query.asks
        and not query.nodes
    ):
        of_level = replace(query, levels=query.levels or previous.levels, asks_parts=previous.asks_parts)
        return replace(of_level, asks_which=previous.asks_which, years=query.years or previous.years)
    if changed := revised(query, masked, previous, phrasings):
        return changed
    if of_a_part := part_asked(query, masked, previous, phrasings):
        return of_a_part
    if query.kind == "why" and query.asks_same and previous.kind in {"value", "computation"}:
        return replace(query, kind="computation", nodes=query.nodes or previous.nodes, years=previous.years)
    if query.kind == "source" and not query.nodes and phrasings.that_supplier.search(masked):
        return replace(query, sources=tuple(dict.fromkeys(node.source for node in previous.nodes if node.source)))
    return None


def turns_to_another_whole(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> bool:
    """Whether something is named, instead of a part of what was explained, that is no part of it."""
    is_one = len(query.nodes) == len(previous.nodes) == 1 and bool(previous.of_parts and not query.asks)
    return is_one and bool(phrasings.instead.search(masked)) and not is_below(query.nodes[0], previous.nodes)


def lists_movements(query: Query) -> bool:
    """Whether a query was for the nodes of a level that rose, fell or stayed."""
    return query.kind == "change" and not query.nodes and bool(query.asks_which or query.levels or query.asks_parts)
