"""How high a node scored, and what was observed."""

from assistant.answer import Status
from assistant.desk import Desk
from scoring import Node


def write_values(desk: Desk) -> Status:
    """Give the score of each node in each year; of an indicator also the observed value where it is known."""
    for node in desk.query.nodes:
        for year in desk.query.years:
            _write_value(desk, node, year)
        desk.caution_printed(node, desk.query.years)
    return Status.ANSWER


def _write_value(desk: Desk, node: Node, year: int) -> None:
    draft, figures = desk.draft, desk.figures
    draft.paragraph()
    draft.say(
        "value.score",
        year=year,
        node=desk.name(node),
        score=figures.score(node, year),
        marker=desk.printed(node, [year]),
    )
    if node.children:
        parts = [
            draft.phrase(
                "value.part",
                node=desk.name(child),
                score=figures.score(child, year),
                weight=figures.weight_share(child, node),
            )
            for child in node.children
        ]
        draft.say("value.composed", parts=draft.wording.join(parts))
        return
    raw = figures.raw(node, year)
    if raw is not None:
        draft.say("value.raw", raw=raw, marker=raw_marker(desk, node, year))
    elif desk.query.asks_raw:
        draft.say("value.raw_unknown", year=year, node=desk.name(node))
        if values := raw_values(desk, node, figures.years):
            draft.say("value.raw_elsewhere", values=values)


def raw_values(desk: Desk, node: Node, years: list[int]) -> str:
    """Write the observed values of an indicator in those of the years for which one is printed."""
    items = [
        desk.draft.phrase("value.raw_item", year=year, raw=raw, marker=raw_marker(desk, node, year))
        for year in years
        for raw in [desk.figures.raw(node, year)]
        if raw is not None
    ]
    return desk.draft.wording.join(items)


def raw_marker(desk: Desk, node: Node, year: int) -> str:
    """Cite the sentence that prints an observed value."""
    observation = desk.figures.result.observation(node.id, year, desk.figures.unit)
    return desk.marker(desk.sources.observed_raw(observation, node)) if observation else ""
