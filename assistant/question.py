"""A question and what went before it become a Query: what is asked, of which nodes, for which years."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.assumptions import excepting, find_assumptions, with_those_moved
from assistant.dialogue.choices import chosen_of
from assistant.dialogue.editing import edited, form_asked
from assistant.dialogue.follow_up_parts import with_level_named, with_movers_named, with_ranked_named
from assistant.dialogue.follow_up_years import with_years_named
from assistant.dialogue.inheritance import (
    continued,
    without_references,
)
from assistant.dialogue.on_answer import asked_of_answer
from assistant.dialogue.supposing import in_full, supposed_again, supposes, supposing, without_some
from assistant.intent import particulars
from assistant.intent.kinds import kind_of
from assistant.intent.naming import (
    as_meant,
    beside_suppliers,
    ends_another_name,
    is_mistaken,
    language_of,
    nodes_named,
    topic_of,
    units_named,
    wanted_language,
)
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import RESEMBLANCE, Phrasings
from assistant.names.fragments import with_fragment
from assistant.names.mention import LEVEL, NODE, PLACE, SOURCE, UNIT, YEAR, Mention, mask
from assistant.names.mentions import Names, normalise
from assistant.names.unnamed import with_unnamed
from assistant.query import Query
from knowledge.tokens import fold
from scoring import Node

LONGEST_QUESTION = 2000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# The number of a table or figure, which is no amount.
_LABEL_NUMBER = re.compile(r"(?<=[表图])\s*\d{1,2}(?![\d.])|(?:(?<=\btable )|(?<=\bfigure ))\d{1,2}(?![\d.])")
_NUMBER = re.compile(r"(?<![\d.a-z])\d+(?:\.\d+)?")
_ITEMS = re.compile(r"(\d|[一二两三四五六七八九])\s*(?:条|items|bullets)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A single character that is left of these tells no topic.
_WITHOUT_TOPIC = {"why", "share", "robustness", "what_if", "target", "draft"}
# Kinds that a question for the highest or lowest of the scored units may seem to be.
_OF_EXTREMES = {"", "value", "trend", "change", "fact"}
# From this likeness on a question asks for its kind even without one of its cues.
_PLAINLY = 0.6


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
    plain = _LABEL_NUMBER.sub(lambda label: " " * len(label[0]), plain)
    if previous is not None:
        plain = phrasings.correction.sub("", plain)
        plain = with_movers_named(phrasings.same.sub(" ", plain), previous, phrasings)
        plain = with_ranked_named(plain, previous, phrasings)
        plain = with_years_named(plain, previous, phrasings)
        plain = in_full(plain, previous, phrasings)
    plain = names.respelled(plain)
    plain = phrasings.reworded(phrasings.overriding.sub("", plain) or plain)
    mentions = names.find(plain)
    if previous is not None and (named := with_level_named(plain, mentions, previous, phrasings)) != plain:
        plain, mentions = named, names.find(named)
    if previous is None or (previous.kind == "draft" and edit_words().another.search(plain)):
        mentions = with_fragment(plain, mentions, names, phrasings)
    masked = mask(plain, mentions)
    [(kind, likeness), *_] = phrasings.rank(masked)
    of_others = [mention for mention in mentions if ends_another_name(mention, mentions, kind, plain, phrasings)]
    if of_others:
        mentions = [mention for mention in mentions if mention not in of_others]
        masked = mask(plain, mentions)
        [(kind, likeness), *_] = phrasings.rank(masked)
    named = {mention.what for mention in mentions}
    wholes = [mention for mention in mentions if mention.what == NODE and mention.text in phrasings.whole]
    if SOURCE in named and wholes and len(wholes) == sum(mention.what == NODE for mention in mentions):
        rest = [mention for mention in mentions if mention not in wholes]
        if not beside_suppliers(mask(_without(plain, wholes), rest), phrasings):
            mentions, masked, named = rest, mask(_without(plain, wholes), rest), {mention.what for mention in rest}
    if (more := with_unnamed(plain, masked, mentions, kind, names, phrasings)) != mentions:
        mentions, named = more, {mention.what for mention in more}
        masked = mask(plain, mentions)
        [(kind, likeness), *_] = phrasings.rank(masked)
    excludes = SOURCE in named and bool(phrasings.excluding.search(masked))
    if SOURCE in named and NODE not in named and not beside_suppliers(masked, phrasings):
        kind, likeness, masked = "source", 1.0, SOURCE
    nodes, name, readings = nodes_named(mentions, previous)
    spoken = nodes or (previous.nodes if previous else ())
    years = [mention for mention in mentions if mention.what == YEAR]
    bound = particulars.sign(masked, phrasings.bounds["above"], phrasings.bounds["below"])
    takes_for_observed = particulars.takes_for_observed(masked, phrasings)
    language = wanted or language_of(plain, mentions, previous.language if previous else names.language)
    query = Query(
        text=text,
        language=language,
        kind=kind if likeness >= RESEMBLANCE else "",
        asks=phrasings.has_cue(kind, masked) or (likeness >= _PLAINLY and not phrasings.is_only_names(masked)),
        nodes=nodes,
        name=name,
        readings=readings,
        years=tuple(dict.fromkeys(year for mention in years for year in mention.years)),
        is_range=any(mention.is_range for mention in years),
        claimed_raw=tuple(particulars.claimed_raw(masked, nodes, phrasings)),
        contrasts=len(nodes) > 1 and bool(phrasings.contrast.search(masked)),
        of_statements=bool(phrasings.statements.search(masked)),
        checks=phrasings.has_cue("check", masked),
        confirms=bool(phrasings.confirming.search(masked)),
        offers_either=bool(phrasings.either.search(masked)),
        within_score=bool(phrasings.within_score.search(masked)),
        asks_owner=bool(phrasings.asks_owner.search(masked)),
        asks_base=bool(phrasings.asks_base.search(masked)),
        asks_same=bool(phrasings.same_size.search(masked)),
        asks_still=bool(phrasings.still.search(masked)),
        ever=bool(phrasings.ever.search(masked)),
        never=bool(phrasings.never.search(masked)),
        run=particulars.number_said(phrasings.run.search(masked), phrasings),
        reckoned=tuple((mention.text, mention.years[0]) for mention in mentions if mention.is_reckoned),
        misspelled=tuple(as_meant(mention, language) for mention in mentions if is_mistaken(mention)),
        levels=tuple(mention.level for mention in mentions if mention.what == LEVEL),
        sources=tuple(dict.fromkeys(mention.source for mention in mentions if mention.what == SOURCE)),
        excludes=excludes,
        places=(*(m.text for m in mentions if m.what == PLACE), *names.find_foreign(text, mentions)),
        units=units_named(plain, mentions, phrasings),
        asks_unit=any(mention.is_every_unit for mention in mentions),
        side=particulars.sign(masked, phrasings.sides["ahead"], phrasings.sides["behind"]),
        against_year=bool(phrasings.against_year.search(masked)),
        to_year=particulars.year_to_reach(masked, mentions, phrasings),
        asks_below=bool(phrasings.downwards.search(masked)),
        asks_components=bool(phrasings.components.search(masked)),
        asks_parts=bool(phrasings.of_parts.search(masked)),
        direction=particulars.sign(
            phrasings.comparative.sub(" ", masked), phrasings.directions["rise"], phrasings.directions["fall"]
        ),
        extreme=particulars.sign(masked, phrasings.superlatives["highest"], phrasings.superlatives["lowest"]),
        place=phrasings.place(masked),
        bound=bound,
        is_beyond=bound > 0 and bool(phrasings.beyond.search(masked)),
        points=tuple(particulars.points(masked, phrasings)),
        variants=tuple(name for name, words in phrasings.variants.items() if words.search(masked)),
        is_capped=bool(phrasings.assumptions["capped"].search(masked)),
        compares=bool(phrasings.comparing.search(masked)),
        numbers=tuple(_NUMBER.findall(masked)),
        claims_best=bool(phrasings.assumptions["full"].search(masked)),
        aspects=tuple(particulars.aspects(masked, kind, phrasings)),
        says=tuple(name for name, words in phrasings.says.items() if words.search(masked)),
        length=particulars.wanted_length(masked, kind, phrasings, is_new=previous is None or previous.kind != "draft"),
        items=int(items[1].translate(particulars.DIGITS)) if (items := _ITEMS.search(masked)) else 0,
        asks_list=bool(phrasings.list_form.search(masked)),
        asks_score=bool(phrasings.asks_score.search(masked)) and not takes_for_observed,
        asks_points=bool(phrasings.asks_points.search(masked)),
        asks_which=bool(phrasings.which_indicators.search(masked)),
        asks_amount=bool(phrasings.asks_amount.search(masked)),
        asks_number=bool(phrasings.asks_number.search(masked)),
        takes_for_observed=takes_for_observed,
        pulls=bool(phrasings.pulls.search(masked)),
        drags=bool(phrasings.dragging.search(masked)),
        offsets=bool(phrasings.offsetting.search(masked)),
        asks_each=bool(phrasings.each_of.search(masked)),
        asks_same_way=bool(phrasings.same_way.search(masked)),
        top=particulars.number_said(phrasings.top.search(masked), phrasings),
        asks_change=bool(phrasings.asks_change.search(masked)),
        asks_gap=bool(phrasings.asks_gap.search(masked)),
        asks_growth=bool(phrasings.asks_growth.search(masked)),
        asks_raw=bool(phrasings.asks_raw.search(masked))
        or particulars.asks_own_unit(masked, spoken, phrasings)
        or takes_for_observed,
        points_back=previous is None and UNIT not in named and bool(phrasings.found.search(masked)),
        asks_personal=found[0] if (found := phrasings.personal.search(masked)) else "",
        titled=particulars.titled(plain, phrasings),
        topic=topic_of(plain, mentions, phrasings),
    )
    if phrasings.on_both.search(masked) and len(nodes) == 3 and _is_below_all(nodes):
        query = replace(query, kind="share", asks=True, of_wholes=True)
    query = _of_unbroken_course(query, masked, phrasings)
    if "upwards" in query.points:
        query = replace(query, extreme=-1, points=tuple(point for point in query.points if point != "ends"))
    bare = without_references(masked, previous, phrasings) if previous else masked
    query = _of_kind(query, kind, plain, bare, mentions, phrasings, spoken)
    if previous is None and _names_only_a_unit(query):
        query = replace(query, nodes=(names.root,))
    settled = kind_of(query, masked, phrasings)
    if supposes(query, previous, masked, phrasings):
        settled = "what_if"  # what it supposes something of was named before
    of_a_goal = settled == "target" and query.nodes and all(node.is_indicator for node in query.nodes)
    if of_a_goal and UNIT in named and phrasings.of_the_unit.search(masked):
        query = replace(query, nodes=(*query.nodes, names.root))
    if settled != query.kind:
        query = _of_kind(replace(query, kind=settled, asks=True), settled, plain, bare, mentions, phrasings, spoken)
    if query.sources and not nodes and query.asks_parts:
        query = replace(query, kind="source", asks=True)
    is_other_language = wanted and not (query.content or mentions or query.asks)
    if previous is not None and is_other_language and previous.kind != "draft":
        return replace(previous, text=text, language=wanted)
    is_left_over = len(query.content) == 1 and query.asks and not names.pieces.nodes_named_with(query.content)
    is_complete = not query.content or is_left_over
    if previous is not None:
        of_language = bool(wanted)
        if rest := without_some(query, plain, mentions, previous, phrasings):
            return rest
        changes = (edit_words().sourced, edit_words().unquoted, edit_words().drop)
        of_text = previous.kind == "draft" and any(words.search(masked) for words in changes)
        if not of_text and (asked := asked_of_answer(query, masked, previous, phrasings)):
            return asked
        if again := edited(query, plain, masked, previous, names.indicators, phrasings, of_language=of_language):
            return again
    if query.kind == "draft":
        edits = form_asked(masked, plain, phrasings)
        length = 0 if edits.longest == query.length else query.length
        query = replace(query, edits=edits, length=length, asks_list=query.asks_list and not edits.is_table)
    if previous is not None and (is_complete or chosen_of(masked, previous.readings, phrasings)):
        query = continued(query, masked, previous, phrasings)
        apart = query.asks_unit or (query.asks_gap and previous.asks_unit)
        query = replace(query, units=query.units or previous.units, asks_unit=apart)
    if previous is not None and query.nodes and query.nodes != previous.nodes:
        passed = tuple(node for node in previous.readings if node not in query.nodes)
        query = replace(query, spoken_nodes=previous.nodes or passed)
    if previous is None and _only_names(query):
        query = replace(query, kind="value")
    if phrasings.as_table.search(masked) and _only_wants_figures(query):
        query = replace(query, kind="value", of_all_years=not query.years, is_range=query.is_range or not query.years)
    if query.asks_unit and query.extreme and query.kind in _OF_EXTREMES and "when" not in query.points:
        query = replace(query, kind="ranking")
    if query.kind != "what_if":
        return query
    others, moved = with_those_moved(plain, mentions, names.indicators, phrasings)
    query = replace(query, of_those_moved=moved)
    others = excepting(plain, others, names.indicators, phrasings) if not moved else others
    if others != mentions:
        query = replace(query, nodes=nodes_named(others, previous)[0])
    assumptions = find_assumptions(plain, supposed_again(plain, others, previous, phrasings), phrasings)
    return supposing(query, assumptions, masked, previous, phrasings)


def _of_unbroken_course(query: Query, masked: str, phrasings: Phrasings) -> Query:
    """Read that something is said never to have fallen as that it rose all the time, and the other way round."""
    claimed = particulars.sign(masked, phrasings.unbroken["rise"], phrasings.unbroken["fall"])
    is_of_a_course = query.nodes and len(query.years) != 1 and not query.asks_which
    if not (claimed and is_of_a_course and (query.confirms or query.kind == "check")):
        return query
    return replace(query, direction=claimed, says=(*query.says, "steadily", "unbroken"))


def _telling(words: Sequence[str], kind: str, spoken: Sequence[Node], phrasings: Phrasings) -> list[str]:
    """Keep of what is left of a question all but units of measure, and single characters where none is a topic."""
    own_units = {unit for node in spoken for unit in phrasings.words_of_unit(node.measure_unit)}
    words = [word for word in words if word not in own_units]
    return [word for word in words if not (kind in _WITHOUT_TOPIC and len(word) == 1 and _HAN.match(word))]


def _is_bounded(query: Query) -> bool:
    """Whether the only number of a question is the score that it asks when something came to."""
    return bool(query.bound and "when" in query.points and len(query.numbers) == 1 and not query.asks_raw)


def _names_only_a_unit(query: Query) -> bool:
    """Whether a question on figures names one unit and nothing else, so that the whole index is meant."""
    named = query.nodes or query.readings or query.levels or query.sources or query.places or query.asks_which
    is_of_figures = query.kind in {"", "value", "change", "trend", "fact", "ranking"} and not query.asks_unit
    return len(query.units) == 1 and is_of_figures and not (named or query.content)


def _is_below_all(nodes: Sequence[Node]) -> bool:
    """Whether the first of some nodes is part of each of the others."""
    return all(nodes[0] is not other and nodes[0] in other.walk() for other in nodes[1:])


def _without(text: str, mentions: Sequence[Mention]) -> str:
    """Blank out what some mentions take up, so that all else stays in its place."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _only_names(query: Query) -> bool:
    """Whether a question names a node with a year or a number, and asks for nothing of it."""
    of_year = query.kind == "trend" and len(query.years) == 1
    of_number = query.kind in {"", "computation"} and query.numbers and not (query.content or query.direction)
    return bool(query.nodes and not query.asks and (of_year or of_number))


