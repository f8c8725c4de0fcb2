"""What tells that a question is about how scores moved, whatever kind it resembles."""

import re

from assistant.language.phrasings import Phrasings
from assistant.names.mention import YEAR
from assistant.query import FIXED, OPEN, SHORT_DRAFT, Query

_CLAUSE_END = re.compile("[,，;；]")


def asks_reasons(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the reasons of a movement are asked for."""
    moves = query.direction or query.moves or "pace" in query.points or query.bound < 0
    moves = moves or (query.kind == "trend" and len(query.years) == 1)
    is_open = query.kind in OPEN - {"value", ""} | {"trend", "computation", "problem"}
    one_year = query.kind != "trend" or len(query.years) == 1 or "streak" in query.points
    is_explained = query.kind == "definition" and (query.direction or query.asks_change) and len(query.years) == 1
    moves = moves or is_explained
    asks_why = is_explained or phrasings.has_cue("why", masked)
    wants_cause = query.kind == "value" and query.aspects == ("cause",) and bool(query.years)
    is_told = query.nodes or ("pace" in query.points and len(query.years) == 1)
    return bool(is_told and moves and ((is_open and one_year and asks_why) or wants_cause))


def asks_part_of_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the share is asked for that a part has in a movement of the whole, not its weight."""
    of_move = query.direction or query.asks_change
    is_part = query.is_nested or (query.within_score and any(node.weight < 1 for node in query.nodes))
    asks_share = query.kind not in FIXED and query.within_score and query.asks_number
    return bool((asks_share or query.kind in {"weight", "source"}) and of_move and query.years and is_part)


def asks_by_how_many_points(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether percentage points are asked for by which what is observed of an indicator moved, not of a share."""
    is_ratio = len(query.nodes) == 1 and query.nodes[0].measure_unit == "%"
    return bool(query.kind == "share" and "pull" in query.points and is_ratio and query.direction and query.years)


def asks_what_each_part_did(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what each part of one whole did to a movement of it."""
    is_whole = len(query.nodes) == 1 and bool(query.nodes[0].children)
    of_all = query.kind == "share" and is_whole and query.asks_each and not query.extreme
    return bool(of_all and query.years and (query.direction or query.moves or phrasings.moved_to.search(masked)))


def asks_where_a_move_came_from(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the source that is asked for is that of a movement, not of data."""
    moves = (query.direction and query.years) or query.moves
    return bool(query.kind == "source" and query.nodes and moves and not query.sources)


def asks_for_a_mean(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the mean of the scores of some years is asked for."""
    of_scores = not (query.direction or query.asks_change or query.asks_unit or query.levels)
    return bool(
        "mean" in query.points and len(query.years) > 1 and of_scores and query.kind not in FIXED - {"robustness"}
    )


def asks_when_ahead(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the years are asked for in which one unit stood above another."""
    of_units = query.asks_unit or len(query.units) > 1
    asks_when = "when" in query.points or query.ever
    return bool(of_units and asks_when and (query.bound or query.side) and not query.claims)


def sets_moves_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which of two nodes moved more, or which of several moved most."""
    is_pair = len(query.nodes) == 2 and phrasings.asks_which_moved.search(masked)
    is_several = len(query.nodes) > 2 and query.extreme and phrasings.has_cue("ranking", masked)
    moves = query.direction or query.asks_change or query.kind == "change"
    is_open = query.kind in OPEN | {"change", "trend", "target", "ranking"} and not query.is_nested
    return bool(is_open and moves and (is_pair or is_several))


def asks_what_pulled(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which part moved a whole most in a year."""
    of_whole = len(query.nodes) == 1 and query.nodes[0].children and not query.levels
    return bool(query.kind == "ranking" and of_whole and query.years and query.pulls)


def asks_what_pulled_on_a_level(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which node of a level moved a whole most in a year."""
    of_whole = len(query.nodes) == 1 and query.nodes[0].children and query.levels
    pulls = query.pulls or phrasings.has_cue("share", masked)
    return bool(query.kind == "ranking" and of_whole and query.years and pulls)


def doubts_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a course is as it is said to be."""
    unasked = query.kind == "why" and not phrasings.has_cue("why", masked)
    is_open = query.kind in {"", "value", "change", "fact", "trend"} or unasked
    is_open = is_open and not (query.extreme or query.claims)
    is_plain = is_open and len(query.years) != 1 and not {"when", "streak", "pace"} & set(query.points)
    is_turn = {"turned_down", "turned_up"} & {*query.says} and query.kind in OPEN | {"trend", "change", "why"}
    if query.nodes and is_turn:
        return True
    is_record = query.kind in OPEN | {"trend", "change"} and {"record_high", "record_low"} & {*query.says}
    return bool(query.nodes and query.confirms and ((is_plain and "steadily" in query.says) or is_record))


def asks_how_it_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what brought about a movement that has happened."""
    return bool(query.nodes and query.kind not in FIXED - {"strategy"} and phrasings.how_moved.search(masked))


def asks_whether_ever(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if something moved in any year, or since when."""
    is_open = query.kind in {"", "change", "value", "fact", "what_if", "trend"} and (not query.years or query.is_range)
    if "unmoved" in query.points:
        return bool(is_open and query.nodes and {"when", "streak"} & {*query.points})
    asks = phrasings.ever.search(masked) or "onset" in query.points or (query.confirms and "when" in query.points)
    return bool(is_open and query.nodes and query.direction and asks)


def asks_if_only_then(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one year is the only one in which a node moved one way, or was on one side of a score."""
    is_one = len(query.nodes) == len(query.years) == 1 and query.confirms
    return bool(is_one and "only_then" in query.points and (query.direction or (query.bound and query.claims)))


def asks_which_ever_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes are asked for that moved one way at some time, or never, in all years or in several."""
    of_years = not query.years or query.is_range
    of_several = (query.asks_which or query.levels) and not query.nodes
    return bool(
        (query.never or query.ever)
        and query.direction
        and of_several
        and of_years
        and query.kind not in FIXED - {"help"}
    )


def compares_years(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether two years are set against each other, or which nodes moved is asked for."""
    is_ranking = query.kind == "ranking" and query.compares and not (query.extreme or query.bound)
    if query.kind not in OPEN and not is_ranking:
        return False
    which = query.asks_which and query.direction and query.kind not in {"definition", "ranking"}
    if which and not query.extreme and (query.years or query.kind != "fact"):
        return True
    of_figures = query.nodes or query.levels or query.asks_which or (query.confirms and not query.content)
    apart = len(query.years) == 2 and (query.compares or query.asks_gap or query.direction or query.asks_same)
    beside_last = query.compares and query.kind == "value" and phrasings.relative_years["previous"].search(masked)
    apart = apart or bool(len(query.years) == 1 and beside_last)
    if query.is_range and not query.asks_change:
        apart = bool(query.direction and (query.asks_points or query.asks_amount))
    of_value = query.kind in {"", "value", "ranking"}
    if query.is_range and phrasings.has_cue("trend", masked):
        return bool(of_value and of_figures and apart)
    return bool(of_value and of_figures and (apart or (query.asks_change and query.years and not query.content)))


def puts_forward_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a size is put forward by which something moved, or from where to where."""
    moves = query.moves or (query.years and phrasings.moved_to.search(masked))
    return bool(moves and query.nodes and query.kind in OPEN)


def checks_a_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if nodes rose or fell as is said."""
    said = query.direction and not (query.says or query.claims)
    return bool(query.kind == "check" and query.nodes and query.years and said)


def asks_if_it_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one node rose, or fell, in a year, as "was it a rise that year"."""
    is_open = query.kind in {"", "value", "trend"} and not (
        query.claims or query.content or query.extreme or query.levels
    )
    is_one = len(query.nodes) == len(query.years) == 1
    return bool(is_open and is_one and query.confirms and query.direction and not query.asks_unit)


def asks_of_a_year_after_a_statement(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked, after a statement, if a node rose, or fell, in one year: "did it rise too"."""
    if query.kind not in {"", "check", "fact", "value"} or not len(query.nodes) == len(query.years) == 1:
        return False
    *before, last = _CLAUSE_END.split(masked)
    moves = any(words.search(last) for words in phrasings.directions.values())
    says = any(words.search(last) for words in phrasings.says.values())
    return bool(before and YEAR in last and moves and not says and phrasings.confirming.search(last))


def asks_if_a_gap_changed(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if units were further apart in one of two years than in the other."""
    of_units = query.asks_unit or len(query.units) > 1
    return bool(query.kind == "change" and of_units and query.asks_gap and len(query.years) == 2)


def asks_how_far(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked by how much something rose or fell in a year, in words that tell no kind."""
    asks = query.asks_number or query.asks_amount or query.asks_raw
    is_open = query.kind == "" and asks and not (query.content or query.claims or query.extreme or query.bound)
    return bool(is_open and query.nodes and query.direction and len(query.years) == 1)


def asks_which_way(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if something rose or fell in a year."""
    is_open = query.kind in OPEN | {"robustness", "trend", "check"} and not query.variants
    return bool(is_open and query.nodes and len(query.years) == 1 and phrasings.either_way.search(masked))


def sets_gaps_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how far two nodes were apart in each of two years."""
    of_two = len(query.nodes) == len(query.years) == 2 and not (query.is_range or query.is_nested)
    return bool(query.kind in {"trend", "value", "ranking"} and of_two and query.asks_gap)


def asks_if_alike(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if several nodes moved the same way, or all as is said."""
    is_open = query.kind in OPEN | {"check", "weight", "trend", "change"} and not (query.claims or query.extreme)
    turns = query.kind == "" and query.direction and query.text.endswith(("呢", "呢？", "呢?"))
    said = turns or query.asks_same_way or (query.confirms and query.direction and query.kind in {"", "value", "trend"})
    return bool(len(query.nodes) > 1 and not query.is_nested and len(query.years) == 1 and is_open and said)


def asks_if_better_than(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one year was better than another, and not how sure that is."""
    of_two = query.kind == "robustness" and query.confirms and query.side > 0 and query.against_year
    is_sure = query.asks_still or query.variants or phrasings.has_cue("robustness", masked) or not query.nodes
    return bool(of_two and len(query.years) == 2 and not is_sure)


def asks_what_of_a_level_moved(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes of a level are asked for that rose, or fell, in a year."""
    of_level = query.kind in {"", "value", "hierarchy"} and query.levels and not (query.nodes or query.asks_unit)
    of_years = len(query.years) == 1 or query.is_range
    moves = query.direction or query.says_both
    return bool(of_level and moves and of_years and not (query.extreme or query.claims))


def doubts_a_claimed_move(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if what the report says of a movement holds, and not how sure a comparison is."""
    said = query.kind == "robustness" and phrasings.reported.search(masked) and not query.variants
    return bool(said and query.direction and query.nodes and query.years)


def only_denies(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is said that something did not move, and nothing is supposed."""
    is_said = query.kind == "what_if" and phrasings.assumptions["unchanged"].search(masked)
    return bool(is_said and query.nodes and not phrasings.has_cue("what_if", masked) and not query.asks_amount)


def asks_when_highest(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked when one node stood highest, or lowest, in words that ask for a fact."""
    is_one = len(query.nodes) == 1 and not (query.levels or query.content)
    return bool(query.kind in {"", "fact"} and is_one and "when" in query.points and query.extreme)


def is_bounded_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked in which years one node was above or below a score."""
    is_one = len(query.nodes) == 1 and not query.levels and not query.asks_which
    of_years = len(query.years) > 1 or ("when" in query.points and not query.years)
    is_open = query.kind in {"ranking", "fact", "check"} or (query.kind == "value" and "onset" in query.points)
    of_years = of_years or "onset" in query.points
    return bool(is_open and is_one and of_years and query.bound and query.claims)


def is_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a movement is asked for over all years, or each of some, rather than one."""
    moves = query.kind == "change" or (query.kind == "value" and query.direction)
    of_years = not query.years or (query.is_range and query.asks_change)
    return bool(moves and query.nodes and of_years and not query.asks_gap and phrasings.has_cue("trend", masked))


def asks_what_it_did(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which nodes above were affected by a movement, not which there are."""
    return bool(query.kind == "hierarchy" and query.nodes and query.years and query.direction)


def doubts_a_score(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a score that is put forward for a year is right."""
    is_one = len(query.years) == len(query.nodes) == 1 and bool(query.claims) and query.confirms
    of_it = query.direction or query.moves or query.bound or query.asks_gap or query.within_score
    is_open = query.kind == "trend" or (
        query.kind in {"share", "ranking", "why"} and not phrasings.has_cue(query.kind, masked)
    )
    return bool(is_one and is_open and not of_it)


def sums_up_a_course(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a course is to be summed up, not a text to be written of it."""
    is_text = phrasings.writing.search(masked) or query.aspects or query.asks_list or query.length != SHORT_DRAFT
    return bool(query.kind == "draft" and not is_text and phrasings.has_cue("trend", masked))


def asks_about_rounding(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked why two rounded scores differ otherwise than the change says."""
    return "subtracted" in query.points and query.kind in OPEN | {"why", "check", "computation"}


def asks_if_back(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a score has come back to where it was."""
    is_open = query.kind in OPEN | {"change", "trend", "check", "what_if", "target", "ranking"}
    is_of_scores = (query.nodes or not query.content) and not {"from_peak", "from_trough"} & {*query.points}
    return bool("back" in query.points and is_open and is_of_scores and "when" not in query.points)
