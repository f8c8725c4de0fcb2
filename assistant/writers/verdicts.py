"""Whether what is said of a course holds: that it went one way every year, or moved only slightly."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.writers.changes import write_lead, write_years_within
from assistant.writers.contradictions import record_before
from assistant.writers.movers import write_raw, write_upwards
from assistant.writers.trends import draw_course, write_course
from scoring import Node

_MOST_STATEMENTS = 4


def write_verdicts(desk: Desk) -> Status:
    """Judge what the question, or the caption that it names, says of each node."""
    for node in desk.query.nodes or _contested(desk):
        desk.draft.paragraph()
        if "slightly" in desk.query.says:
            _judge_size(desk, node)
        elif {"turned_down", "turned_up"} & {*desk.query.says}:
            _judge_turn(desk, node, -1 if "turned_down" in desk.query.says else 1)
        elif {"record_high", "record_low"} & {*desk.query.says}:
            _judge_record(desk, node, 1 if "record_high" in desk.query.says else -1)
        else:
            _judge_course(desk, node)
    return Status.ANSWER


def _contested(desk: Desk) -> list[Node]:
    """List the whole, and of its parts those that did not go the way that is claimed in every year."""
    figures, root = desk.figures, desk.figures.definition.root
    claimed = desk.query.direction or 1
    steps = list(pairwise(_years(desk)))
    parts = [child for child in root.children if any(figures.change(child, *s).direction != claimed for s in steps)]
    return [root, *parts]


def with_caption(desk: Desk) -> Desk:
    """Take the node from the caption that a question names by its number, and what the caption says of its course."""
    caption = desk.sources.caption(desk.query.text)
    nodes = desk.sources.named_in(caption.quote) if caption else ()
    if caption is None or not nodes or (desk.query.nodes and desk.query.nodes != nodes):
        return desk
    direction = desk.sources.direction(caption.quote)
    if direction:
        return replace(desk, query=replace(desk.query, nodes=nodes, direction=direction, says=("steadily",)))
    return desk if desk.query.says else replace(desk, query=replace(desk.query, nodes=nodes))


def _judge_course(desk: Desk, node: Node) -> None:
    """Say whether a score went the way that is claimed in every year, and in which years it did not."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    years = _years(desk)
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    overall = figures.change(node, years[0], years[-1]).direction or 1
    claimed = overall if "against" in query.says else query.direction or overall
    way = "up" if claimed > 0 else "down"
    contrary = [step for step in steps if step.direction == -claimed]
    unmoved = [step for step in steps if step.direction == 0]
    for step in steps:
        draft.keep(step)
    draft.found_years[:] = [int(step.year or 0) for step in contrary]
    if not contrary and (not unmoved or "unbroken" in query.says):
        draft.say("verdict.yes")
        write_course(desk, node, years)
        if unmoved:
            _years_of(desk, "trend.flats", unmoved)
        else:
            draft.say(f"trend.every_year_{way}")
    else:
        key = "verdict.parted" if "against" in query.says else "verdict.not"
        draft.say(f"{key}_{way}", node=desk.name(node))
        _years_of(desk, "trend.falls" if claimed > 0 else "trend.rises", contrary)
        _years_of(desk, "trend.flats", unmoved)
        write_course(desk, node, years)
    draw_course(desk, node, years)
    _quote(desk, node, years, claimed)


def _judge_turn(desk: Desk, node: Node, way: int) -> None:
    """Say whether a score went one way first, and then the way that is asked for."""
    draft, figures = desk.draft, desk.figures
    years = _years(desk)
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    runs = [direction for direction, _ in groupby(step.direction for step in steps if step.direction)]
    turn = max((figures.score(node, year) for year in years), key=lambda score: -way * score.value)
    if runs == [-way, way]:
        draft.say("verdict.yes")
        draft.say(
            "verdict.turned_down" if way < 0 else "verdict.turned_up",
            node=desk.name(node),
            first_year=years[0],
            first=figures.score(node, years[0]),
            year=turn.year,
            turn=turn,
            last_year=years[-1],
            last=figures.score(node, years[-1]),
            marker=desk.printed(node, [years[-1]]),
        )
    else:
        draft.say("verdict.no")
        write_course(desk, node, years)
        _years_of(desk, "trend.rises", [step for step in steps if step.direction > 0])
        _years_of(desk, "trend.falls", [step for step in steps if step.direction < 0])
    draw_course(desk, node, years)


def _judge_size(desk: Desk, node: Node) -> None:
    """Say how far a score moved, and whether any of its kind moved further that way."""
    draft, figures = desk.draft, desk.figures
    start, end = desk.span()
    if start == end:
        draft.say("ranking.first_year", year=end)
        return
    change = figures.change(node, start, end)
    peers = desk.at_level(figures.definition.storey(node.id))
    moves = [change.direction * figures.change(peer, start, end).value for peer in peers]
    is_most = bool(change.direction) and len(peers) > 1 and max(moves) == abs(change.value)
    if is_most:
        draft.say(
            "verdict.most_up" if change.direction > 0 else "verdict.most_down",
            node=desk.name(node),
            year=end,
            count=figures.count(peers, figures.definition.root),
            level=desk.level(node),
            change=change,
        )
    explanation = figures.explain(node, start, end)
    write_lead(desk, explanation)
    write_years_within(desk, explanation)
    if not node.children:
        write_upwards(desk, node, start, end)
        write_raw(desk, node, start, end)
    if not is_most:
        draft.say("verdict.no_measure")


def _judge_record(desk: Desk, node: Node, way: int) -> None:
    """Say whether a score was higher, or lower, than in any year before."""
    year = max(desk.query.years or desk.figures.years)
    score, best = desk.figures.score(node, year), record_before(desk, node, year, way)
    if best is None:
        desk.draft.say("ranking.first_year", year=year)
        return
    ahead = way * (score.value - best.value)
    if ahead > 0:
        desk.draft.say("verdict.yes")
    short = "same" if not ahead else "high" if way > 0 else "low"
    desk.draft.say(
        "verdict.record" if ahead > 0 else f"verdict.no_record_{short}",
        node=desk.name(node),
        year=year,
        score=score,
        other_year=best.year,
        other=best,
        marker=desk.printed(node, [year, int(best.year or 0)]),
    )


def _years(desk: Desk) -> list[int]:
    """List the years from the first to the last named, or all where fewer than two are."""
    named = desk.query.years
    if len(named) < 2 or "against" in desk.query.says:
        return desk.figures.years
    return [year for year in desk.figures.years if min(named) <= year <= max(named)]


def _years_of(desk: Desk, key: str, steps: Sequence[Figure]) -> None:
    draft = desk.draft
    shown = [
        draft.phrase("trend.step" if step.direction else "trend.year", year=step.year, change=step) for step in steps
    ]
    if shown:
        draft.say(key, years=draft.wording.join(shown))


def _quote(desk: Desk, node: Node, years: Sequence[int], claimed: int) -> None:
    """Quote what the report says of the course, if anything: rather what it says of every year."""
    found = list(islice(desk.sources.remarks.each_about(node, years[-1], years, claimed), _MOST_STATEMENTS))
    quotation = next((q for q in found if desk.sources.says("steadily", q.quote)), found[0] if found else None)
    if quotation is not None:
        desk.draft.paragraph()
        desk.draft.say("trend.context")
        desk.draft.block(desk.draft.phrase("passages.quote", quote=quotation.quote, marker=desk.marker(quotation)))
