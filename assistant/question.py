"""A question and what went before it become a Query: what is asked, of which nodes, for which years."""

import re
from dataclasses import replace

from assistant.assumptions import find_assumptions
from assistant.dialogue.choices import chosen_of
from assistant.dialogue.editing import edited, form_asked
from assistant.dialogue.follow_up_parts import with_level_named, with_movers_named, with_ranked_named
from assistant.dialogue.follow_up_years import with_years_named
from assistant.dialogue.inheritance import (
    continued,
    without_references,
)
from assistant.dialogue.on_answer import asked_of_answer
from assistant.dialogue.supposing import in_full, supposed_again, supposes, supposing, with_supposed_named, without_some
from assistant.intent.asked import asked, of_kind
from assistant.intent.kinds import kind_of
from assistant.intent.naming import language_of, nodes_named, wanted_language
from assistant.intent.particulars import number_said
from assistant.intent.reading import Reading, read
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import Phrasings
from assistant.names.fragments import with_fragment
from assistant.names.mention import UNIT
from assistant.names.mentions import Names, normalise
from assistant.query import Query
from assistant.supposed_nodes import excepting, with_those_moved

LONGEST_QUESTION = 2000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# The number of a table or figure, which is no amount, and the year in that of a document, which is none of the data.
_LABEL_NUMBER = re.compile(
    r"(?<=[〔\[【])\d{4}(?=[〕\]】]\s*\d+号)"
    r"|(?<=[表图])\s*\d{1,2}(?![\d.])|(?:(?<=\btable )|(?<=\bfigure ))\d{1,2}(?![\d.])"
)
# Kinds that the documents answer under headings of their own, where a topic narrows what is wanted.
_OF_A_TOPIC = {"problem", "strategy", "draft"}
# Kinds that a question for the highest or lowest of the scored units may seem to be.
_OF_EXTREMES = {"", "value", "trend", "change", "fact"}


class QuestionError(Exception):
    """A question cannot be taken; the message is one line in Chinese."""


def clean(question: str) -> str:
    """Take control characters out of a question.

    Raises
    ------
    QuestionError
        Nothing is left, or it is too long.
    """
    text = " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", question)).split())
    if not text:
        raise QuestionError("问题是空的，请输入一个问题")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"问题太长（{len(text)} 个字符），请缩短到 {LONGEST_QUESTION} 个字符以内")
    return text


def understand(question: str, names: Names, phrasings: Phrasings, previous: Query | None = None) -> Query:
    """Understand a question; what it leaves out it takes over from the one before.

    Raises
    ------
    QuestionError
        The question is empty or too long.
    """
    text = clean(question)
    wanted, plain = wanted_language(normalise(text), phrasings)
    plain = _in_plain_words(plain, previous, names, phrasings)
    mentions = names.find(plain)
    if previous is not None and (named := with_level_named(plain, mentions, previous, phrasings)) != plain:
        plain, mentions = named, names.find(named)
    if previous is None or (previous.kind == "draft" and edit_words().another.search(plain)):
        mentions = with_fragment(plain, mentions, names, phrasings)
    reading = read(plain, mentions, names, phrasings)
    is_open = previous is not None and previous.kind != "what_if" and not mentions
    if is_open and phrasings.content(reading.masked, reading.kind):
        reading = read(plain, with_fragment(plain, mentions, names, phrasings), names, phrasings)
    language = wanted or language_of(plain, reading.mentions, previous.language if previous else names.language)
    query = asked(text, reading, language, previous, names, phrasings)
    query = _of_settled_kind(query, reading, previous, names, phrasings)
    is_other_language = wanted and not (query.content or reading.mentions or query.asks)
    if previous is not None and is_other_language and previous.kind != "draft":
        return replace(previous, text=text, language=wanted)
    if previous is not None and (again := _of_the_answer(query, reading, previous, names, phrasings, wanted)):
        return again
    query = _in_its_place(query, reading, previous, names, phrasings)
    return _supposing(query, reading, previous, names, phrasings) if query.kind == "what_if" else query


def _in_plain_words(plain: str, previous: Query | None, names: Names, phrasings: Phrasings) -> str:
    """Put a normalised question into words that are understood: what points back by name, slips and roundabout ways."""
    plain = phrasings.without_courtesies(plain)
    plain = _LABEL_NUMBER.sub(lambda label: " " * len(label[0]), plain)
    if previous is not None:
        plain = phrasings.correction.sub("", plain)
        plain = with_movers_named(phrasings.same.sub(" ", plain), previous, phrasings)
        plain = with_ranked_named(plain, previous, phrasings)
        plain = with_years_named(plain, previous, phrasings)
        plain = in_full(with_supposed_named(plain, previous, phrasings), previous, phrasings)
    plain = names.in_full(names.respelled(plain))
    return phrasings.reworded(phrasings.without_orders(plain))


