"""Which indicators the scores in an answer had to do without."""

from collections import defaultdict
from collections.abc import Iterator

from assistant.answer import Figure, Kind
from assistant.desk import Desk
from scoring import Node

_OF_SCORES = {Kind.SCORE, Kind.CHANGE, Kind.DIFFERENCE, Kind.CONTRIBUTION, Kind.SCENARIO}


def caution_missing(desk: Desk) -> None:
    """Say of each unit and year in the answer which indicators have no data, so that others bear their weight."""
    definition = desk.figures.definition
    if definition.missing != "reweight":
        return
    lacking: defaultdict[tuple[str, int], dict[Node, None]] = defaultdict(dict)
    for figure in desk.draft.figures:
        for unit, year, leaf in _lacking(desk, figure):
            lacking[unit, year][leaf] = None
    for (unit, year), leaves in sorted(lacking.items(), key=lambda item: item[0]):
        if desk.draft.named:
            desk.draft.named.update(dict.fromkeys(leaf.id for leaf in leaves))
        desk.draft.warn("caution.missing", unit=unit, year=year, nodes=desk.names(list(leaves)))


def _lacking(desk: Desk, figure: Figure) -> Iterator[tuple[str, int, Node]]:
    """Yield the unit, year and indicator of each gap under a node that has a score all the same."""
    if figure.kind not in _OF_SCORES:
        return
    result, unit = desk.figures.result, figure.unit or desk.figures.unit
    for year in {figure.year, figure.base_year} & {*result.years(unit)}:
        if year is None or not result.has_score(figure.node_id, year, unit):
            continue
        for leaf in result.definition.leaves(figure.node_id):
            if not result.has_score(leaf.id, year, unit):
                yield unit, year, leaf
