"""Finds the passages of the documents that answer a question, from the surest way of finding them to the last."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.desk import Desk
from assistant.names.mentions import normalise
from assistant.sources.lookup import Quotation
from knowledge import Passage
from knowledge.passages import sentences

# How much of what is asked the best passage must speak of, and how near to the best the others must come.
RELEVANT = 0.45
SURELY_RELEVANT = 0.75
_NEAR_THE_BEST = 0.75
# How much of the content of a question a passage must hold that is the nearest.
_HELD, _HALF = 0.7, 0.5
_SLIGHTLY_RELEVANT = 0.2
MOST_PASSAGES = 3
# How many passages are looked at, anywhere and to be left with those of one part.
_FIRST, POOL = 6, 12
SHORTEST_RUN, _HEADING_RUN, LONG_RUN = 3, 2, 4
_HAN = re.compile(r"[\u3400-\u9fff]")
# A number that is neither part of a Latin name nor a year, nor that of an item.
DIGIT = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![\d年])(?!\s*[.、．][\s\u3400-\u9fff])")
# The first character of what is counted, behind the word for how many.
_UNIT_ASKED = re.compile(r"(?:多少|几)([\u3400-\u9fff])")
_QUOTED = re.compile(r"[“‘「『\"]([^”’」』\"]{2,20})[”’」』\"]")
_DATE = re.compile(r"\d{4}年|\d月")
# Of these kinds no definition is an answer.
_PROPOSING = {"strategy", "problem"}
_SENTENCES = {"fact": 1, "problem": 3}


def telling_passages(desk: Desk) -> list[Quotation]:
    """Find the passage that shares words with the question which few others hold, if it tells a number where asked."""
    query = desk.query
    topic = desk.sources.in_own_words(query.topic)
    topic = topic if desk.is_in_own_words else desk.sources.known(topic)
    by_default = 0 if query.kind == "strategy" else 1
    found = desk.sources.search(topic, expand=query.kind, most_sentences=_SENTENCES.get(query.kind, by_default), k=POOL)
    part = desk.sources.chapters.under(desk.sources.chapters.headings_of(query.kind))
    if desk.sources.chapters.headings_of(query.kind):
        found = of_the_part(desk, found, _SLIGHTLY_RELEVANT)
    # That it names what the question names, or gives a number of that year, tells nothing; it must share what is asked.
    of_content = query.content and desk.is_in_own_words and (query.nodes or query.asks_number)
    asked = desk.sources.in_own_words(query.content) if of_content else topic
    rare_words = desk.sources.rare_words

    asks_the_unknown = query.language == "en" and desk.is_in_own_words and not desk.sources.knows_all(query.content)
    least_relevant = RELEVANT if asks_the_unknown and query.kind != "strategy" else _SLIGHTLY_RELEVANT

    def shared(passage: Passage) -> int:
        is_headed = bool(part) and rare_words.shares_a_word(asked, desk.sources.chapters.path(passage)[-1])
        return max(rare_words.shared_length(asked, passage, part), _HEADING_RUN if is_headed else 0)

    telling = [
        (shared(quotation.passage), quotation)
        for quotation in found
        if quotation.relevance >= least_relevant and not quotation.passage.is_table
        if not query.nodes or desk.speaks_of(quotation)
        if not query.asks_number or DIGIT.search(quotation.quote)
        if all(desk.sources.holds(place, quotation.passage) for place in query.places)
        if all(year in quotation.quote for year in years_as_typed(desk))
    ]
    longest = max((length for length, _ in telling), default=0)
    kept = [quotation for length, quotation in telling if length == longest][: 2 if query.asks_number else 1]
    plainly = query.nodes or not desk.is_in_own_words or desk.sources.chapters.headings_of(query.kind)
    least = _HEADING_RUN if plainly or (kept and _is_to_the_point(desk, kept[0])) else SHORTEST_RUN
    return kept if longest >= least else []


def passages_of_years(desk: Desk) -> list[Quotation]:
    """Find the sentences that tell, of years beyond the data, what a question asks beside a node."""
    query, sources = desk.query, desk.sources
    years = [str(year) for year in query.years if year not in desk.figures.years]
    headings = sources.chapters.headings_of(query.kind)
    if not (years and (query.content or headings)):
        return []
    return [
        quotation
        for quotation in sources.search(query.topic, expand=query.kind, most_sentences=1, k=POOL)
        if all(year in quotation.quote for year in years) and desk.speaks_of(quotation)
        if not query.asks_number or DIGIT.search(quotation.quote)
        if sources.chapters.is_under(headings, quotation.passage)
        or sources.rare_words.held_share(query.content, quotation.passage.text) >= _HALF
    ][:MOST_PASSAGES]


def passages_answering(desk: Desk, found: Sequence[Quotation]) -> list[Quotation]:
    """Find the passage of the part that a kind of question is about which is the most like what was found elsewhere.

    So a measure is found by the problem that it is against, where the question words only that.
    """
    chapters, rare_words, topic = desk.sources.chapters, desk.sources.rare_words, desk.query.topic
    part = chapters.under(chapters.headings_of(desk.query.kind))
    heading = chapters.path(found[0].passage)[-1] if found else ""
    if not part or not rare_words.shares_a_word(topic, heading):
        return []
    like = desk.sources.search(f"{topic} {heading} {found[0].passage.text}", most_sentences=0, k=POOL)
    of_topic = (q for q in like if q.passage in part and rare_words.shared_length(topic, q.passage, part))
    return list(of_topic)[:1]


def is_headed(desk: Desk, found: Sequence[Quotation]) -> bool:
    """Whether a heading above what was found speaks of what is asked."""
    headings = (desk.sources.chapters.path(quotation.passage)[-1] for quotation in found)
    return any(desk.sources.rare_words.shares_a_word(desk.query.topic, heading) for heading in headings)


def nearest_passage(desk: Desk) -> list[Quotation]:
    """Find the passage that holds nearly all of what a question is about beside the names, if it has nothing else."""
    query = desk.query
    if not query.content or not desk.is_in_own_words:
        return []
    found = [
        quotation
        for quotation in desk.sources.search(query.topic, most_sentences=_SENTENCES.get(query.kind, 1), k=POOL)
        if not quotation.passage.is_table and (not query.nodes or desk.speaks_of(quotation))
        if not (query.kind in _PROPOSING and _is_a_definition(desk, quotation.passage))
        if _gives_what_is_asked(desk, quotation)
        if desk.sources.rare_words.held_share(query.content, quotation.quote) >= _HELD
    ]
    return found[:1]


def passages_holding_what_is_quoted(desk: Desk) -> list[Quotation]:
    """Find the sentences that hold what the question puts between quotation marks, where few do."""
    for quoted in _QUOTED.findall(desk.query.text) if not desk.query.nodes else ():
        if 0 < len(found := desk.sources.holding(normalise(quoted), len(quoted))) < MOST_PASSAGES:
            return found
    return []


def passages_word_for_word(desk: Desk, least: int) -> list[Quotation]:
    """Find the sentence that holds a long word of the question which no name of the index holds."""
    query = desk.query
    for word in desk.sources.rare_words.shared_words(normalise(query.text), least):
        if found := [
            quotation for quotation in desk.sources.holding(word, least) if _gives_what_is_asked(desk, quotation)
        ]:
            return found[:1]
    return []


def _gives_what_is_asked(desk: Desk, quotation: Quotation) -> bool:
    """Whether a quotation holds a date or number where one is asked for, and its passage the years and places."""
    query, passage = desk.query, quotation.passage
    return bool(
        all(year in passage.text for year in years_as_typed(desk))
        and all(desk.sources.holds(place, passage) for place in query.places)
        and ("when" not in query.points or _DATE.search(quotation.quote))
        and (not query.asks_number or DIGIT.search(quotation.quote))
    )


def headed_passages(desk: Desk, least: int) -> list[Quotation]:
    """Find the passages whose heading holds words of the question, at least so many characters in a row."""
    if desk.query.nodes or desk.query.places:
        return []
    headings = desk.sources.chapters.headings_of(desk.query.kind)
    passages = desk.sources.chapters.headed(headings, normalise(desk.query.text), least)
    return first_sentences(desk, passages)


def first_sentences(desk: Desk, passages: Sequence[Passage]) -> list[Quotation]:
    """Quote the first sentence of each of the first passages; of what is amiss or proposed a single one in full."""
    if len(passages) == 1 and desk.query.kind in _PROPOSING:
        return in_full(passages)
    return [Quotation(passage, desk.sources.first_sentence(passage), RELEVANT) for passage in passages[:MOST_PASSAGES]]


def _is_to_the_point(desk: Desk, quotation: Quotation) -> bool:
    """Whether a sentence counts in the unit asked for, or its heading speaks of what is asked."""
    unit = _UNIT_ASKED.search(desk.query.text)
    if unit and re.search(rf"\d{re.escape(unit[1])}", quotation.quote):
        return True
    heading = desk.sources.chapters.path(quotation.passage)[-1]
    return not desk.query.asks_number and desk.sources.rare_words.shares_a_word(desk.query.content, heading)


def relevant_passages(desk: Desk, least: float, *, anywhere: bool = False) -> list[Quotation]:
    """Find the passages that speak of what is asked, the best of each search before the second best of any.

    They stand in the part that the kind of question is about, where it has one, unless they may stand `anywhere`. Of a
    dimension's strategies, those of its indicators.
    """
    by_search: list[list[Quotation]] = []
    in_part = bool(desk.sources.chapters.headings_of(desk.query.kind)) and not anywhere
    for words in _searches(desk):
        most = _SENTENCES.get(desk.query.kind, 0)
        hits = desk.sources.search(words, expand=desk.query.kind, most_sentences=most, k=POOL if in_part else _FIRST)
        hits = [q for q in hits if all(desk.sources.holds(place, q.passage) for place in desk.query.places)]
        if desk.query.nodes and desk.query.content:
            hits = [hit for hit in hits if desk.speaks_of(hit) or _holds_all_in_own_words(desk, hit)]
        hits = of_the_part(desk, hits, least) if in_part else hits
        hits = [quotation for quotation in hits if not (anywhere and _is_a_definition(desk, quotation.passage))]
        best = max((quotation.relevance for quotation in hits), default=0.0)
        if best >= least:
            near = [q for q in hits if q.relevance >= _NEAR_THE_BEST * best and not q.passage.is_table]
            by_search.append(near)
    by_search.sort(key=lambda near: -near[0].relevance if near else 0.0)
    by_rank = [quotation for of_rank in zip_longest(*by_search) for quotation in of_rank if quotation]
    found = {quotation.passage.id: quotation for quotation in reversed(by_rank)}
    return list(reversed(found.values()))[:MOST_PASSAGES]


def _holds_all_in_own_words(desk: Desk, quotation: Quotation) -> bool:
    """Whether a passage speaks of all that a question in another language asks beside the names, each word known."""
    if desk.is_in_own_words:
        return False
    words = desk.sources.in_own_words(desk.query.content).split()
    return any(map(_HAN.match, words)) and all(desk.sources.holds(word, quotation.passage) for word in words)


def _is_a_definition(desk: Desk, passage: Passage) -> bool:
    """Whether a passage says what a node is, not what is done or amiss."""
    return any(node.definition and node.definition in passage.text for node in desk.figures.definition.indicators)


def of_the_part(desk: Desk, hits: list[Quotation], least: float) -> list[Quotation]:
    """Keep what stands in the part of the documents that the kind of question is about, if that speaks of it."""
    headings = desk.sources.chapters.headings_of(desk.query.kind)
    kept = [quotation for quotation in hits if desk.sources.chapters.is_under(headings, quotation.passage)]
    return kept if any(quotation.relevance >= least for quotation in kept) else []


def _searches(desk: Desk) -> list[str]:
    """Say what to search for: the question's own words, or the indicators under the dimensions that it names."""
    query = desk.query
    if query.nodes and not (query.content or query.places):
        definition = desk.figures.definition
        leaves = [leaf for node in query.nodes for leaf in definition.leaves(node.id)]
        return [desk.sources.chapters.usual_name(leaf, query.kind) for leaf in leaves]
    if desk.is_in_own_words:
        return [query.topic]
    said = desk.sources.known(desk.sources.in_own_words(query.topic))
    named = [node.name for node in query.nodes or query.readings]
    return [said if query.content and _HAN.search(said) else " ".join([said, *named])]


def of_the_years(desk: Desk, quotation: Quotation) -> Quotation:
    """Quote instead of a sentence one of its passage that tells of the years asked for, and as much of the topic."""
    years = years_as_typed(desk)
    if all(year in quotation.quote for year in years):
        return quotation
    told = [said.strip() for said in sentences(quotation.passage.text) if all(year in said for year in years)]
    shares = {said: desk.sources.rare_words.held_share(desk.query.topic, said) for said in (*told, quotation.quote)}
    best = max(told, key=lambda said: shares[said], default=quotation.quote)
    return replace(quotation, quote=best) if shares[best] >= shares[quotation.quote] else quotation


def years_as_typed(desk: Desk) -> list[str]:
    """List the years that the question writes out or counts back, not those inside a period that it names."""
    query = desk.query
    counted = [year for _, year in query.reckoned]
    typed = normalise(query.text)
    return [str(year) for year in query.years if year in counted or re.search(rf"(?<!\d)(?:20)?{year % 100:02}", typed)]


def in_full(passages: Sequence[Passage]) -> list[Quotation]:
    """Quote passages from end to end."""
    return [Quotation(passage, passage.text, 1.0) for passage in passages]
