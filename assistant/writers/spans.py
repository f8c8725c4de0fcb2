"""Over which of several spans of years a score moved more."""

from assistant.answer import Status
from assistant.desk import Desk
from scoring import Node


def write_spans(desk: Desk) -> Status:
    """Set the movements of each node over the spans that a question names against each other."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        _write_spans(desk, node)
        desk.caution_printed(node, [year for span in desk.query.spans for year in span])
    return Status.ANSWER


def _write_spans(desk: Desk, node: Node) -> None:
    draft, figures = desk.draft, desk.figures
    way = desk.query.direction or 1
    changes = [figures.change(node, *span) for span in desk.query.spans]
    first, *others = sorted(changes, key=lambda change: -way * change.value)
    items = [
        draft.phrase("trend.span", first_year=change.base_year, last_year=change.year, change=change)
        for change in changes
    ]
    is_tied = any(first.display == other.display for other in others)
    key = "same" if is_tied else "up" if way > 0 else "down"
    draft.say(
        f"trend.larger_span_{key}",
        node=desk.name(node),
        first_year=first.base_year,
        last_year=first.year,
        items=draft.wording.join(items),
        marker=desk.printed(node, [int(first.base_year or 0), int(first.year or 0)]),
    )