def _of_settled_kind(
    query: Query, reading: Reading, previous: Query | None, names: Names, phrasings: Phrasings
) -> Query:
    """Settle of which kind a question is, by what it gives and asks for, and read what depends on that."""
    masked, nodes = reading.masked, query.nodes
    spoken = nodes or (previous.nodes if previous else ())
    bare = without_references(masked, previous, phrasings) if previous else masked
    query = of_kind(query, reading.kind, bare, reading, spoken, phrasings)
    if previous is None and _names_only_a_unit(query):
        query = replace(query, nodes=(names.root,))
    settled = kind_of(query, masked, phrasings)
    if supposes(query, previous, masked, phrasings):
        settled = "what_if"  # what it supposes something of was named before
    of_a_goal = settled == "target" and query.nodes and all(node.is_indicator for node in query.nodes)
    if of_a_goal and UNIT in reading.named and phrasings.of_the_unit.search(masked):
        query = replace(query, nodes=(*query.nodes, names.root))
    if settled != query.kind:
        query = of_kind(replace(query, kind=settled, asks=True), settled, bare, reading, spoken, phrasings)
    if query.sources and not nodes and query.asks_parts:
        query = replace(query, kind="source", asks=True)
    if query.kind in _OF_A_TOPIC and not query.nodes and names.pieces.is_of_whole(query.content.replace(" ", "")):
        query = replace(query, content="")
    return query


def _of_the_answer(
    query: Query, reading: Reading, previous: Query, names: Names, phrasings: Phrasings, wanted: str
) -> Query | None:
    """Ask something of the answer before itself, or for it otherwise; None where a follow-up does not."""
    masked, plain = reading.masked, reading.plain
    if rest := without_some(query, plain, reading.mentions, previous, phrasings):
        return rest
    changes = (edit_words().sourced, edit_words().unquoted, edit_words().drop)
    of_text = previous.kind == "draft" and any(words.search(masked) for words in changes)
    if not of_text and (of_answer := asked_of_answer(query, masked, previous, phrasings)):
        return of_answer
    return edited(query, plain, masked, previous, names.indicators, phrasings, of_language=bool(wanted))


def _in_its_place(query: Query, reading: Reading, previous: Query | None, names: Names, phrasings: Phrasings) -> Query:
    """Take over what a question leaves out; of one that stands alone say what it means by what it names alone."""
    masked = reading.masked
    is_left_over = len(query.content) == 1 and query.asks and not names.pieces.nodes_named_with(query.content)
    is_complete = not query.content or is_left_over
    if query.kind == "draft":
        edits = form_asked(masked, reading.plain, phrasings)
        length = 0 if edits.longest == query.length else query.length
        query = replace(query, edits=edits, length=length, asks_list=query.asks_list and not edits.is_table)
    if previous is not None and (is_complete or chosen_of(masked, previous.readings, phrasings)):
        query = continued(query, masked, previous, phrasings)
        apart = query.asks_unit or (query.asks_gap and previous.asks_unit)
        query = replace(query, units=query.units or previous.units, asks_unit=apart)
    if previous is not None and _sets_their_units_apart(query, masked, previous, phrasings):
        query = replace(query, kind="value", units=(), asks_unit=True, years=query.years or previous.years)
    if previous is not None and query.nodes and query.nodes != previous.nodes:
        passed = tuple(node for node in previous.readings if node not in query.nodes)
        query = replace(query, spoken_nodes=previous.nodes or passed)
    if previous is None and _only_names(query):
        query = replace(query, kind="value")
    if phrasings.as_table.search(masked) and _only_wants_figures(query):
        query = replace(query, kind="value", of_all_years=not query.years, is_range=query.is_range or not query.years)
    if query.asks_unit and query.extreme and query.kind in _OF_EXTREMES and "when" not in query.points:
        query = replace(query, kind="ranking")
    return query


def _sets_their_units_apart(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> bool:
    """Whether "which of the two" speaks of the units for which the same was asked one after the other."""
    of_one = query.nodes == previous.nodes and len(query.nodes) == 1 and not previous.spoken_nodes
    return bool(of_one and previous.units and (query.side or query.extreme) and phrasings.both.search(masked))


def _supposing(query: Query, reading: Reading, previous: Query | None, names: Names, phrasings: Phrasings) -> Query:
    """Read what a hypothetical question supposes."""
    plain, mentions = reading.plain, reading.mentions
    others, moved = with_those_moved(plain, mentions, names.indicators, phrasings)
    query = replace(query, of_those_moved=moved)
    others = excepting(plain, others, names.indicators, phrasings) if not moved else others
    if others != mentions:
        query = replace(query, nodes=nodes_named(others, previous)[0])
    assumptions = find_assumptions(plain, supposed_again(plain, others, previous, phrasings), phrasings)
    if len(assumptions) < number_said(phrasings.so_many_supposed.search(plain), phrasings):
        assumptions = []  # one that is not understood is not left out in silence
    return supposing(query, assumptions, reading.masked, previous, phrasings)


def _names_only_a_unit(query: Query) -> bool:
    """Whether a question on figures names one unit and nothing else, so that the whole index is meant."""
    named = query.nodes or query.readings or query.levels or query.sources or query.places or query.asks_which
    is_of_figures = query.kind in {"", "value", "change", "trend", "fact", "ranking"} and not query.asks_unit
    is_of_figures = is_of_figures or (query.kind == "check" and bool(query.numbers))
    return len(query.units) == 1 and is_of_figures and not (named or query.content)


def _only_names(query: Query) -> bool:
    """Whether a question names a node with a year or a number, and asks for nothing of it."""
    of_year = query.kind == "trend" and len(query.years) == 1 and "only_then" not in query.points
    of_number = query.kind in {"", "computation"} and query.numbers and not (query.content or query.direction)
    return bool(query.nodes and not query.asks and (of_year or of_number))


def _only_wants_figures(query: Query) -> bool:
    """Whether the figures of what is named are wanted, and nothing is asked of them."""
    is_open = query.kind in {"", "value", "trend"} and (query.nodes or query.levels)
    return bool(is_open and not (query.content or query.direction or query.extreme or query.asks_change))
