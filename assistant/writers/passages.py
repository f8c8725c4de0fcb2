"""What the documents say: strategies, problems, facts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answer import Point, Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.sources.lookup import Quotation
from assistant.writers import finding, finding_by_name
from assistant.writers.definitions import write_definitions
from assistant.writers.finding import RELEVANT, SURELY_RELEVANT
from assistant.writers.outside import write_other_measure, write_outside
from knowledge.documents import PATH_SEPARATOR
from knowledge.tokens import fold

# How much of what is asked a sentence must hold that names a document.
_NAMED = 0.65
# So many characters of a heading in a row tell that a question is about what stands under it.
_TELLING_RUN = 4
# So many characters in a row that a question shares with a sentence tell that it is about that; or tell it surely.
_LONG_WORD, _LONGEST_WORD = 4, 6
# What is counted or paid, behind the word for how much.
_COUNTED = re.compile("(?:多少|几)[万亿]*(?P<unit>元|人|辆|座|公里)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# So many characters in a row that a question shares with a definition tell that this answers it.
_RUN = 2


def write_passages(desk: Desk) -> Status:
    """Quote the passages that answer the question, or say that none does."""
    query, chapters = desk.query, desk.sources.chapters
    if (part := chapters.part_named(query.text)) and not query.nodes and chapters.outline(part):
        return _outline(desk, part)
    headings = chapters.headings_of(query.kind)
    if query.nodes and any(year not in desk.figures.years for year in query.years):
        return write_passages_of_years(desk) or write_outside(desk)
    if _is_foreign_to_all(desk):
        return _write_outside_the_part(desk, headings)
    of_the_whole = set(query.nodes) <= {desk.figures.definition.root}
    if headings and of_the_whole and not query.content:
        return _outline(desk, headings)
    if query.kind in {"", "fact", "definition"} and (quoted := finding.passages_holding_what_is_quoted(desk)):
        return quote_all(desk, quoted)
    kept = finding_by_name.passages_headed_by_node(desk) or finding.relevant_passages(desk, RELEVANT)
    headed = finding.headed_passages(desk, _TELLING_RUN)
    kept = [q for q in kept if q.passage in [other.passage for other in headed]] or headed or kept
    if kept and query.kind == "strategy" and not query.nodes and not finding.is_headed(desk, kept):
        kept = finding.passages_answering(desk, finding.relevant_passages(desk, SURELY_RELEVANT, anywhere=True)) or kept
    if query.kind in ("", "fact") and query.asks_number:
        kept = [quotation for quotation in kept if finding.DIGIT.search(quotation.quote)]
        kept = _in_the_unit(desk, kept)
    kept = kept or finding.telling_passages(desk) or finding.headed_passages(desk, finding.SHORTEST_RUN)
    if not kept and headings and not query.nodes:
        kept = finding.first_sentences(desk, desk.sources.headed_with(query.content, headings))
    kept = kept or finding_by_name.passages_on_topic(desk)
    if not kept and headings:
        of_names = replace(desk, query=replace(query, content=""))
        kept = finding_by_name.passages_naming(desk) if query.nodes else []
        kept = kept or (finding.relevant_passages(of_names, RELEVANT) if query.nodes else [])
        kept = kept or finding_by_name.passages_like_a_name(desk) or finding_by_name.passages_nearest_to_nodes(desk)
        elsewhere = [] if kept else finding.relevant_passages(desk, RELEVANT, anywhere=True)
        kept = kept or finding.passages_answering(desk, elsewhere) or elsewhere
    if not kept and _is_told_by_definition(desk):
        return write_definitions(desk)
    kept = kept or finding.nearest_passage(desk) or finding.passages_word_for_word(desk, _LONG_WORD)
    if query.years and (unit := _lacks_the_unit(desk, kept)):
        return write_other_measure(replace(desk, query=replace(query, measure=unit)))
    if query.item:
        in_order = sorted(kept, key=_place)
        kept = finding.in_full([quotation.passage for quotation in in_order][query.item - 1 : query.item])
    kept = _in_the_unit(desk, kept)
    return quote_all(desk, kept) if kept else _write_outside_the_part(desk, headings)


def _write_outside_the_part(desk: Desk, headings: Sequence[str]) -> Status:
    """Say that nothing answers the question, and where it asks for measures what the report has measures on."""
    status = write_outside(desk)
    if desk.query.kind == "strategy" and not desk.draft.citations and desk.sources.chapters.outline(headings):
        desk.draft.paragraph()
        _outline(replace(desk, query=replace(desk.query, item=0)), headings)
    return status


def _is_told_by_definition(desk: Desk) -> bool:
    """Whether the definition of what is named speaks of what is asked: "to which standard", "how often published"."""
    query = desk.query
    defined = [node for node in query.nodes if node.definition]
    if len(defined) != 1 or not desk.is_in_own_words or query.years or query.asks_number:
        return False
    runs = (word[start : start + _RUN] for word in query.content.split() for start in range(len(word) - _RUN + 1))
    definition, name = fold(defined[0].definition), fold(defined[0].name)
    return any(run in definition and run not in name for run in runs if all(map(_HAN.match, run)))


def _in_the_unit(desk: Desk, kept: list[Quotation]) -> list[Quotation]:
    """Keep, where it is asked how much money or how many people something is, the passages that give such an amount."""
    asked = _COUNTED.search(normalise(desk.query.text))
    if asked is None:
        return kept
    amount = re.compile(rf"\d\s*[万亿]*[余多]?{asked['unit']}")
    return [quotation for quotation in kept if amount.search(quotation.quote)]


def _lacks_the_unit(desk: Desk, kept: Sequence[Quotation]) -> str:
    """Give the unit of what is asked of an indicator that has another, and that no passage gives; empty for none."""
    asked = phrasings().asked_unit.search(normalise(desk.query.text))
    unit = next(filter(None, asked.groups()), "") if asked else ""
    nodes = desk.query.nodes
    if not unit or len(nodes) != 1 or not nodes[0].measure_unit or unit in nodes[0].measure_unit:
        return ""
    is_told = any(re.search(rf"\d\s*{re.escape(unit)}", fold(quotation.passage.text)) for quotation in kept)
    return "" if is_told else unit


def _is_foreign_to_all(desk: Desk) -> bool:
    """Whether what an English question asks, of a node or of a topic, is known by no word of Chinese documents."""
    query, sources = desk.query, desk.sources
    of_a_node = query.nodes and query.kind == "fact" and query.asks_number and query.measure
    of_a_topic = query.content and not query.nodes and sources.chapters.headings_of(query.kind)
    is_foreign = sources.language == "zh" and not desk.is_in_own_words and not sources.known(query.content)
    return bool(is_foreign and (of_a_node or of_a_topic)) and not _HAN.search(sources.in_own_words(query.content))


def write_titles(desk: Desk) -> Status | None:
    """Quote the sentence that names the document which is asked for, if one speaks of what is asked."""
    kept = desk.sources.titles(desk.sources.known(desk.query.titled), _NAMED)
    return quote_all(desk, kept[:1]) if kept else None


def write_passages_of_years(desk: Desk) -> Status | None:
    """Quote what the documents tell of years beyond the data, if they tell what is asked of them."""
    told = finding.passages_of_years(desk)
    return quote_all(desk, told) if told else None


def write_telling_passages(desk: Desk) -> Status | None:
    """Quote the passage that shares telling words with a question which names nothing of the index, if there is one."""
    kept = finding.telling_passages(desk)
    return quote_all(desk, kept) if kept else None


def _outline(desk: Desk, headings: Sequence[str]) -> Status:
    """List the headings of the part of the documents that a kind of question is about."""
    passages = desk.sources.chapters.outline(headings)
    if not passages:
        return write_outside(desk)
    chapters = desk.sources.chapters
    if chosen := passages[desk.query.item - 1 : desk.query.item]:
        heading = chapters.path(chosen[0])[:2]
        return quote_all(
            desk, finding.in_full([p for p in chapters.under(headings) if chapters.path(p)[:2] == heading])
        )
    part = chapters.path(passages[0])[0]
    count = desk.figures.count_of(len(passages), part, desk.figures.definition.root)
    listed = {passage: chapters.path(passage)[1].rstrip("。") for passage in passages}
    kept = {passage: heading for passage, heading in listed.items() if desk.query.edits.keeps(heading)}
    desk.draft.points.extend(Point(desk.query.kind, heading) for heading in kept.values())
    desk.draft.say("passages.outline" if kept == listed else "passages.outline_of_some", section=part, count=count)
    desk.draft.paragraph()
    is_table = desk.query.edits.is_table
    if is_table:
        desk.draft.line(desk.draft.phrase("draft.head"))
    for passage, heading in kept.items():
        marker = desk.draft.cite(passage, desk.sources.first_sentence(passage))
        if is_table:
            column = desk.draft.phrase(f"draft.column.{desk.query.kind}")
            desk.draft.line(desk.draft.phrase("draft.row", part=column, text=f"{heading}{marker}"))
        else:
            desk.draft.line(desk.draft.phrase("passages.quote_item", quote=heading, marker=marker))
    return Status.ANSWER


def write_word_for_word(desk: Desk) -> Status | None:
    """Quote the sentence that holds a very long word of the question, if there is one."""
    kept = finding.passages_word_for_word(desk, _LONGEST_WORD)
    return quote_all(desk, kept) if kept else None


def write_named_thing(desk: Desk) -> Status | None:
    """Quote the sentence that names what a question is about, where few do: a scheme, a platform."""
    for word in desk.query.content.split():
        found = desk.sources.holding(word, len(word)) if len(word) >= finding.SHORTEST_RUN else []
        if 0 < len(found) < finding.MOST_PASSAGES:
            return quote_all(desk, found[:1])
    return None


def write_what_is_beside(desk: Desk) -> Status | None:
    """Quote the sentence that holds all that a question says beside a name, where the name is part of a longer word."""
    beside = [word for word in desk.query.content.split() if len(word) > 1]
    kept = [
        q for q in finding.passages_word_for_word(desk, _LONG_WORD) if all(word in fold(q.quote) for word in beside)
    ]
    return quote_all(desk, kept) if beside and kept else None


def write_passages_surely(desk: Desk) -> Status | None:
    """Quote passages for a question that is not plainly one to the documents: only what speaks of nearly all of it."""
    if not desk.is_in_own_words:
        return None
    kept = [
        quotation
        for quotation in finding.relevant_passages(desk, SURELY_RELEVANT)
        if desk.sources.coverage(desk.query.content, quotation.passage) >= SURELY_RELEVANT
        and (not desk.query.asks_number or finding.DIGIT.search(quotation.quote))
    ]
    return quote_all(desk, kept) if kept else None


def _place(quotation: Quotation) -> tuple[str, int]:
    """Tell where a quotation stands in the documents."""
    return quotation.passage.document, quotation.passage.start


def quote_all(desk: Desk, kept: list[Quotation]) -> Status:
    """Quote passages in the order of the document, each section under its name."""
    kept = [finding.of_the_years(desk, quotation) for quotation in kept]
    missing = [year for year in finding.years_as_typed(desk) if not any(year in q.quote for q in kept)]
    if missing:
        desk.draft.say("passages.other_year", years=desk.draft.wording.join(missing))
    sure = max(quotation.relevance for quotation in kept) >= SURELY_RELEVANT
    kept = sorted(map(_to_its_end, kept), key=_place)
    for _, quotations in groupby(kept, key=lambda quotation: quotation.passage.section):
        desk.draft.paragraph()
        quotations = list(quotations)
        path = PATH_SEPARATOR.join(desk.sources.chapters.path(quotations[0].passage))
        desk.draft.say("passages.found" if sure else "passages.related", section=path.rstrip("。"))
        for quotation in quotations:
            quote_passage(desk, quotation)
    return Status.ANSWER


def write_cited(desk: Desk) -> Status:
    """Quote once more what the answer before cited, under its heading; of a table the heading is enough."""
    found = [(desk.sources.passage(passage_id), quote) for passage_id, quote in desk.query.of_answer]
    cited = [Quotation(passage, quote, SURELY_RELEVANT) for passage, quote in found if passage]
    for quotation in cited:
        if quotation.passage.is_table:
            path = PATH_SEPARATOR.join(desk.sources.chapters.path(quotation.passage)).rstrip("。")
            marker = desk.draft.cite(quotation.passage, quotation.quote)
            desk.draft.paragraph()
            desk.draft.say("passages.cited_table", section=path, marker=marker)
    in_words = [quotation for quotation in cited if not quotation.passage.is_table]
    return quote_all(desk, in_words) if in_words else Status.ANSWER


def _to_its_end(quotation: Quotation) -> Quotation:
    """Quote a sentence of which only the first of its parts were found to its end."""
    text, quote = quotation.passage.text, quotation.quote.rstrip()
    if not quote.endswith(("；", ";")) or (start := text.find(quote)) < 0:
        return quotation
    end = text.find("。", start + len(quote))
    return replace(quotation, quote=text[start : end + 1]) if end > 0 else quotation


def quote_passage(desk: Desk, quotation: Quotation) -> None:
    """Quote a passage as a block of its own."""
    quote = quotation.quote.replace("\n", "\n> ")
    desk.draft.block(desk.draft.phrase("passages.quote", quote=quote, marker=desk.marker(quotation)))
    if bool(_HAN.search(quote)) is not (desk.query.language == "zh"):
        desk.draft.note("passages.foreign")
