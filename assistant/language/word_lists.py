"""The lists of words by which questions are read, one field for each list of `phrasings.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from assistant.language.patterns import any_of, by_name, expressions, expressions_by_name

# How a list is read: as words, as regular expressions, or as lists of words by a name.
Words = Annotated[re.Pattern[str], any_of]
Expressions = Annotated[re.Pattern[str], expressions]
Expression = Annotated[re.Pattern[str], re.compile]
ByName = Annotated[Mapping[str, re.Pattern[str]], by_name]
ExpressionsByName = Annotated[Mapping[str, re.Pattern[str]], expressions_by_name]


@dataclass(frozen=True)
class WordLists:
    """The lists, each compiled as the type of its field says."""

    directions: ByName
    relative_years: ByName
    asks_raw: Words
    asks_ratio: Words
    asks_score: Words
    asks_points: Words
    asks_amount: Words
    asks_number: Words
    asks_change: Words
    asks_gap: Expressions
    asks_becoming: Expressions
    asks_growth: Expressions
    asks_which_moved: Expressions
    same_size: Expressions
    same_way: Expressions
    either_way: Expressions
    statements: Expressions
    as_table: Expressions
    also_in: Expressions
    score_share: Expressions
    which_of_two: Expressions
    offsetting: Expressions
    bare_value: Expressions
    bare_number: Expressions
    bare_weight: Expressions
    reverting: Expressions
    same_cause: Expressions
    how_so: Expressions
    each_of: Expressions
    dragging: Expressions
    top: Expression
    to_what: Expressions
    to_reach: Expressions
    more_of: Expression
    points_to: Expression
    weighed_at: Expression
    scored_at: Expression
    as_many: Expression
    share_of: Expressions
    defines: Expression
    asked_unit: Expression
    of_the_unit: Expressions
    overriding: Expressions
    asks_base: Expressions
    in_base_year: Expressions
    holds: Expressions
    within_score: Expressions
    pulls: Words
    moving: ExpressionsByName
    superlatives: ByName
    bounds: ByName
    assumptions: ByName
    all_else: Expressions
    publication: Expressions
    set_up_by: Expressions
    points: ByName
    variants: ByName
    aspects: ByName
    says: ByName
    unbroken: ExpressionsByName
    help_on: ByName
    list_form: Words
    telling: ByName
    leaning: Words
    linking: Words
    comparing: Expressions
    than: Expressions
    comparative: Expressions
    choices: ByName
    forms: ByName
    only: Words
    at_most: Expressions
    among: Words
    beside: Expressions
    contrast: Words
    confirming: Expressions
    beside_previous: Expressions
    run: Expression
    composed: Expressions
    components: Expressions
    still: Expressions
    movers: ExpressionsByName
    several: Expressions
    that_supplier: Expressions
    that_level: Expressions
    ranked_one: Expressions
    of_answer: Expressions
    a_premise: Expressions
    up_to: Expressions
    is_observed: Expressions
    beyond: Words
    instead: Words
    correction: Expressions
    came_back: Expressions
    came_back_to: Expressions
    outpaced: Expressions
    slower: Expressions
    moved_to: Expressions
    within_its: Expressions
    all_meant: Expressions
    which_is_about: Expressions
    until: Expressions
    elsewhere: Expressions
    moved_ones: ExpressionsByName
    reported: Expressions
    would: Expressions
    reweighing: Expressions
    on_both: Expressions
    below: Expressions
    downwards: Expressions
    either: Expressions
    that_year: Expressions
    years_on: Expression
    short_of: Expressions
    courtesies: ExpressionsByName
    quantity: Expressions
    supposes_it: Expression
    only_then: Expressions
    at_its_value: Expressions
    also_so: Expressions
    dropped_from: Expressions
    between_both: Expressions
    part_of_year: Expressions
    since_then: Words
    other_one: Expressions
    all_others: Expressions
    listing: Expressions
    personal: Words
    asks_owner: Expressions
    from_a_supplier: Expressions
    together: Words
    towards: Expressions
    dictated: Expressions
    chosen: Expressions
    each_share: Expressions
    weighty: Expressions
    ever: Expressions
    never: Expressions
    how_moved: Expressions
    asks_how: Expressions
    asks_way: Expressions
    asks_remedy: Expressions
    asks_title: Expressions
    writing: Expressions
    both_years: Expressions
    scene: Expressions
    also: Words
    found: Words
    both: Words
    one: Expressions
    since: ByName
    which_indicators: Words
    counting: Expression
    answer_in: ByName
    abstract: Words
    supplying: Words
    districts: Expression
    every_unit: Expression
    against_year: Words
    of_parts: Words
    sides: ExpressionsByName
    same: Words
    bare_measures: Words
    reference: Expression
    foreign: Expression
    other_things: Expressions
    overall: Words


def read_lists(content: Mapping[str, Any]) -> dict[str, Any]:
    """Read from the content of the file the lists of all fields."""
    hints = get_type_hints(WordLists, include_extras=True)
    return {name: hint.__metadata__[0](content[name]) for name, hint in hints.items()}
