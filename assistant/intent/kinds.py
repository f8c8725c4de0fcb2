"""What a question gives and asks for decides on its kind where its words resemble several."""

from collections.abc import Callable, Sequence

from assistant.intent import goal_signs, level_signs, move_signs, weight_signs
from assistant.language.phrasings import Phrasings
from assistant.query import Query

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


_SIGNS: Sequence[tuple[str, _Sign]] = (
    ("value", goal_signs.dictates),
    ("value", level_signs.asks_whose_it_is),
    ("hierarchy", level_signs.asks_which_are_inverse),
    ("value", level_signs.asks_for_the_grade),
    ("value", level_signs.asks_how_far_units_are_apart),
    ("hierarchy", level_signs.lists_a_level),
    ("robustness", level_signs.stands_without),
    ("robustness", level_signs.leaves_a_part_out),
    ("change", move_signs.asks_about_rounding),
    ("change", move_signs.asks_if_back),
    ("weight", weight_signs.asks_for_the_weight),
    ("robustness", weight_signs.scores_with_equal_weights),
    ("what_if", weight_signs.reweighs),
    ("weight", weight_signs.sets_weights_apart),
    ("value", move_signs.doubts_a_score),
    ("value", level_signs.asks_for_scores_of_a_year),
    ("value", level_signs.checks_an_observed_value),
    ("value", level_signs.asks_for_a_score_elsewhere),
    ("draft", level_signs.asks_for_a_text),
    ("check", level_signs.doubts_a_degree),
    ("source", level_signs.asks_if_supplied_by),
    ("definition", level_signs.asks_for_the_publication),
    ("target", goal_signs.asks_what_it_takes),
    ("target", goal_signs.asks_how_far_short),
    ("value", level_signs.asks_how_many),
    ("what_if", goal_signs.supposes),
    ("what_if", goal_signs.supposes_of_those_moved),
    ("what_if", goal_signs.supposes_a_value),
    ("target", goal_signs.asks_for_a_goal),
    ("strategy", level_signs.asks_for_a_remedy),
    ("value", weight_signs.asks_observed_share),
    ("share", weight_signs.asks_share_of_a_score),
    ("share", weight_signs.asks_for_part_of_a_score),
    ("share", weight_signs.holds),
    ("share", weight_signs.adds_in_points),
    ("share", weight_signs.asks_how_it_is_shared_out),
    ("weight", weight_signs.asks_what_it_weighs),
    ("share", move_signs.asks_part_of_a_move),
    ("why", move_signs.asks_what_each_part_did),
    ("change", move_signs.asks_by_how_many_points),
    ("why", move_signs.asks_where_a_move_came_from),
    ("ranking", move_signs.sets_moves_apart),
    ("why", move_signs.asks_what_pulled),
    ("share", move_signs.asks_what_pulled_on_a_level),
    ("change", move_signs.asks_of_a_year_after_a_statement),
    ("check", move_signs.doubts_a_course),
    ("why", move_signs.asks_how_it_moved),
    ("why", move_signs.asks_reasons),
    ("trend", move_signs.asks_for_a_mean),
    ("trend", move_signs.asks_when_ahead),
    ("trend", move_signs.asks_if_only_then),
    ("trend", move_signs.asks_whether_ever),
    ("trend", move_signs.asks_which_ever_moved),
    ("value", level_signs.asks_for_an_amount),
    ("fact", level_signs.asks_for_another_amount),
    ("fact", level_signs.asks_number_of_other_things),
    ("fact", goal_signs.supposes_nothing),
    ("value", goal_signs.asks_without_a_hypothesis),
    ("fact", level_signs.asks_what_it_is_set_up_by),
    ("hierarchy", level_signs.asks_for_parts),
    ("definition", level_signs.asks_what_each_means),
    ("fact", level_signs.asks_what_stands_so),
    ("fact", level_signs.asks_of_elsewhere),
    ("fact", level_signs.sets_beside_something_else),
    ("change", move_signs.sets_gaps_apart),
    ("change", move_signs.compares_years),
    ("change", level_signs.sets_nodes_apart),
    ("change", move_signs.puts_forward_a_move),
    ("change", move_signs.checks_a_move),
    ("change", move_signs.asks_if_it_moved),
    ("trend", move_signs.asks_if_a_gap_changed),
    ("change", move_signs.asks_how_far),
    ("change", move_signs.asks_which_way),
    ("change", move_signs.asks_if_alike),
    ("change", move_signs.asks_what_of_a_level_moved),
    ("change", move_signs.doubts_a_claimed_move),
    ("change", move_signs.asks_if_better_than),
    ("change", move_signs.only_denies),
    ("value", level_signs.only_asks_for_a_score),
    ("value", level_signs.takes_for_what_is_observed),
    ("value", level_signs.asks_for_what_is_held),
    ("weight", weight_signs.asks_what_parts_weigh),
    ("trend", move_signs.sums_up_a_course),
    ("definition", level_signs.asks_which_is_about),
    ("definition", level_signs.asks_which_way_is_better),
    ("definition", level_signs.asks_what_it_is_made_of),
    ("definition", level_signs.asks_for_the_meaning),
    ("computation", level_signs.asks_why_so_high),
    ("value", level_signs.asks_about_a_bound),
    ("trend", move_signs.asks_when_highest),
    ("trend", move_signs.is_bounded_course),
    ("trend", move_signs.is_a_course),
    ("weight", weight_signs.asks_what_weighs),
    ("ranking", level_signs.asks_who_scored),
    ("ranking", level_signs.asks_for_an_extreme),
    ("why", move_signs.asks_what_it_did),
)
