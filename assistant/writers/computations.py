"""How a score is computed: with the figures of one year filled in."""

from assistant.answer import Status
from assistant.desk import Desk
from assistant.writers.conversions import write_conversion
from scoring import Node


def write_computations(desk: Desk) -> Status:
    """Write out the score of each node in the latest year asked for."""
    year = max(desk.query.years or desk.figures.years)
    nodes = [desk.figures.definition.only_leaf(node) for node in desk.query.nodes]
    for node in ([node for node in nodes if node.is_indicator] if desk.query.asks_same else None) or nodes:
        desk.draft.paragraph()
        if node.children:
            _write_mean(desk, node, year)
        else:
            write_conversion(desk, node)
        desk.caution_printed(node, [year])
    return Status.ANSWER


def write_base(desk: Desk) -> Status:
    """Say which year the scores are set against, and that they may pass what they were then."""
    definition = desk.figures.definition
    scale = definition.score_range
    key = "computation.base" if scale is None else "computation.base_in_range"
    desk.draft.say(key, node=desk.name(definition.root), base_year=definition.base_year)
    year = max(desk.query.years or desk.figures.years)
    for node in desk.query.nodes or (definition.root,):
        if desk.figures.result.has_score(node.id, year, desk.figures.unit):
            score = desk.figures.score(node, year)
            desk.draft.say("value.score", year=year, node=desk.name(node), score=score, marker="")
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
