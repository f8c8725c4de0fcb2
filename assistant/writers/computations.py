"""How a score is computed: with the figures of one year filled in."""

from assistant.answer import Status
from assistant.desk import Desk
from assistant.writers.conversions import write_conversion
from scoring import Node


def write_computations(desk: Desk) -> Status:
    """Write out the score of each node in the latest year asked for."""
    year = max(desk.query.years or desk.figures.years)
    for node in desk.query.nodes:
        desk.draft.paragraph()
        if node.children:
            _write_mean(desk, node, year)
        else:
            write_conversion(desk, node)
        desk.caution_printed(node, [year])
    return Status.ANSWER


def _write_mean(desk: Desk, node: Node, year: int) -> None:
    draft, figures = desk.draft, desk.figures
    terms = [
        draft.phrase(
            "computation.term",
            node=desk.name(child),
            score=figures.score(child, year),
            weight=figures.weight(child, node),
        )
        for child in node.children
        if figures.result.has_score(child.id, year, figures.unit)
    ]
    draft.say(
        f"computation.{node.aggregation}",
        node=desk.name(node),
        year=year,
        score=figures.score(node, year),
        terms=draft.wording.join(terms),
        marker=desk.printed(node, [year]),
    )
    inner = [child for child in node.children if child.children]
    if inner:
        draft.say("computation.inner", nodes=desk.names(inner))