def _only_wants_figures(query: Query) -> bool:
    """Whether the figures of what is named are wanted, and nothing is asked of them."""
    is_open = query.kind in {"", "value", "trend"} and (query.nodes or query.levels)
    return bool(is_open and not (query.content or query.direction or query.extreme or query.asks_change))


def _is_of_a_name(word: str, nodes: Sequence[Node]) -> bool:
    """Whether a Chinese word is a piece of the full name of a node that is named by a shorter one."""
    return len(word) > 1 and bool(_HAN.search(word)) and any(word in fold(node.name) for node in nodes)


def _of_kind(
    query: Query,
    kind: str,
    plain: str,
    masked: str,
    mentions: Sequence[Mention],
    phrasings: Phrasings,
    spoken: Sequence[Node],
) -> Query:
    """Read in a question what depends on its kind; `spoken` are the nodes that it speaks of."""
    sizes = list(particulars.sizes(masked, kind, query.bound, spoken, phrasings))
    content = phrasings.content(particulars.without_units(masked, spoken, phrasings), kind)
    for words in (*phrasings.aspects.values(), *edit_words().of_a_text()) if kind == "draft" else ():
        content = words.sub(" ", content)
    content = " ".join(_telling(content.split(), kind, spoken, phrasings))
    content = " ".join(word for word in content.split() if not _is_of_a_name(word, query.nodes))
    is_latin = query.nodes and not _HAN.search(masked)
    behind = particulars.latin_measure(masked, content, query.nodes, phrasings) if is_latin else ""
    behind = behind or particulars.measure(
        particulars.without_units(plain, spoken, phrasings), mentions, kind, phrasings
    )
    before = particulars.qualifier(plain, mentions, kind, phrasings) if query.nodes and not behind else ""
    claims = tuple(size for size, is_move in sizes if not is_move)
    part_of_year = phrasings.part_of_year.search(masked)
    return replace(
        query,
        claims=claims or (query.numbers if query.takes_for_observed or _is_bounded(query) else ()),
        moves=tuple(size for size, is_move in sizes if is_move),
        measure="" if _is_of_a_name(behind or before, query.nodes) else behind or before,
        is_narrowed=bool(before) and not _is_of_a_name(before, query.nodes),
        part_of_year=part_of_year[0] if part_of_year else "",
        content=content,
    )
