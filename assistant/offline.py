"""The offline engine: each query of a message goes to the writer of its kind, who answers without any model."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer, Status
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.figures.computed import Figures
from assistant.intent.scope import is_of_gaps, sets_units_apart, units_meant
from assistant.query import Query
from assistant.sources.lookup import Sources
from assistant.writers.completing import completed
from assistant.writers.contradictions import caution_contradicted
from assistant.writers.missing import caution_missing
from assistant.writers.outside import (
    write_clarify,
    write_outside,
)
from assistant.writers.robustness import write_unit_robustness
from assistant.writers.routing import JUDGED, Writer, write
from assistant.writers.targets import write_unit_targets
from assistant.writers.unit_gaps import write_gap_trends, write_gaps
from assistant.writers.units import write_unit_rankings, write_unit_values
from assistant.writers.verdicts import with_caption

_OF_UNITS: Mapping[str, Writer] = {
    "value": write_unit_values,
    "change": write_unit_values,
    "ranking": write_unit_rankings,
    "trend": write_gap_trends,
    "robustness": write_unit_robustness,
    "target": write_unit_targets,
}
# The caption of a figure may put such a statement forward.
_CAPTIONED = {*JUDGED, "trend"}
# How many sentences on the reasons stay in a short answer.
_REASONS = 2


def answer_offline(queries: Sequence[Query], figures: Figures, sources: Sources) -> Answer:
    """Answer the queries of one message from computed figures and quoted passages alone."""
    draft = Draft(queries[0].language)
    statuses: list[Status] = []
    for place, query in enumerate(queries):
        said = len(draft.blocks)
        draft.named.update(dict.fromkeys(node.id for node in query.nodes if query.misspelled))
        for written, meant in query.misspelled:
            draft.note("understood.spelling", written=written, meant=meant)
        for written, year in query.reckoned:
            draft.note("understood.year", written=written, year=year)
        units = units_meant(query, figures.result) or [figures.unit]
        if query.kind == "draft" and query.compares and len(units) > 1:
            query = replace(query, kind="value", asks_gap=True, content="")  # a text on how they compare
        desk, *others = (Desk(query, figures.of(unit), sources, draft) for unit in units)
        if others and sets_units_apart(query):
            statuses.append(_answer(replace(desk, others=[other.figures for other in others]), _compare))
        else:
            for each in (desk, *others):
                statuses.append(_answer_for_unit(each))
                if statuses[-1] is Status.REFUSE and query.content and not query.nodes:
                    break  # what is asked of no unit has no answer
        if place and statuses[-1] is Status.REFUSE and Status.ANSWER in statuses and not query.content:
            del draft.blocks[said:]  # it adds nothing to what was answered
    if sources.by_keywords_only:
        draft.warn("caution.keywords_only")
    answered = Status.ANSWER if Status.ANSWER in statuses else statuses[-1]
    answer = draft.answer(" ".join(query.text for query in queries), answered)
    return replace(answer, years=tuple(year for query in queries for year in query.years))


def _answer(desk: Desk, write: Writer) -> Status:
    """Write the answer to one query; where nothing comes of it, say that it is outside."""
    draft = desk.draft
    draft.paragraph()
    written_before = len("".join(draft.blocks))
    status = write(desk)
    status = status if len("".join(draft.blocks)) > written_before else write_outside(desk)
    if desk.query.is_brief:
        draft.shorten(sentences=_REASONS if desk.query.kind == "why" else 0)
    desk.caution_misnamed()
    if desk.query.edits.is_cautious:
        caution_contradicted(desk)
    caution_missing(desk)
    return status


def _answer_for_unit(desk: Desk) -> Status:
    """Write the answer to one query under the name of the unit, where its figures are of one among several."""
    draft = desk.draft
    draft.paragraph()
    start, known = max(len(draft.blocks) - 1, 0), len(draft.figures)
    status = _answer(with_caption(desk) if desk.query.kind in _CAPTIONED else desk, write)
    label = draft.phrase("value.unit", unit=desk.figures.unit)
    if any(figure.unit for figure in list(draft.figures)[known:]) and label not in draft.blocks[-1:]:
        draft.blocks.insert(0 if desk.query.is_brief else start, label)
    return status


def _compare(desk: Desk) -> Status:
    """Set several units beside each other."""
    query, known = desk.query, {year for figures in (desk.figures, *desk.others) for year in figures.years}
    if query.places or not set(query.years) <= known or (query.content and not query.nodes and not query.readings):
        return write_outside(desk)
    if query.readings:
        return write_clarify(desk)
    if is_of_gaps(query):
        kind = "why" if query.kind == "why" else "value"
        return write_gaps(completed(replace(desk, query=replace(query, kind=kind))))
    return _OF_UNITS[query.kind](completed(desk))
