"""What the report prints beside what its own table gives."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.desk import Desk
from assistant.evidence import shows
from assistant.sources.lookup import Quotation
from assistant.writers.contradictions import caution_contradicted
from assistant.writers.finding import RELEVANT
from assistant.writers.passages import quote_passage
from assistant.writers.quotable import nodes_on_topic, nodes_spoken_of, quotable_sentences
from assistant.writers.values import write_values
from knowledge.tokens import tokens
from scoring import Reconciled

# From which relevance on two sentences are on one thing.
_ON_ONE_THING = 0.25


def write_checks(desk: Desk) -> Status:
    """Compare the printed scores of the nodes and years asked for, or all of them, with the recomputed ones."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    if misnamed := _misnamed(desk):
        if query.nodes and "mistaken" not in query.points:
            years = query.years or (misnamed[0].published.year,)
            return write_values(replace(desk, query=replace(query, years=years)))
        draft.say("verdict.misnamed")
        for row in misnamed:
            named, year = figures.definition.find(row.published.printed_for), row.published.year
            score, marker = figures.score(named, year), desk.printed(named, [year])
            draft.say("value.score", year=year, node=desk.name(named), score=score, marker=marker)
        desk.caution_misnamed(whole_report=True)
        return Status.ANSWER
    if query.content and not (query.nodes or query.years) and _quote_each(desk):
        return Status.ANSWER
    rows = [
        row
        for row in desk.sources.reconciled(figures.unit)
        if (not query.nodes or row.published.node in query.nodes)
        and (not query.years or row.published.year in query.years)
    ]
    rows = [row for row in rows if _is_claimed(desk, row)] or rows
    if not rows:
        caution_contradicted(desk, whole_report=True)
        if draft.warnings:
            return Status.ANSWER
        if query.nodes and (query.claims or query.numbers):
            years = query.years or (figures.years[-1],)
            return write_values(replace(desk, query=replace(query, years=years, direction=0)))
        draft.say("check.nothing")
        return Status.REFUSE
    differing = [row for row in rows if not row.agrees]
    root = figures.definition.root
    count = figures.count_of(len(rows), _listed(desk, rows), root)
    if query.nodes:
        caution_contradicted(desk, whole_report=True)
        draft.paragraph()
    if len(rows) == 1:
        figure = rows[0].published
        score, marker = figures.score(figure.node, figure.year), desk.printed(figure.node, [figure.year])
        is_other = not _is_claimed(desk, rows[0]) and not any(shows(score, claim) for claim in query.claims)
        if query.claims and is_other:
            desk.deny_claims("check.claimed", query.claims, [score])
        elif query.confirms:
            draft.say("check.other" if differing else "check.same")
        draft.say("value.score", year=figure.year, node=desk.name(figure.node), score=score, marker=marker)
    if differing and len(rows) == 1:
        draft.paragraph()
    elif differing:
        wrong = figures.count_of(len(differing), _listed(desk, differing), root)
        draft.say(desk.of_print("check.differ"), count=count, differing=wrong)
    else:
        draft.say(desk.of_print("check.agree"), count=count)
    for row in differing:
        desk.caution_printed(row.published.node, [row.published.year])
    desk.caution_misnamed(whole_report=True)
    caution_contradicted(desk, whole_report=True)
    return Status.ANSWER


def _misnamed(desk: Desk) -> list[Reconciled]:
    """List what the question names and the report prints under the name of another node."""
    misnamed = desk.sources.misnamed(desk.figures.result)
    claimed = {*desk.query.claims, *desk.query.moves}
    return [row for row in misnamed if str(row.published.printed) in claimed]


def _is_claimed(desk: Desk, row: Reconciled) -> bool:
    """Whether the question names the score of a row, as printed or as recomputed."""
    return bool({str(row.published.printed), str(row.rounded)} & {*desk.query.claims})


def write_statements(desk: Desk) -> Status | None:
    """Quote what different parts of the report say of one thing; None where only one of them speaks of it."""
    chapters, found = desk.sources.chapters, dict[str, Quotation]()
    for quotation in desk.sources.search(desk.query.topic, most_sentences=1):
        if quotation.relevance >= _ON_ONE_THING and not quotation.passage.is_table:
            found.setdefault(chapters.path(quotation.passage)[0], quotation)
    if len(found) == 1 and (other := _said_elsewhere(desk, next(iter(found.items())))):
        found[other.quote] = other
    if len(found) < 2:
        return None
    desk.draft.say("verdict.parts")
    for quotation in found.values():
        quote_passage(desk, quotation)
    return Status.ANSWER


def _said_elsewhere(desk: Desk, told: tuple[str, Quotation]) -> Quotation | None:
    """Quote what another chapter tells as a problem of what one told of; None where none does."""
    chapter, said = told
    nodes = desk.query.nodes or nodes_on_topic(desk) or nodes_spoken_of(desk, said.quote)
    of_nodes = replace(desk.query, nodes=nodes, years=(desk.figures.years[-1],), content="")
    problems = quotable_sentences(replace(desk, query=of_nodes), "problem") if nodes else ()
    others = [
        Quotation(passage, line, 1.0) for passage, line in problems if desk.sources.chapters.path(passage)[0] != chapter
    ]
    words = {*tokens(said.quote)}
    return max(others, key=lambda other: len(words & {*tokens(other.quote)}), default=None)


def _quote_each(desk: Desk) -> bool:
    """Quote the statements that are set against each other, where the report holds more than one of them."""
    found = [
        quotation
        for part in desk.query.content.split()
        for quotation in desk.sources.search(part, most_sentences=1)[:1]
        if quotation.relevance >= RELEVANT and len(part) > 1
    ]
    quotations = {quotation.quote: quotation for quotation in found}
    if len(quotations) < 2:
        return False
    desk.draft.say("verdict.parts")
    for quotation in quotations.values():
        quote_passage(desk, quotation)
    return True


def _listed(desk: Desk, rows: Sequence[Reconciled]) -> str:
    return desk.draft.wording.join([f"{row.published.year} {desk.name(row.published.node)}" for row in rows])
