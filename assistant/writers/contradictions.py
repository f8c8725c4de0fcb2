"""Where the running text of the documents asserts of a score what the figures do not bear out."""

from itertools import pairwise

from assistant.answer import Figure
from assistant.desk import Desk
from assistant.sources.assertions import Assertion
from scoring import Node, display


def caution_contradicted(desk: Desk, *, whole_report: bool = False) -> None:
    """Say where a quotation, the whole report or what the question repeats asserts what figures do not bear out."""
    quotes = [citation.quote for citation in desk.draft.citations]
    for assertion in desk.sources.assertions.all:
        asked = whole_report and (assertion.node in desk.query.nodes or not desk.query.nodes)
        told = asked or _repeats(desk, assertion) or any(assertion.text in quote for quote in quotes)
        if told and _is_of_unit(desk, assertion):
            _caution(desk, assertion)


def _repeats(desk: Desk, assertion: Assertion) -> bool:
    """Whether the question says the same of the same node, or asks what was observed of it in the year."""
    query = desk.query
    if assertion.bound:
        is_same = query.bound == assertion.bound and float(assertion.printed) in map(float, query.claims)
        return assertion.node in query.nodes and is_same
    if assertion.record:
        said = "record_high" if assertion.record > 0 else "record_low"
        return assertion.node in query.nodes and assertion.year in query.years and said in query.says
    same_course = "steadily" in query.says and query.direction in (0, assertion.direction)
    same_move = assertion.year in query.years and query.direction == assertion.direction
    of_value = assertion.of_value and query.kind == "value" and not query.asks_score
    of_year = of_value and assertion.year in query.years
    same_number = of_year or assertion.printed in {*query.claims, *query.claimed_raw, *query.numbers}
    same = (same_move if assertion.year else same_course) if assertion.direction else same_number
    return assertion.node in query.nodes and same


def _is_of_unit(desk: Desk, assertion: Assertion) -> bool:
    """Whether the score of this unit is spoken of."""
    return len(desk.figures.result.units) < 2 or desk.figures.unit in assertion.sentence.quote


def _caution(desk: Desk, assertion: Assertion) -> None:
    if assertion.direction and assertion.year:
        _caution_move(desk, assertion)
    elif assertion.direction:
        _caution_course(desk, assertion)
    elif assertion.record:
        _caution_record(desk, assertion)
    elif assertion.bound:
        _caution_bound(desk, assertion)
    elif assertion.of_value:
        _caution_value(desk, assertion)
    elif assertion.year in desk.figures.years and not _is_told_otherwise(desk, assertion):
        _caution_score(desk, assertion)


def _is_told_otherwise(desk: Desk, assertion: Assertion) -> bool:
    """Whether a printed score is one of those published, which are told of by themselves."""
    return any(
        (row.published.year, str(row.published.printed)) == (assertion.year, assertion.printed)
        and assertion.node.id in (row.published.node.id, desk.figures.definition.find(named).id if named else "")
        for row in desk.sources.reconciled(desk.figures.unit)
        for named in [row.published.printed_for]
    )


def _caution_score(desk: Desk, assertion: Assertion) -> None:
    score = desk.figures.score_if_any(assertion.node, assertion.year)
    if score is None or _reads(desk, assertion.node, assertion):
        return
    others = [node for node in desk.figures.definition.nodes.values() if _reads(desk, node, assertion)]
    desk.draft.warn(
        "caution.asserted_score_of" if others else "caution.asserted_score",
        printed=desk.figures.score(others[0], assertion.year) if others else "",
        other=desk.names(others),
        text=assertion.text,
        marker=desk.marker(assertion.sentence),
        node=desk.name(assertion.node),
        year=assertion.year,
        score=score,
    )


