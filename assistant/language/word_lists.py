"""The lists of words by which questions are read, one field for each list in `words/`."""

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

    # amounts.yaml
    asked_unit: Expression
    quantity: Expressions
    asks_number: Words
    asks_amount: Words
    asks_score: Words
    asks_points: Words
    asks_raw: Words
    asks_ratio: Words
    asks_base: Expressions
    asks_owner: Expressions
    is_observed: Expressions
    as_many: Expression
    more_of: Expression
    share_of: Expressions

    # years.yaml
    relative_years: ByName
    years_on: Expression
    that_year: Expressions
    both_years: Expressions
    between_both: Expressions
    since: ByName
    since_then: Expressions
    until: Expressions
    up_to: Expressions
    inside: Expressions
    run: Expression
    in_base_year: Expressions
    beside_previous: Expressions
    against_year: Words
    also_so: Expressions
    only_then: Expressions
    at_its_value: Expressions
    part_of_year: Expressions
    of_a_day: Expressions

    # movements.yaml
    directions: ByName
    asks_change: Words
    asks_growth: Expressions
    asks_which_moved: Expressions
    either_way: Expressions
    same_way: Expressions
    moved_to: Expressions
    came_to: Expressions
    moved_ones: ExpressionsByName
    says: ByName
    unbroken: ExpressionsByName
    ever: Expressions
    never: Expressions
    still: Expressions
    came_back: Expressions
    came_back_to: Expressions
    slower: Expressions
    outpaced: Expressions
    how_moved: Expressions
    dragging: Expressions
    offsetting: Expressions
    movers: ExpressionsByName
    same_cause: Expressions
    towards: Expressions
    on_both: Expressions

    # shares.yaml
    holds: Expressions
    pulls: Words
    within_score: Expressions
    score_share: Expressions
    weighty: Expressions
    each_share: Expressions

    # comparisons.yaml
    superlatives: ByName
    top: Expression
    bounds: ByName
    beyond: Words
    comparing: Expressions
    than: Expressions
    comparative: Expressions
    asks_gap: Expressions
    contrast: Words
    which_of_two: Expressions
    either: Expressions
    same_size: Expressions

    # suppositions.yaml
    assumptions: ByName
    moving: ExpressionsByName
    scored_at: Expression
    points_to: Expression
    weighed_at: Expression
    reweighing: Expressions
    dropped_from: Expressions
    variants: ByName
    all_else: Expressions
    a_premise: Expressions
    supposes_it: Expression
    bare_number: Expressions
    bare_value: Expressions
    bare_weight: Expressions
    reverting: Expressions
    would: Expressions
    asks_becoming: Expressions
    to_what: Expressions
    to_reach: Expressions
    short_of: Expressions
    of_the_unit: Expressions
    so_many_supposed: Expression

    # tree.yaml
    overall: Words
    ending_of_whole: Expression
    storey_heading: Expression
    which_indicators: Words
    which_is_about: Expressions
    all_meant: Expressions
    components: Expressions
    composed: Expressions
    downwards: Expressions
    below: Expressions
    within_its: Expressions
    that_level: Expressions
    of_parts: Words
    each_of: Expressions
    several: Expressions
    together: Words
    ranked_one: Expressions
    other_one: Expressions
    all_others: Expressions

    # documents.yaml
    reported: Expressions
    statements: Expressions
    confirming: Expressions
    publication: Expressions
    set_up_by: Expressions
    asks_title: Expressions
    asks_how: Expressions
    asks_way: Expressions
    asks_remedy: Expressions
    how_so: Expressions
    chosen: Expressions
    supplying: Words
    from_a_supplier: Expressions
    that_supplier: Expressions
    telling: ByName
    defines: Expression
    leaning: Words
    linking: Words
    titles: Expressions

    # dialogue.yaml
    one: Expressions
    both: Words
    found: Words
    of_answer: Expressions
    among: Words
    also: Words
    also_in: Expressions
    beside: Expressions
    only: Words
    instead: Words
    correction: Expressions
    same: Words
    scene: Expressions
    choices: ByName
    help_on: ByName
    personal: Words
    overriding: Expressions
    dictated: Expressions

    # texts.yaml
    writing: Expressions
    aspects: ByName
    forms: ByName
    list_form: Words
    as_table: Expressions
    at_most: Expressions
    answer_in: ByName
    listing: Expressions
    points: ByName

    # places.yaml
    every_unit: Expression
    sides: ExpressionsByName
    reference: Expression
    districts: Expression
    foreign: Expression
    elsewhere: Expressions

    # fillers.yaml
    courtesies: ExpressionsByName
    counting: Expression
    bare_measures: Words
    abstract: Words
    other_things: Expressions


def read_lists(content: Mapping[str, Any]) -> dict[str, Any]:
    """Read the lists of all fields from the content of the files."""
    hints = get_type_hints(WordLists, include_extras=True)
    return {name: hint.__metadata__[0](content[name]) for name, hint in hints.items()}
