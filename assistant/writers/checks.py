"""What the report prints beside what its own table gives."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from scoring import Reconciled


def write_checks(desk: Desk) -> Status:
    """Compare the printed scores of the nodes and years asked for, or all of them, with the recomputed ones."""
    query, draft, figures = desk.query, desk.draft, desk.figures
    rows = [
        row
        for row in desk.sources.reconciled(figures.unit)
        if (not query.nodes or row.published.node in query.nodes)
        and (not query.years or row.published.year in query.years)
    ]
    if not rows:
        draft.say("check.nothing")
        return Status.REFUSE
    differing = [row for row in rows if not row.agrees]
    root = figures.definition.root
    count = figures.count_of(len(rows), _listed(desk, rows), root)
    if differing:
        wrong = figures.count_of(len(differing), _listed(desk, differing), root)
        draft.say("check.differ", count=count, differing=wrong)
    else:
        draft.say("check.agree", count=count)
    if len(rows) == 1 and not differing:
        figure = rows[0].published
        score, marker = figures.score(figure.node, figure.year), desk.printed(figure.node, [figure.year])
        draft.say("value.score", year=figure.year, node=desk.name(figure.node), score=score, marker=marker)
    for row in differing:
        desk.caution_printed(row.published.node, [row.published.year])
    return Status.ANSWER


def _listed(desk: Desk, rows: Sequence[Reconciled]) -> str:
    return desk.draft.wording.join([f"{row.published.year} {desk.name(row.published.node)}" for row in rows])
