"""What nodes a follow-up is about: those it names, those that were spoken of, or what the answer before found."""

from assistant.below import are_above, is_below
from assistant.dialogue.follow_up_years import asks_before
from assistant.language.phrasings import Phrasings
from assistant.query import Query
from scoring import Node

# These tell of each node of a level.
OF_LEVELS = {"value", "trend", "ranking"}


def subject_of(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> tuple[Node, ...] | None:
    """Tell what nodes a follow-up is about; None where it stands alone."""
    nodes, spoken_of = query.nodes, previous.found or previous.nodes
    if not nodes and not query.levels and previous.found and _is_of_what_was_found(query, masked, previous, phrasings):
        return previous.found
    if names_a_cause(query, masked, previous, phrasings):
        return (*previous.nodes[:1], *nodes)
    spoken_of = tuple(node for node in spoken_of if node not in nodes)
    if not nodes and query.kind == "hierarchy" and phrasings.one.search(masked):
        return spoken_of  # "which dimension does it belong to"
    if len(spoken_of) == 2 and are_above(spoken_of[1:], spoken_of[0]):
        spoken_of = spoken_of[:1]  # of a part and its whole the part goes on being spoken of
    if len(spoken_of) == 1 and nodes and are_above(nodes, spoken_of[0]) and _is_of_it(query, masked, phrasings):
        of_parts = query.kind == "weight" and previous.kind == "hierarchy" and not previous.levels
        of_parts = of_parts and bool(spoken_of[0].children)
        return (*(spoken_of[0].children if of_parts else spoken_of), *nodes)  # "what did it do to the whole"
    if query.asks_each and len(nodes) == 1 and len(spoken_of) > 1 and all(are_above(nodes, n) for n in spoken_of):
        return (*spoken_of, *nodes)  # "what did each of them do to the whole"
    goes_on = phrasings.instead.search(masked) or (query.kind == previous.kind == "why" and not query.years)
    if query.levels and not (nodes or query.asks) and previous.kind in OF_LEVELS:
        return ()  # "and the dimensions"
    of_goal = query.kind == "target" and query.to_year
    if query.levels or query.sources or (nodes and (query.asks or of_goal) and not goes_on):
        return None
    return nodes


def names_a_cause(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> bool:
    """Whether what is named is the supposed cause in the year before, or in another, not the subject."""
    doubts = query.kind == "why" and previous.kind in {"why", "share"} and query.confirms
    of_another = phrasings.same_cause.search(masked) or phrasings.relative_years["next"].search(masked)
    of_another = of_another or (len(query.years) == 1 and query.years != previous.years)
    asks = (doubts and of_another) or asks_before(query, masked, phrasings)
    return bool(asks) and names_parts(query, previous)


def names_parts(query: Query, previous: Query) -> bool:
    """Whether all that a follow-up names is part of what was spoken of."""
    return bool(query.nodes) and all(is_below(node, previous.nodes) for node in query.nodes)


def _is_of_what_was_found(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> bool:
    if previous.levels and query.asks_which and phrasings.among.search(masked):
        return False  # "which of them" speaks of all that were ranked
    other = query.asks and query.kind != previous.kind and not (query.asks_which and query.direction)
    return other or bool(phrasings.found.search(masked))


def _is_of_it(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a follow-up that names a whole asks for what was spoken of in it: "its weight", or "weight in it"."""
    of_part = query.kind == "weight" or (query.kind == "share" and query.within_score)
    return of_part or bool(phrasings.found.search(masked) or phrasings.towards.search(masked))
