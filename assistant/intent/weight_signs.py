"""What tells that a question is about weights and shares, whatever kind it resembles."""

from assistant.language.phrasings import Phrasings
from assistant.query import FIXED, OPEN, Query


def reweighs(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether something is supposed to have another weight."""
    is_open = query.kind not in {"draft", "strategy", "fact"} and not query.readings
    return bool(is_open and query.nodes and phrasings.reweighing.search(masked))


def scores_with_equal_weights(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the scores of a year are asked for under equal weights."""
    of_scores = {"value", "weight", "trend", "ranking", "change"}
    return bool(query.kind in of_scores and "equal" in query.variants and query.years)


def sets_weights_apart(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the weights of two nodes are set against each other."""
    sets_apart = query.asks_gap or query.compares or query.extreme or "times" in query.points
    return bool(len(query.nodes) == 2 and sets_apart and phrasings.assumptions["weight"].search(masked))


def asks_observed_share(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the share that is asked for is the one that an indicator itself measures: "what share of readers"."""
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator and "%" in query.nodes[0].measure_unit
    moves = query.direction or query.asks_change or query.moves or query.claims or query.levels
    return bool(query.kind == "share" and is_one and not moves and phrasings.share_of.search(masked))


def asks_share_of_a_score(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked what share of the score of a whole in a year a part makes up, not what it weighs."""
    is_open = query.kind in {"weight", "value", ""} and query.is_nested and query.years and not query.direction
    return bool(is_open and phrasings.score_share.search(masked) and not phrasings.assumptions["weight"].search(masked))


def asks_for_part_of_a_score(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether how many points of a score a part makes up is asked for in words for a trial, and nothing is supposed."""
    supposes = query.numbers or query.claims_best or len(query.years) > 1
    return query.kind == "what_if" and query.within_score and len(query.nodes) == 2 and not supposes


def holds(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the points are asked for that a part holds of a whole, or that it moved the whole by."""
    of_weight = phrasings.assumptions["weight"].search(masked)
    if query.kind in FIXED or not query.is_nested or of_weight or not (query.asks_amount or query.asks_number):
        return False
    pulls = phrasings.pulls.search(masked) and not phrasings.has_cue("why", phrasings.pulls.sub(" ", masked))
    return bool(pulls or (query.asks_points and phrasings.holds.search(masked)))


def adds_in_points(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked, "in points", what a part adds to the score of a whole."""
    is_open = query.kind in OPEN and query.is_nested and not query.direction
    return bool(is_open and query.asks_points and phrasings.holds.search(masked))


def asks_what_it_weighs(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the share of a whole that is asked for is what the part weighs: of no year, and of no score or change."""
    of_scores = query.years or query.direction or query.asks_points or query.claims or query.asks_change or query.pulls
    is_part = len(query.nodes) == 2 and query.is_nested and not (of_scores or query.asks_score)
    return query.kind == "share" and is_part and bool(phrasings.weighty.search(masked))


def asks_how_it_is_shared_out(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the points are asked for that each part holds of the score of a whole."""
    is_whole = len(query.nodes) == 1 and bool(query.nodes[0].children)
    of_parts = query.asks_each or query.asks_below
    is_open = query.kind in {"value", "hierarchy", ""} and not (query.direction or query.asks_change)
    return bool(is_whole and is_open and of_parts and query.within_score and query.asks_points)


def asks_what_weighs(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked which node weighs most, or moves the whole most for each point of its own."""
    is_step = query.kind == "what_if" or (query.kind == "target" and bool(query.claims or query.moves))
    of_a_point = is_step and query.asks_which and query.extreme
    is_whole = not any(node.is_indicator for node in query.nodes)
    if "a_point" in query.points and query.extreme and is_whole and query.kind in OPEN | {"ranking", "share"}:
        return bool(query.asks_which or query.levels)
    return bool((query.kind in {"ranking", "hierarchy"} or (of_a_point and is_whole)) and query.extreme) and bool(
        of_a_point or phrasings.has_cue("weight", masked)
    )


def asks_what_parts_weigh(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked of the parts of a node what each of them weighs, or of a part of the whole what it weighs."""
    is_whole = any(node.children for node in query.nodes) or not query.nodes
    weighs = query.asks_components and len(query.nodes) == 1 and phrasings.assumptions["weight"].search(masked)
    return bool(query.kind == "hierarchy" and is_whole and (weighs or phrasings.each_share.search(masked)))


def asks_for_the_weight(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the weight of a part of a whole is asked for by its name, "how many per cent of weight"."""
    is_open = query.kind in {"share", "value"} and not (query.direction or query.years or query.claims)
    return bool(is_open and query.is_nested and phrasings.assumptions["weight"].search(masked))
