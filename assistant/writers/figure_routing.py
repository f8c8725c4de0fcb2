"""Which writer answers a question about figures, and what it is taken for in the light of the data."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answer import Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.query import Query
from assistant.writers.changes import write_changes
from assistant.writers.completing import completed
from assistant.writers.computations import write_computations
from assistant.writers.conversions import find_by_value, write_conversions, write_owners
from assistant.writers.level_changes import write_level_changes
from assistant.writers.outside import write_ask_what_moved, write_clarify, write_other_measure, write_outside
from assistant.writers.passages import write_passages_of_years, write_passages_surely, write_telling_passages
from assistant.writers.rankings import write_rankings
from assistant.writers.robustness import write_robustness
from assistant.writers.shares import write_shares
from assistant.writers.spans import asks_of_spans, write_spans
from assistant.writers.steps import write_greatest_steps
from assistant.writers.trends import write_trends
from assistant.writers.values import write_values

# A word of so many characters that the documents use tells that they may hold what is asked.
_LONG_WORD = 4
Writer = Callable[[Desk], Status]

# About figures: without a node the whole index is meant, without a year the latest.
FROM_FIGURES: Mapping[str, Writer] = {
    "value": write_values,
    "why": write_changes,
    "change": write_changes,
    "trend": write_trends,
    "ranking": write_rankings,
    "share": write_shares,
    "computation": write_computations,
    "robustness": write_robustness,
}


def write_figures(desk: Desk) -> Status:
    """Answer a question about figures, or say what of it no figure tells."""
    if status := _write_whose(desk) or _write_problem(desk):
        return status
    desk = _with_owner(desk)
    return _write_not_computed(desk) or _write_what_is_open(desk) or _write_taken(_as_taken(desk))


def _write_whose(desk: Desk) -> Status | None:
    """Tell whose value a number is that is given without a name."""
    query = desk.query
    asks_whose = query.asks_owner or (query.kind in {"value", "check", "fact"} and query.claims and query.asks_which)
    return write_owners(desk) if asks_whose and not (query.nodes or query.bound) else None


def _write_problem(desk: Desk) -> Status | None:
    """Quote what the documents say of a problem the reasons of which are asked for, not those of a movement."""
    query = desk.query
    if query.kind != "why" or not query.content or query.direction or query.moves or query.years or query.claims:
        return None
    as_problem = replace(desk, query=replace(query, kind="problem"))
    return write_passages_surely(as_problem) or write_telling_passages(as_problem)


def _with_owner(desk: Desk) -> Desk:
    """Put in the indicators of which an observed value is given without their name."""
    query = desk.query
    of_a_value = query.kind == "computation" or (query.kind == "value" and query.asks_which and query.claims)
    nodes = find_by_value(desk) if of_a_value and not query.nodes else ()
    return replace(desk, query=replace(query, nodes=nodes, content="")) if nodes else desk


def _write_not_computed(desk: Desk) -> Status | None:
    """Answer what is asked beyond the figures: of other years and places, of what the documents alone speak of."""
    query = desk.query
    held = not query.nodes and all(map(desk.sources.may_hold, query.places))
    outside = (query.places and not held) or any(year not in desk.figures.years for year in query.years)
    of_another_whole = query.kind == "value" and query.places and desk.figures.definition.root in query.nodes
    of_scores = query.asks_score or query.claims_best or of_another_whole
    if query.content and not of_scores and (status := write_passages_surely(desk)):
        return status
    unnamed = not query.nodes and not query.readings and not query.levels
    if outside or (query.content and unnamed and not (query.kind == "robustness" and len(query.years) > 1)):
        if outside and query.content and not query.places and (told := write_passages_of_years(desk)):
            return told
        is_of_documents = not outside and (query.kind != "value" or query.places or speaks_of_the_report(query))
        return (write_telling_passages(desk) if is_of_documents else None) or write_outside(desk)
    whole_alone = all(node is desk.figures.definition.root for node in query.nodes)
    if query.kind == "share" and whole_alone and any(f"{word}对" in query.text for word in query.content.split()):
        as_problem = replace(desk, query=replace(query, kind="problem"))
        return write_telling_passages(as_problem) or write_telling_passages(desk) or write_outside(desk)
    return None


def speaks_of_the_report(query: Query) -> bool:
    """Whether a question speaks of the report by a word for it."""
    return bool(phrasings().reported.search(normalise(query.text)))


def _write_what_is_open(desk: Desk) -> Status | None:
    """Ask back where a question may mean several things, and tell what the data hold instead of what it asks for."""
    query = desk.query
    if query.readings:
        is_of_another = query.is_narrowed and query.kind == "value" and not query.nodes
        return write_outside(desk) if is_of_another else write_clarify(desk)
    if _is_of_nothing_named(desk):
        return write_ask_what_moved(desk)
    if query.part_of_year or query.day:
        as_value = replace(query, kind="value", measure=query.part_of_year or query.day)
        return write_other_measure(completed(replace(desk, query=as_value)))
    moves = query.direction or query.moves or query.asks_change or query.compares or len(query.years) > 1
    of_measure = query.kind == "value" or (query.kind == "trend" and query.asks_number and query.content)
    of_measure = of_measure or (query.kind == "change" and not moves)
    of_measure = of_measure or (query.kind == "share" and not moves and len(query.content.split()) > 1)
    is_another = query.measure and (query.is_narrowed or (not query.asks_score and _is_a_quantity(query.measure)))
    if of_measure and query.nodes and is_another and not query.claims:
        of_documents = any(len(word) >= _LONG_WORD and desk.sources.may_hold(word) for word in query.content.split())
        as_fact = replace(desk, query=replace(query, kind="fact", asks_number=True))
        if of_documents and (status := write_passages_surely(as_fact) or write_telling_passages(as_fact)):
            return status
        return write_other_measure(completed(replace(desk, query=replace(query, kind="value"))))
    return None


def _is_a_quantity(words: str) -> bool:
    """Whether some words beside a name may be for something measured: not what is left of a Chinese phrase."""
    return words.isascii() or bool(phrasings().quantity.search(words))


def _is_of_nothing_named(desk: Desk) -> bool:
    """Whether it is asked why something moved, without a word on what and when, and the whole did not move so."""
    query, figures, root = desk.query, desk.figures, desk.figures.definition.root
    named = query.nodes or query.years or query.levels or query.content or query.moves or query.claims or query.says
    which_part = query.asks_which and (query.extreme or query.pulls or query.drags)
    if query.kind != "why" or not query.direction or named or which_part or query.units or len(figures.years) < 2:
        return False
    return figures.change(root, *figures.years[-2:]).direction != query.direction


def _as_taken(desk: Desk) -> Desk:
    """Take a question for one about each indicator, about a course, or about reasons, where it comes to that."""
    query = desk.query
    if query.kind == "ranking" and len(query.nodes) == 1 and not query.levels and "when" in query.points:
        query = replace(query, kind="trend")
    of_first_year = query.years == (desk.figures.years[0],) and (query.levels or query.asks_which) and not query.nodes
    if query.kind in {"share", "why", "change", "ranking"} and of_first_year and query.drags:
        query = replace(query, kind="ranking", extreme=query.extreme or -1, direction=0, pulls=False, drags=False)
    is_of_one = len(query.nodes) == 1 and query.nodes[0].is_indicator and not query.extreme
    if query.kind == "ranking" and is_of_one and query.says_both and len(query.years) > 1:
        query = replace(query, kind="change", direction=0)
    if query.kind == "ranking" and query.is_nested and query.pulls and query.direction:
        query = replace(query, kind="why")  # which of the parts did most to the whole that is named with them
    if query.kind == "computation" and not query.nodes:
        query = replace(query, levels=())  # "from the dimensions" asks how the whole comes about
    of_course = query.kind == "trend" and ("steady" in query.points or query.never or query.ever)
    of_each = query.kind in ("change", "share") or of_course
    if of_each and query.asks_which and not query.nodes and not query.levels:
        query = replace(query, levels=(desk.figures.definition.lowest_level,))
    of_each_year = query.kind == "change" and query.asks_each and query.asks_amount
    is_of_one = len(query.nodes) == 1 and not query.asks_components
    if (query.kind == "value" or of_each_year) and query.is_range and is_of_one:
        query = replace(query, kind="trend")
    of_what_moved = query.direction or query.asks_change or query.moves
    of_whole = len(query.nodes) == 1 and bool(query.nodes[0].children)
    if query.kind == "share" and query.asks_which and of_what_moved and of_whole and not query.levels:
        query = replace(query, kind="why")
    of_one_part = query.asks_amount or query.asks_which or query.extreme or query.asks_number
    of_parts = (query.kind == "why" and of_one_part) or (query.kind in {"why", "change"} and query.asks_each)
    of_inner_parts = of_parts and any(node.children for node in query.nodes)
    if of_inner_parts and query.levels and max(query.levels) < desk.figures.definition.lowest_level:
        query = replace(query, kind="share")
    return replace(desk, query=query)


def _write_taken(desk: Desk) -> Status:
    """Let the writer of figures answer that a question, as it is taken, is for."""
    query = desk.query
    if asks_of_spans(query, desk.figures.years):
        return write_spans(completed(desk))
    if query.kind == "computation" and query.asks_raw and not query.nodes:
        return write_conversions(desk)
    if query.asks_greatest_step:
        return write_greatest_steps(desk)
    whole = query.nodes[0] if len(query.nodes) == 1 else None
    of_its_parts = whole and whole.children and query.kind == "change" and query.direction
    of_its_parts = of_its_parts and not (query.pulls or query.drags)
    if query.levels and ((not query.nodes and query.kind in ("change", "why")) or of_its_parts):
        return write_level_changes(completed(desk))
    return FROM_FIGURES[query.kind](completed(desk))
