"""How a score is computed: with the figures of one year filled in."""

from assistant.answer import Status
from assistant.desk import Desk
from assistant.writers.structure import quote_definition
from assistant.writers.values import raw_marker
from scoring import Node


def write_computations(desk: Desk) -> Status:
    """Write out the score of each node in the latest year asked for."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        year = max(desk.query.years)
        if node.children:
            _write_mean(desk, node, year)
        else:
            _write_indicator(desk, node, year)
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


def _write_indicator(desk: Desk, node: Node, year: int) -> None:
    draft, figures = desk.draft, desk.figures
    if node.definition:
        quote_definition(desk, node)
    score, raw = figures.score(node, year), figures.raw(node, year)
    observation = figures.result.observation(node.id, year, figures.unit)
    values = {"node": desk.name(node), "year": year, "score": score, "marker": desk.printed(node, [year])}
    if observation is not None and observation.score is not None:
        draft.say("computation.given" if observation.score_section else "computation.given_plain", **values)
    elif raw is not None:
        draft.say("computation.converted", raw=raw, raw_marker=raw_marker(desk, node, year), **values)
    draft.say(f"definition.{node.direction}")
