"""What a question asks by its own words, before anything is taken over from what went before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.below import all_below, are_above
from assistant.intent import particulars
from assistant.intent.naming import as_meant, is_mistaken, levels_named, nodes_named, topic_of, units_named
from assistant.intent.reading import Reading
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import PLAIN_RESEMBLANCE, RESEMBLANCE, Phrasings
from assistant.names.mention import LEVEL, PLACE, UNIT, YEAR
from assistant.names.mentions import Names
from assistant.query import Query
from assistant.supposed_nodes import excepted
from knowledge.tokens import fold
from scoring import Node

_NUMBER = re.compile(r"(?<![\d.a-z])\d+(?:\.\d+)?")
_ITEMS = re.compile(r"(\d|[一二两三四五六七八九])\s*(?:条|个?方面各|items|bullets)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A single character that is left of these tells no topic.
_WITHOUT_TOPIC = {"why", "share", "robustness", "what_if", "target", "draft", "ranking", "change"}


def asked(
    text: str, reading: Reading, language: str, previous: Query | None, names: Names, phrasings: Phrasings
) -> Query:
    """Read what a question asks; of the one before only whether it was a text to be pasted, and what it was about."""
    masked, kind = reading.masked, reading.kind
    of_several = LEVEL in reading.named or phrasings.which_indicators.search(masked)
    supposes = phrasings.has_cue("what_if", masked)
    spared = excepted(reading.plain, reading.mentions, phrasings) if of_several and not supposes else []
    mentions = [mention for mention in reading.mentions if mention not in spared]
    nodes, name, readings = nodes_named(mentions, previous)
    if readings and phrasings.all_meant.search(masked):
        nodes, name, readings = (*nodes, *readings), "", ()
    spoken = nodes or (previous.nodes if previous else ())
    years = [mention for mention in mentions if mention.what == YEAR]
    if phrasings.also_so.search(masked):
        years = years[-1:]  # "is that so in that year as well"
    bound = particulars.sign(masked, phrasings.bounds["above"], phrasings.bounds["below"])
    takes_for_observed = particulars.takes_for_observed(masked, phrasings)
    query = Query(
        text=text,
        language=language,
        kind=kind if reading.likeness >= RESEMBLANCE else "",
        asks=phrasings.has_cue(kind, masked)
        or (reading.likeness >= PLAIN_RESEMBLANCE and not phrasings.is_only_names(masked)),
        nodes=nodes,
        name=name,
        readings=readings,
        years=tuple(dict.fromkeys(year for mention in years for year in mention.years)),
        is_range=any(mention.is_range for mention in years),
        spans=tuple(particulars.spans(years)),
        claimed_raw=tuple(particulars.claimed_raw(masked, nodes, phrasings)),
        measured_by=tuple(particulars.measured_by(reading.plain, mentions, phrasings)),
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
        says_both=all(words.search(masked) for words in phrasings.directions.values()),
        never=bool(phrasings.never.search(masked)),
        run=particulars.number_said(phrasings.run.search(masked), phrasings),
        reckoned=tuple((mention.text, mention.years[0]) for mention in mentions if mention.is_reckoned),
        misspelled=tuple(as_meant(mention, language) for mention in mentions if is_mistaken(mention)),
        spared=tuple(node for mention in spared for node in mention.nodes),
        levels=levels_named(reading.plain, mentions, names),
        sources=tuple(dict.fromkeys(source for mention in mentions for source in mention.sources)),
        excludes=reading.excludes,
        places=(*(m.text for m in mentions if m.what == PLACE), *names.find_foreign(text, mentions)),
        units=units_named(reading.plain, mentions, phrasings),
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
        points_back=previous is None and UNIT not in reading.named and bool(phrasings.found.search(masked)),
        asks_personal=found[0] if (found := phrasings.personal.search(masked)) else "",
        titled=particulars.titled(reading.plain, phrasings),
        topic=topic_of(reading.plain, mentions, phrasings),
    )
    if phrasings.on_both.search(masked) and len(nodes) == 3 and are_above(nodes[1:], nodes[0]):
        query = replace(query, kind="share", asks=True, of_wholes=True)
    if query.asks_gap and len(nodes) == 3 and all_below(nodes[1:], nodes[0]):
        query = replace(query, nodes=nodes[1:])  # how far two parts of one whole are apart
    if query.asks_each and query.against_year and len(nodes) > 1:
        query = replace(query, asks_gap=False, side=0)  # by how much each moved, not how far they are apart
    query = _of_unbroken_course(query, masked, phrasings)
    if "upwards" in query.points:
        query = replace(query, extreme=-1, points=tuple(point for point in query.points if point != "ends"))
    return query


def of_kind(
    query: Query, kind: str, masked: str, reading: Reading, spoken: Sequence[Node], phrasings: Phrasings
) -> Query:
    """Read in a question what depends on its kind.

    Parameters
    ----------
    masked : str
        The question with its names masked, without what points back.
    spoken : sequence of Node
        The nodes that it speaks of.
    """
    sizes = list(particulars.sizes(masked, kind, query.bound, spoken, phrasings))
    content = phrasings.content(particulars.without_units(masked, spoken, phrasings), kind)
    for words in (*phrasings.aspects.values(), *edit_words().of_a_text()) if kind == "draft" else ():
        content = words.sub(" ", content)
    content = " ".join(_telling(content.split(), kind, spoken, phrasings))
    content = " ".join(word for word in content.split() if not _is_of_a_name(word, query.nodes))
    is_latin = query.nodes and not _HAN.search(masked)
    behind = particulars.latin_measure(masked, content, query.nodes, phrasings) if is_latin else ""
    behind = behind or particulars.measure(
        particulars.without_units(reading.plain, spoken, phrasings), reading.mentions, kind, phrasings
    )
    before = (
        particulars.qualifier(reading.plain, reading.mentions, kind, phrasings)
        if (query.nodes or query.readings) and not behind
        else ""
    )
    if kind == "draft" and content and query.aspects == ("cause",) and not query.direction:
        query = replace(query, aspects=("problem", "cause"))  # of what is amiss, not of a movement
    claims = tuple(size for size, is_move in sizes if not is_move)
    part_of_year, day = phrasings.part_of_year.search(masked), phrasings.of_a_day.search(masked)
    return replace(
        query,
        claims=claims or (query.numbers if _names_a_score(query, kind) else ()),
        moves=tuple(size for size, is_move in sizes if is_move),
        measure="" if _is_of_a_name(behind or before, query.nodes) else behind or before,
        is_narrowed=bool(before) and not _is_of_a_name(before, query.nodes or query.readings),
        part_of_year=part_of_year[0] if part_of_year else "",
        day=day[0] if day else "",
        content=content,
    )


def _of_unbroken_course(query: Query, masked: str, phrasings: Phrasings) -> Query:
    """Read that something is said never to have fallen as that it rose all the time, and the other way round."""
    claimed = particulars.sign(masked, phrasings.unbroken["rise"], phrasings.unbroken["fall"])
    is_of_a_course = query.nodes and len(query.years) != 1 and not query.asks_which
    if not (claimed and is_of_a_course and (query.confirms or query.kind == "check")):
        return query
    return replace(query, direction=claimed, says=(*query.says, "steadily", "unbroken"))


def _telling(words: Sequence[str], kind: str, spoken: Sequence[Node], phrasings: Phrasings) -> list[str]:
    """Keep of what is left of a question all but units of measure, and single characters where none is a topic."""
    own_units = {
        part for node in spoken for unit in phrasings.words_of_unit(node.measure_unit) for part in unit.split("/")
    }
    words = [word for word in words if word not in own_units]
    return [word for word in words if not (kind in _WITHOUT_TOPIC and len(word) == 1 and _HAN.match(word))]


def _names_a_score(query: Query, kind: str) -> bool:
    """Whether the numbers of a question are scores without a unit: taken for one, to be checked, or come to."""
    is_bound = query.bound and "when" in query.points and len(query.numbers) == 1 and not query.asks_raw
    return bool(query.takes_for_observed or is_bound or (kind == "check" and query.asks_score))


def _is_of_a_name(word: str, nodes: Sequence[Node]) -> bool:
    """Whether a Chinese word is a piece of the full name of a node that is named by a shorter one."""
    word = word.removeprefix("每")
    return len(word) > 1 and bool(_HAN.search(word)) and any(word in fold(node.name) for node in nodes)