def _caution_value(desk: Desk, assertion: Assertion) -> None:
    raw = desk.figures.raw(assertion.node, assertion.year) if assertion.year in desk.figures.years else None
    if raw and not _is_printed_as(raw, assertion):
        desk.draft.warn(
            "caution.asserted_value",
            text=assertion.text,
            marker=desk.marker(assertion.sentence),
            node=desk.name(assertion.node),
            year=assertion.year,
            raw=raw,
        )


def _reads(desk: Desk, node: Node, assertion: Assertion) -> bool:
    """Whether the score of a node in the year of an assertion reads as printed there."""
    score = desk.figures.score_if_any(node, assertion.year)
    return score is not None and _is_printed_as(score, assertion)


def _is_printed_as(figure: Figure, assertion: Assertion) -> bool:
    """Whether a figure, rounded to the decimals that an assertion prints, is what it prints."""
    return display(figure.value, len(assertion.printed.partition(".")[2])) == assertion.printed


def record_before(desk: Desk, node: Node, year: int, way: int) -> Figure | None:
    """Give the highest score that a node had before a year, or the lowest; None where there is none."""
    known = (desk.figures.score_if_any(node, earlier) for earlier in desk.figures.years if earlier < year)
    return max(filter(None, known), key=lambda figure: way * figure.value, default=None)


def _caution_record(desk: Desk, assertion: Assertion) -> None:
    node, score = assertion.node, desk.figures.score_if_any(assertion.node, assertion.year)
    best = record_before(desk, node, assertion.year, assertion.record)
    if score and best and assertion.record * score.value <= assertion.record * best.value:
        desk.draft.warn(
            "caution.asserted_record",
            text=assertion.text,
            marker=desk.marker(assertion.sentence),
            node=desk.name(node),
            year=assertion.year,
            score=score,
            other_year=best.year,
            other=best,
        )


def _caution_bound(desk: Desk, assertion: Assertion) -> None:
    node, bound = assertion.node, float(assertion.printed)
    last = assertion.until or desk.figures.years[-1]
    years = (year for year in desk.figures.years if assertion.year <= year <= last)
    scores = (desk.figures.score_if_any(node, year) for year in years)
    beyond = [score for score in scores if score and assertion.bound * score.value < assertion.bound * bound]
    if beyond:
        desk.draft.warn(
            "caution.asserted_above" if assertion.bound > 0 else "caution.asserted_below",
            text=assertion.text,
            marker=desk.marker(assertion.sentence),
            node=desk.name(node),
            bound=desk.prospects.goal(node, bound),
            years=desk.draft.wording.join(
                [desk.draft.phrase("trend.in_year", year=score.year, score=score) for score in beyond]
            ),
        )


def _caution_move(desk: Desk, assertion: Assertion) -> None:
    figures, node, year = desk.figures, assertion.node, assertion.year
    known = [y for y in figures.years if y <= year and figures.result.has_score(node.id, y, figures.unit)]
    if len(known) < 2 or known[-1] != year:
        return
    change = figures.change(node, known[-2], year)
    if change.direction != assertion.direction:
        desk.draft.warn(
            {1: "caution.asserted_but_rose", -1: "caution.asserted_but_fell", 0: "caution.asserted_but_same"}[
                change.direction
            ],
            text=assertion.text,
            marker=desk.marker(assertion.sentence),
            node=desk.name(node),
            year=year,
            other_year=known[-2],
            change=change,
        )


def _caution_course(desk: Desk, assertion: Assertion) -> None:
    figures, draft, node = desk.figures, desk.draft, assertion.node
    years = [year for year in figures.years if figures.result.has_score(node.id, year, figures.unit)]
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    contrary = [step for step in steps if step.direction == -assertion.direction]
    if contrary:
        draft.warn(
            "caution.asserted_rise" if assertion.direction > 0 else "caution.asserted_fall",
            text=assertion.text,
            marker=desk.marker(assertion.sentence),
            node=desk.name(node),
            years=draft.wording.join([draft.phrase("trend.step", year=step.year, change=step) for step in contrary]),
        )
