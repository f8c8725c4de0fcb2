"""What tells that a question is about how high something stands, whatever kind it resembles."""

from assistant.language.phrasings import Phrasings
from assistant.query import FIXED, OPEN, Query

# So many characters may be left of a question that only lists.
_FEW = 3
# From how many characters on something else is named that a node is set beside.
_A_TOPIC = 4


def only_asks_for_a_score(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether nothing but the score of what is named is asked for: "what's the score of it"."""
    moves = query.direction or query.extreme or query.asks_change or query.asks_gap or query.compares or query.moves
    of_one_year = not query.kind or (query.kind == "change" and len(query.years) == 1 and not query.points)
    return bool(of_one_year and query.nodes and query.asks_score and not (query.content or moves))


def takes_for_what_is_observed(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked of a score if it is what was observed, in words that sound like a share: "a percentage"."""
    return bool(
        query.takes_for_observed and query.nodes and query.kind in {"share", "weight", "hierarchy", "definition", ""}
    )


def asks_for_what_is_held(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether figures of a node are asked for in words for what the assistant can do: "do you have it for 2015"."""
    return bool(query.kind == "help" and query.nodes and query.years)


def checks_an_observed_value(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a statement is checked of what an indicator came to in a year, however it is said to have moved."""
    is_checked = query.checks or query.offers_either or (query.kind == "definition" and query.claims)
    is_statement = query.kind in {"change", "check", "definition"} and bool(is_checked) and len(query.years) == 1
    amounts = len(query.claimed_raw)
    is_of_one = len(query.nodes) == 1 and (amounts == 1 or (amounts > 1 and query.offers_either))
    return is_statement and is_of_one and (not query.direction or bool(phrasings.came_to.search(masked)))


def asks_for_a_score_elsewhere(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an amount of a node is asked for of a place of which nothing is known."""
    return bool(not query.kind and query.places and query.nodes and query.asks_number)


def asks_for_scores_of_a_year(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether "what is it in that year", or "for both cities in that year", asks for scores and not for a meaning."""
    is_open = query.kind in {"definition", "hierarchy"} and query.years and not (query.levels or query.content)
    asks_value = query.asks_raw and query.nodes and not phrasings.has_cue("definition", masked)
    return bool(is_open and (query.asks_unit or asks_value or (query.asks_amount and query.language == "en")))


def asks_for_a_remedy(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what to do about a problem that is named."""
    if not (query.years or query.numbers) and phrasings.asks_way.search(masked):
        return True
    is_open = query.kind in {"", "problem"} and (query.content or not query.nodes)
    if is_open and phrasings.asks_how.search(masked):
        return True
    return query.kind in {"problem", "fact"} and bool(phrasings.asks_remedy.search(masked))


def lists_a_level(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes of a level are to be listed, or counted, and nothing is asked of them."""
    asks_else = query.nodes or query.years or query.units or query.asks_score or query.asks_raw or query.direction
    asks_else = asks_else or query.extreme or query.bound or query.points or query.claims or query.variants
    is_open = query.kind in {"", "fact", "trend", "value"} and query.levels and len(query.content) <= _FEW
    return bool(is_open and not asks_else and phrasings.listing.search(masked))


def leaves_a_part_out(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a part is dropped from the whole that it belongs to."""
    is_open = query.kind in OPEN | {"change", "why", "what_if"}
    return bool(is_open and query.is_nested and query.years and phrasings.dropped_from.search(masked))


def stands_without(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one unit stays ahead of another without an indicator."""
    of_units = query.asks_unit or len(query.units) > 1
    is_open = query.kind in OPEN | {"change", "trend", "ranking"}
    return bool(of_units and is_open and "without" in query.variants and (query.asks_still or query.side))


def asks_how_far_units_are_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how far units are apart in one year."""
    of_units = query.asks_unit or len(query.units) > 1
    return bool(query.kind == "trend" and of_units and query.asks_gap and len(query.years) == 1)


def asks_for_the_grade(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which grade the score of a node is."""
    is_open = query.kind in {"", "value", "hierarchy", "fact", "definition", "ranking"}
    return bool(is_open and "grade" in query.points and query.nodes and not query.asks_parts)


def asks_which_are_inverse(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the indicators are asked for of which less is better."""
    return "inverse" in query.points and not any(node.is_indicator for node in query.nodes)


def asks_whose_it_is(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked of a number whose score, or observed value, it is."""
    return bool(query.asks_owner and query.numbers and not (query.nodes or query.readings))


def asks_for_the_publication(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked in which publication the data of an indicator stand, which its definition tells."""
    of_indicators = bool(query.nodes) and all(node.is_indicator for node in query.nodes)
    return query.kind == "source" and of_indicators and bool(phrasings.publication.search(masked))


def doubts_a_degree(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if something moved as little as the report says."""
    is_open = query.kind in OPEN | {"change", "trend"} and query.nodes and query.years
    return bool(is_open and "slightly" in query.says and query.confirms and phrasings.reported.search(masked))


def asks_if_supplied_by(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if data come from someone who supplies none of the index."""
    is_open = query.kind in OPEN | {"fact", "check", "hierarchy"} and query.nodes and query.confirms
    return bool(is_open and not query.sources and phrasings.from_a_supplier.search(masked))


def asks_for_a_text(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is to be written, whatever it is to be about."""
    return query.kind not in {"draft", "help"} and bool(phrasings.writing.search(masked))


def asks_for_an_amount(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the amount of something is asked for that is no node: "what is the ozone concentration"."""
    return bool(query.kind in {"", "definition"} and query.asks_raw and query.asks_amount and not query.nodes)


def asks_for_another_amount(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether an amount is asked for that belongs to an indicator and is not its value: "how large was the sample"."""
    asks = (query.asks_number or query.asks_amount) and not phrasings.has_cue("definition", masked)
    return bool(query.kind == "definition" and query.nodes and query.measure and asks)


def asks_number_of_other_things(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a number is asked for and nothing is named that has a score: "how many plants had the city built"."""
    names_any = query.nodes or query.readings or query.levels or query.sources or query.asks_which
    of_scores = query.asks_score or query.asks_points or query.asks_raw or query.claims or query.places
    is_of_it = query.kind == "value" and query.asks_number and len(query.content.split()) > 1
    return is_of_it and not (query.asks or names_any or of_scores)


def asks_what_stands_so(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how something stands that is more than an indicator, and no text is wanted."""
    is_text = query.kind != "draft" or phrasings.writing.search(masked) or query.length
    return bool(not is_text and query.aspects == ("state",) and query.measure and phrasings.how_so.search(masked))


def asks_what_it_is_set_up_by(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked by which document the index is set up, which only a document can tell."""
    is_open = query.kind in {"fact", "hierarchy", "computation", "definition", "source", "weight"}
    of_whole = bool(query.nodes) and not any(node.is_indicator for node in query.nodes)
    return bool(is_open and of_whole and phrasings.set_up_by.search(masked))


def asks_for_parts(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what a whole is made up of, in the report or elsewhere."""
    is_whole = bool(query.nodes) and all(node.children for node in query.nodes) and not query.years
    return bool(query.kind == "fact" and is_whole and phrasings.has_cue("hierarchy", masked))


def asks_what_each_means(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what each part of a whole means, and not only which parts it has."""
    is_whole = query.kind == "hierarchy" and any(node.children for node in query.nodes)
    return bool(is_whole and query.asks_each and phrasings.has_cue("definition", masked))


def asks_of_elsewhere(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is asked of places beyond the data, which the documents may tell."""
    return bool(query.kind in OPEN | {"change"} and query.nodes and phrasings.elsewhere.search(masked))


def sets_beside_something_else(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether a node is set beside what is no node, in one year, as a standard that the documents may speak of."""
    moves = query.direction or query.moves or query.claims or query.asks_change or len(query.years) != 1
    is_compared = query.kind == "change" and query.compares and len(query.nodes) == 1 and not query.against_year
    return bool(is_compared and len(query.measure) >= _A_TOPIC and query.measure == query.content) and not moves


def sets_nodes_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether two nodes are set against each other in one year."""
    return bool(query.kind in OPEN and len(query.nodes) == 2 and query.asks_gap and len(query.years) < 2)


def asks_how_many(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the number is asked for that an indicator itself counts, or a score that the documents give."""
    of_indicators = bool(query.nodes) and all(node.is_indicator and node.measure_unit for node in query.nodes)
    counts = of_indicators and query.asks_number
    of_score = bool(query.nodes) and query.asks_amount and not query.asks_raw
    return bool(query.kind == "fact" and (counts or of_score) and query.years and not query.content)


def asks_for_an_extreme(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the node at an end of an order is asked for, in words that tell no kind."""
    is_part = query.asks_which or query.asks_parts or query.levels
    of_several = is_part and not any(node.is_indicator for node in query.nodes)
    of_a_move = query.direction and {*query.points} <= {"ends", "outpaced"}
    is_open = query.kind in {"", "value"} or (query.kind == "change" and of_a_move)
    is_open = is_open or (query.kind == "share" and not phrasings.has_cue("share", masked))
    return bool(is_open and query.extreme and of_several and not query.content)


def asks_who_scored(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the nodes are asked for that have a score, or the highest there is, or stand at the ends of a year."""
    counts = query.asks_which or (query.levels and query.bound)
    short_of = query.kind == "what_if" and query.bound and query.asks_which and not query.nodes
    scored = (query.kind == "hierarchy" and bool(query.claims) and counts) or (short_of and bool(query.claims))
    both = query.kind == "change" and "ends" in query.points and bool(query.levels or query.asks_which)
    counts_full = query.kind in {"hierarchy", "value", ""} and not query.nodes and (query.asks_which or query.levels)
    full = "full" in query.points and (counts_full or (query.kind == "hierarchy" and query.levels))
    ordered = query.kind in {"", "value"} and "order" in query.points and bool(query.levels or query.asks_which)
    weakest = query.kind in {"problem", "target"} and query.asks_which and query.extreme and query.years
    return bool(scored or both or full or ordered or (weakest and not query.nodes and not query.claims))


def asks_what_it_is_made_of(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what an indicator is made up of, which its definition tells: it has no parts in the index."""
    of_indicators = bool(query.nodes) and all(node.is_indicator for node in query.nodes)
    asks_below = query.asks_below or phrasings.composed.search(masked)
    return query.kind == "hierarchy" and of_indicators and not query.levels and bool(asks_below)


def asks_for_the_meaning(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how a node is to be explained, or why it was chosen, not a movement of it."""
    moves = query.direction or query.moves or query.years or query.compares or query.points or query.claims
    means = phrasings.has_cue("definition", masked) or phrasings.chosen.search(masked)
    return bool(query.kind in {"why", "strategy"} and query.nodes and not moves and means)


def asks_why_so_high(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked how an indicator came by a score, not by a change of it."""
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator
    moves = query.direction or query.moves or query.compares
    moves = moves or query.says_both
    scored = "full" in query.points or query.claims or (query.asks_score and query.numbers)
    return bool(query.kind == "why" and is_one and not moves and scored)


def asks_about_a_bound(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if one node was above or below a score in a year."""
    is_one = len(query.nodes) == len(query.years) == 1 and not (query.levels or query.asks_which or query.asks_number)
    if "sides" in query.points:
        return bool(query.kind in {"ranking", "change"} and is_one and query.claims)
    return bool(query.kind == "ranking" and is_one and query.bound and (query.claims or query.claimed_raw)) and (
        not query.extreme
    )


def asks_which_is_about(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the indicator is asked for that is about something."""
    of_figures = query.years or query.direction or query.extreme or query.claims
    is_open = query.levels and (query.content or query.nodes) and not of_figures and query.kind not in FIXED
    return bool(is_open and phrasings.which_is_about.search(masked))


def asks_which_way_is_better(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if more of what an indicator measures is better, or less."""
    of_figures = query.years and (query.asks_amount or query.asks_number)
    return "sense" in query.points and bool(query.nodes) and not of_figures and len(query.years) < 2
