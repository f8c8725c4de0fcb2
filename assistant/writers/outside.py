"""What cannot be answered, and what can: outside the data, unclear, not yet, and what the assistant is for."""

from assistant.answer import Status
from assistant.desk import Desk
from assistant.names.mentions import normalise
from assistant.query import FROM_DOCUMENTS

# How much of what is asked a passage must speak of to be offered as the nearest thing.
_RELATED = 0.25


def write_outside(desk: Desk) -> Status:
    """Say what the data lack, what they cover, and the nearest thing that they hold."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    missing = [str(year) for year in query.years if year not in figures.years]
    if missing:
        draft.say("outside.years", years=draft.wording.join(missing))
    if query.places:
        draft.say("outside.places", places=draft.wording.join(query.places))
    if query.day:
        draft.say("outside.day", day=query.day)
    elif not missing and not query.places:
        is_name = (
            len(query.content) > 1
            and query.content in normalise(query.text)
            and not any(c.isdigit() for c in query.content)
        )
        if query.kind in ("value", "change", "why", "trend") and is_name:
            draft.say("outside.indicator", topic=query.content, name=desk.name(figures.definition.root))
        elif query.kind in FROM_DOCUMENTS and not desk.sources.documents:
            draft.say("outside.no_documents")
        elif query.content:
            draft.say("outside.topic", topic=query.content)
        else:
            draft.say("outside.unknown")
    draft.paragraph()
    covers(desk)
    if missing and query.nodes:
        nearest = min(figures.years, key=lambda year: abs(year - query.years[-1]))
        draft.paragraph()
        draft.say("outside.nearest", year=nearest)
        for node in query.nodes:
            draft.say(
                "value.score",
                year=nearest,
                node=desk.name(node),
                score=figures.score(node, nearest),
                marker=desk.printed(node, [nearest]),
            )
    if query.content and not query.places and not (missing and query.nodes) and query.kind != "value":
        found = desk.sources.search(query.topic, most_sentences=1)
        related = [quotation for quotation in found[:1] if quotation.relevance > _RELATED]
        for quotation in related:
            draft.paragraph()
            draft.say("passages.nearest")
            draft.block(draft.phrase("passages.quote", quote=quotation.quote, marker=desk.marker(quotation)))
    return Status.REFUSE


def write_other_measure(desk: Desk) -> Status:
    """Say that something else than a score is asked of a node, and give the score as the nearest thing."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    node, years = query.nodes[-1], query.years
    is_observed = any(figures.raw(node, year) for year in figures.years)
    key = "outside.measure" if is_observed else "outside.measure_score"
    draft.say(key, node=desk.name(node), measure=query.measure)
    for year in years:
        score = figures.score(node, year)
        draft.say("value.score", year=year, node=desk.name(node), score=score, marker=desk.printed(node, [year]))
    draft.paragraph()
    covers(desk)
    return Status.REFUSE


def covers(desk: Desk) -> None:
    """Say what the data cover."""
    figures = desk.figures
    first, last = figures.result.span[0], figures.result.span[-1]
    units = desk.draft.wording.join(list(filter(None, figures.result.units)))
    desk.draft.say(
        "outside.covers" if first < last else "outside.covers_year",
        unit=desk.draft.phrase("outside.for_units", units=units) if units else "",
        first=first,
        last=last,
        name=desk.name(figures.definition.root),
        count=figures.count(figures.definition.indicators, figures.definition.root),
    )
    if desk.sources.documents:
        desk.draft.say("outside.documents", documents=desk.draft.wording.join(desk.sources.documents))


def write_clarify(desk: Desk) -> Status:
    """Ask which of several nodes is meant; where a value was asked for, give each, so that nobody has to wait."""
    query, draft = desk.query, desk.draft
    draft.say("clarify.which", name=query.name, nodes=desk.names(query.readings))
    years = [year for year in query.years if year in desk.figures.years] or desk.figures.years[-1:]
    draft.paragraph()
    for node in query.readings:
        score = desk.figures.score(node, years[-1])
        draft.line(draft.phrase("clarify.value", node=desk.name(node), year=years[-1], score=score))
        draft.choices.append(desk.name(node))
    return Status.CLARIFY


def write_ask_for_node(desk: Desk) -> Status:
    """Ask which node a question means that points back to nothing."""
    root = desk.figures.definition.root
    desk.draft.say("clarify.node", nodes=desk.names([root, *root.children]))
    desk.draft.choices.extend(desk.name(node) for node in (root, *root.children))
    return Status.CLARIFY


def write_ask_what_moved(desk: Desk) -> Status:
    """Ask what is meant to have moved where nothing is named and the whole did not; tell what did, to choose from."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    end, way = figures.years[-1], desk.query.direction
    start = max((year for year in figures.years if year < end), default=end)
    if start == end:
        return write_ask_for_node(desk)
    changes = {node: figures.change(node, start, end) for node in figures.definition.nodes.values()}
    moved = [node for node, change in changes.items() if change.direction == way]
    draft.say("clarify.moved", start_year=start, year=end, node=desk.name(root), change=changes[root])
    draft.paragraph()
    for node in moved:
        draft.line(draft.phrase("clarify.change", node=desk.name(node), year=end, change=changes[node]))
        key = "clarify.why_rose" if way > 0 else "clarify.why_fell"
        draft.choices.append(draft.phrase(key, year=end, node=desk.name(node)))
    return Status.CLARIFY


def write_help(desk: Desk) -> Status:
    """Tell what is asked about the assistant, or introduce it."""
    topics = [topic for topic in desk.query.aspects if topic != "data"]
    for topic in topics:
        desk.draft.say(f"help.{topic}")
    if topics:
        return Status.REFUSE if topics in (["instructions"], ["editing"]) else Status.ANSWER
    if not desk.query.aspects:
        key = "help.intro" if desk.sources.documents else "help.intro_plain"
        desk.draft.say(key, name=desk.name(desk.figures.definition.root))
    covers(desk)
    if not desk.query.aspects:
        _examples(desk)
    return Status.ANSWER


def _examples(desk: Desk) -> None:
    """List questions that can be asked: those of the index, or in another language than its own some made for it."""
    definition, draft = desk.figures.definition, desk.draft
    draft.paragraph()
    draft.say("help.examples")
    draft.paragraph()
    examples = definition.examples if draft.language == definition.language else ()
    for example in examples or _samples(desk):
        draft.line(draft.phrase("help.example", example=example))


def _samples(desk: Desk) -> list[str]:
    root, year = desk.figures.definition.root, desk.figures.years[-1]
    names = {"node": desk.name(root.children[0]), "whole": desk.name(root), "year": year}
    return [desk.draft.phrase(f"help.sample_{kind}", **names) for kind in ("value", "why", "trend", "target")]
