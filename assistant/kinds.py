"""What a question gives and asks for decides on its kind where its words resemble several."""

import re
from collections.abc import Callable, Sequence

from assistant.phrasings import ASSUMED, Phrasings
from assistant.query import SHORT_DRAFT, Query
from scoring import Node

# A question of these kinds, or of none, may still turn out to ask for figures.
_OPEN = {"", "value", "fact", "definition", "hierarchy"}
# What these ask for is asked for by them alone.
_FIXED = {"what_if", "target", "robustness", "draft", "check", "help", "strategy"}

# The step by which something is moved to see what it does to the whole.
_ONE = "1"

_Sign = Callable[[Query, str, Phrasings], bool]


def kind_of(query: Query, masked: str, phrasings: Phrasings) -> str:
    """Tell the kind of a question that was read as one of the kind that it resembles most.

    Parameters
    ----------
    query : Query
        As read.
    masked : str
        The question with its names masked.
    """
    return next((kind for kind, sign in _SIGNS if sign(query, masked, phrasings)), query.kind)


def _supposes(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an indicator or a part of a whole is set to a value, and what becomes of something is asked for."""
    is_part = any(node.is_indicator for node in query.nodes) or _is_nested(query.nodes)
    if not is_part or query.kind not in {"", "value", "change", "share", "fact"} or len(query.years) > 1:
        return False
    if phrasings.has_cue("what_if", masked):
        return True
    values = phrasings.set_values(masked, also_steps=not query.years)
    return any(phrasings.asks_becoming.match(masked, end) for end in values)


def _supposes_a_value(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the score is asked for that an indicator has at some value of what is measured."""
    at_value = re.search(rf"{ASSUMED}\s*(?:{phrasings.assumptions['at'].pattern})", masked)
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator and not query.years
    return bool(query.kind in {"value", "computation"} and is_one and query.asks_score and at_value)


def _asks_for_a_goal(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what to do so that a score comes to a value."""
    of_whole = query.kind == "ranking" and query.asks_which and any(node.children for node in query.nodes)
    is_open = (query.kind == "strategy" and query.nodes) or of_whole
    return bool(is_open and any(phrasings.set_values(masked, also_steps=False)))


def _asks_for_a_remedy(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what to do about a problem that is named."""
    return query.kind == "problem" and bool(phrasings.asks_remedy.search(masked))


def _holds(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the points are asked for that a part holds of a whole, or that it moved the whole by."""
    if query.kind in _FIXED or not _is_nested(query.nodes) or not (query.asks_amount or query.asks_number):
        return False
    pulls = phrasings.pulls.search(masked) and not phrasings.has_cue("why", phrasings.pulls.sub(" ", masked))
    return bool(pulls or (query.asks_points and phrasings.holds.search(masked)))


def _asks_reasons(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the reasons of a movement are asked for."""
    moves = query.direction or query.moves or "pace" in query.points or query.bound < 0
    moves = moves or (query.kind == "trend" and len(query.years) == 1)
    is_open = query.kind in _OPEN - {"value", ""} or query.kind in {"trend", "computation"}
    one_year = query.kind != "trend" or len(query.years) == 1 or "streak" in query.points
    is_explained = query.kind == "definition" and query.direction and len(query.years) == 1
    return bool(is_open and one_year and query.nodes and moves and (is_explained or phrasings.has_cue("why", masked)))


def _asks_part_of_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the share is asked for that a part has in a movement of the whole, not its weight."""
    of_move = query.direction or query.asks_change
    return bool(query.kind in {"weight", "source"} and of_move and query.years and _is_nested(query.nodes))


def _asks_where_a_move_came_from(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the source that is asked for is that of a movement, not of data."""
    moves = (query.direction and query.years) or query.moves
    return bool(query.kind == "source" and query.nodes and moves and not query.sources)


def _sets_moves_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which of two nodes moved more."""
    is_pair = len(query.nodes) == 2 and not _is_nested(query.nodes)
    moves = query.direction or query.asks_change
    is_open = query.kind in _OPEN | {"change", "trend", "target"}
    return bool(is_open and is_pair and moves and phrasings.asks_which_moved.search(masked))


def _asks_for_a_text(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is to be written, whatever it is to be about."""
    return query.kind not in {"draft", "help"} and bool(phrasings.writing.search(masked))


def _asks_what_pulled(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which part moved a whole most in a year."""
    of_whole = len(query.nodes) == 1 and query.nodes[0].children and not query.levels
    return bool(query.kind == "ranking" and of_whole and query.years and phrasings.pulls.search(masked))


def _doubts_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a course is as it is said to be."""
    is_open = query.kind in {"", "value", "change", "fact", "trend"} and not (query.extreme or query.claims)
    is_plain = is_open and len(query.years) != 1 and not {"when", "streak", "pace"} & set(query.points)
    return bool(is_plain and query.nodes and query.confirms and "steadily" in query.says)


def _asks_how_it_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what brought about a movement that has happened."""
    return bool(query.nodes and query.kind not in _FIXED - {"strategy"} and phrasings.how_moved.search(masked))


def _asks_whether_ever(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if something moved in any year, or since when."""
    is_open = query.kind in {"", "change", "value", "fact", "what_if"} and not query.years
    if "unmoved" in query.points:
        return bool(is_open and query.nodes and {"when", "streak"} & {*query.points})
    asks = phrasings.ever.search(masked) or "onset" in query.points
    return bool(is_open and query.nodes and query.direction and asks)


def _asks_which_never_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes are asked for that never moved one way, in all years or in several."""
    of_years = not query.years or query.is_range
    of_several = (query.asks_which or query.levels) and not query.nodes
    return bool(query.never and query.direction and of_several and of_years and query.kind not in _FIXED - {"help"})


def _asks_for_an_amount(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the amount of something is asked for that is no node: "what is the ozone concentration"."""
    return bool(query.kind in {"", "definition"} and query.asks_raw and query.asks_amount and not query.nodes)


def _supposes_nothing(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a question that sounds like a hypothesis names nothing of the index, but something else."""
    return query.kind == "what_if" and bool(query.content) and not (query.nodes or query.readings or query.levels)


def _compares_years(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether two years are set against each other, or which nodes moved is asked for."""
    is_ranking = query.kind == "ranking" and query.compares and not (query.extreme or query.bound)
    if query.kind not in _OPEN and not is_ranking:
        return False
    which = query.asks_which and query.direction and query.kind not in {"definition", "ranking"}
    if which and not query.extreme and (query.years or query.kind != "fact"):
        return True
    of_figures = query.nodes or query.levels or query.asks_which
    apart = len(query.years) == 2 and (query.compares or query.asks_gap or query.direction or query.asks_same)
    beside_last = query.compares and query.kind == "value" and phrasings.relative_years["previous"].search(masked)
    apart = apart or bool(len(query.years) == 1 and beside_last)
    if query.is_range and not query.asks_change:
        apart = bool(query.direction and (query.asks_points or query.asks_amount))
    of_value = query.kind in {"", "value", "ranking"}
    return bool(of_value and of_figures and (apart or (query.asks_change and query.years and not query.content)))


def _sets_nodes_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether two nodes are set against each other in one year."""
    return bool(query.kind in _OPEN and len(query.nodes) == 2 and query.asks_gap and len(query.years) < 2)


def _puts_forward_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a size is put forward by which something moved."""
    return bool(query.moves and query.nodes and query.kind in _OPEN)


def _checks_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if nodes rose or fell as is said."""
    said = query.direction and not (query.says or query.claims)
    return bool(query.kind == "check" and query.nodes and query.years and said)


def _asks_how_many(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the number is asked for that an indicator itself counts."""
    of_indicators = bool(query.nodes) and all(node.is_indicator and node.measure_unit for node in query.nodes)
    return bool(query.kind == "fact" and of_indicators and query.years and query.asks_number and not query.content)


def _asks_what_it_takes(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked to what an indicator would have to come so that something else comes to a score."""
    return bool(query.kind == "what_if" and query.claims and len(query.nodes) > 1 and phrasings.to_what.search(masked))


def _only_denies(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is said that something did not move, and nothing is supposed."""
    is_said = query.kind == "what_if" and phrasings.assumptions["unchanged"].search(masked)
    return bool(is_said and query.nodes and not phrasings.has_cue("what_if", masked) and not query.asks_amount)


def _is_bounded_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked in which years one node was above or below a score."""
    is_one = len(query.nodes) == 1 and not query.levels and not query.asks_which
    of_years = len(query.years) > 1 or ("when" in query.points and not query.years)
    return bool(query.kind in {"ranking", "fact"} and is_one and of_years and query.bound and query.claims)


def _is_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a movement is asked for over all years, or each of some, rather than one."""
    moves = query.kind == "change" or (query.kind == "value" and query.direction)
    of_years = not query.years or (query.is_range and query.asks_change)
    return bool(moves and query.nodes and of_years and not query.asks_gap and phrasings.has_cue("trend", masked))


def _asks_what_weighs(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which node weighs most, or moves the whole most for each point of its own."""
    is_step = query.kind == "what_if" or (query.kind == "target" and _ONE in (*query.claims, *query.moves))
    of_a_point = is_step and query.asks_which and query.extreme
    is_whole = not any(node.is_indicator for node in query.nodes)
    return bool((query.kind == "ranking" or (of_a_point and is_whole)) and query.extreme) and bool(
        of_a_point or phrasings.has_cue("weight", masked)
    )


def _asks_for_an_extreme(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the node at an end of an order is asked for, in words that tell no kind."""
    of_several = (query.asks_which or query.levels) and not any(node.is_indicator for node in query.nodes)
    is_open = query.kind in {"", "value"} or (query.kind == "change" and query.direction and not query.points)
    is_open = is_open or (query.kind == "share" and not phrasings.has_cue("share", masked))
    return bool(is_open and query.extreme and of_several and not query.content)


def _asks_what_it_did(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which nodes above were affected by a movement, not which there are."""
    return bool(query.kind == "hierarchy" and query.nodes and query.years and query.direction)


def _asks_who_scored(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes are asked for that have a score, or the highest there is, or stand at the ends of a year."""
    scored = query.kind == "hierarchy" and bool(query.claims) and query.asks_which
    both = query.kind == "change" and "ends" in query.points and bool(query.levels or query.asks_which)
    full = query.kind == "hierarchy" and "full" in query.points and (query.asks_which or query.levels)
    ordered = query.kind in {"", "value"} and "order" in query.points and bool(query.levels or query.asks_which)
    weakest = query.kind in {"problem", "target"} and query.asks_which and query.extreme and query.years
    return bool(scored or both or full or ordered or (weakest and not query.nodes and not query.claims))


def _asks_what_it_is_made_of(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what an indicator is made up of, which its definition tells: it has no parts in the index."""
    of_indicators = bool(query.nodes) and all(node.is_indicator for node in query.nodes)
    return query.kind == "hierarchy" and of_indicators and bool(phrasings.composed.search(masked))


def _asks_what_parts_weigh(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked of the parts of a node what each of them weighs."""
    is_whole = any(node.children for node in query.nodes)
    return bool(query.kind == "hierarchy" and is_whole and phrasings.each_share.search(masked))


def _asks_for_the_meaning(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how a node is to be explained, or why it was chosen, not a movement of it."""
    moves = query.direction or query.moves or query.years or query.compares or query.points or query.claims
    means = phrasings.has_cue("definition", masked) or phrasings.chosen.search(masked)
    return bool(query.kind in {"why", "strategy"} and query.nodes and not moves and means)


def _asks_why_so_high(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how an indicator came by a score, not by a change of it."""
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator
    moves = query.direction or query.moves or query.compares
    return bool(query.kind == "why" and is_one and not moves and ("full" in query.points or query.claims))


def _asks_about_a_bound(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one node was above or below a score in a year."""
    is_one = len(query.nodes) == len(query.years) == 1 and not (query.levels or query.asks_which or query.asks_number)
    return bool(query.kind == "ranking" and is_one and query.bound and query.claims and not query.extreme)


def _asks_which_way_is_better(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if more of what an indicator measures is better, or less."""
    return "sense" in query.points and bool(query.nodes)


def _doubts_a_score(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a score that is put forward for a year is right."""
    is_one = len(query.years) == len(query.nodes) == 1 and bool(query.claims) and query.confirms
    return bool(is_one and query.kind == "trend" and not (query.direction or query.moves or query.bound))


def _dictates(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an answer is told what a figure is to be, rather than asked what would be."""
    return query.kind == "what_if" and "dictated" in query.points and bool(query.nodes)


def _sums_up_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a course is to be summed up, not a text to be written of it."""
    is_text = phrasings.writing.search(masked) or query.aspects or query.asks_list or query.length != SHORT_DRAFT
    return bool(query.kind == "draft" and not is_text and phrasings.has_cue("trend", masked))


_SIGNS: Sequence[tuple[str, _Sign]] = (
    ("value", _dictates),
    ("value", _doubts_a_score),
    ("draft", _asks_for_a_text),
    ("target", _asks_what_it_takes),
    ("value", _asks_how_many),
    ("what_if", _supposes),
    ("what_if", _supposes_a_value),
    ("target", _asks_for_a_goal),
    ("strategy", _asks_for_a_remedy),
    ("share", _holds),
    ("share", _asks_part_of_a_move),
    ("why", _asks_where_a_move_came_from),
    ("ranking", _sets_moves_apart),
    ("why", _asks_what_pulled),
    ("check", _doubts_a_course),
    ("why", _asks_how_it_moved),
    ("why", _asks_reasons),
    ("trend", _asks_whether_ever),
    ("trend", _asks_which_never_moved),
    ("value", _asks_for_an_amount),
    ("fact", _supposes_nothing),
    ("change", _compares_years),
    ("change", _sets_nodes_apart),
    ("change", _puts_forward_a_move),
    ("change", _checks_a_move),
    ("change", _only_denies),
    ("weight", _asks_what_parts_weigh),
    ("trend", _sums_up_a_course),
    ("definition", _asks_which_way_is_better),
    ("definition", _asks_what_it_is_made_of),
    ("definition", _asks_for_the_meaning),
    ("computation", _asks_why_so_high),
    ("value", _asks_about_a_bound),
    ("trend", _is_bounded_course),
    ("trend", _is_a_course),
    ("weight", _asks_what_weighs),
    ("ranking", _asks_who_scored),
    ("ranking", _asks_for_an_extreme),
    ("why", _asks_what_it_did),
)


def _is_nested(nodes: Sequence[Node]) -> bool:
    """Whether one of some nodes lies below another."""
    return any(node is not other and node in other.walk() for node in nodes for other in nodes)
