"""In which years a score, or what it moved by, lay above or below a size that is named."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.answer import Figure
from assistant.desk import Desk
from scoring import Node


def write_bounded_years(desk: Desk, node: Node, years: Sequence[int], bound: float) -> None:
    """Tell in which years a score, or what it moved by, was below a bound, or at it and above."""
    moves = desk.query.direction or desk.query.asks_change
    if moves and len(years) > 1 and bound < min(desk.figures.score(node, year).value for year in years) / 2:
        _write_moves(desk, node, years, bound)  # no score is anywhere near
    else:
        _write_scores(desk, node, years, bound)


def _write_moves(desk: Desk, node: Node, years: Sequence[int], bound: float) -> None:
    """Tell in which years a score rose, or fell, by a bound at least, or by less."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    ahead = query.direction or 1
    steps = [figures.change(node, start, end) for start, end in pairwise(years)]
    moved = [step for step in steps if step.direction == ahead]
    held = [step for step in moved if (abs(step.value) < bound) == (query.bound < 0)]
    for step in steps:
        draft.keep(step)
    key = f"trend.{'rose' if ahead > 0 else 'fell'}_{'less' if query.bound < 0 else 'more'}"
    _say(desk, key, node, years, bound, held)


def _write_scores(desk: Desk, node: Node, years: Sequence[int], bound: float) -> None:
    """Tell in which years a score was below a bound, or at it and above."""
    draft, figures = desk.draft, desk.figures
    above = desk.query.bound > 0
    scores = [figures.score(node, year) for year in years]
    beyond = desk.query.is_beyond
    held = [s for s in scores if (s.value > bound if beyond else s.value >= bound) == above]
    for score in scores:
        draft.keep(score)
    if "only_then" in desk.query.points:
        judge_only_then(desk, held)
    elif desk.query.confirms and "when" not in desk.query.points:
        draft.say("verdict.yes" if held == scores else "check.other" if desk.query.checks else "verdict.no")
    key = "trend.beyond" if beyond else "trend.above" if above else "trend.below"
    _say(desk, key, node, years, bound, held)


def judge_only_then(desk: Desk, held: Sequence[Figure]) -> None:
    """Say whether the year asked for is the only one of which something holds."""
    desk.draft.say("verdict.yes" if [figure.year for figure in held] == [*desk.query.years] else "verdict.no")


def _say(desk: Desk, key: str, node: Node, years: Sequence[int], bound: float, held: Sequence[Figure]) -> None:
    """Tell the years for which it holds, or that there is none."""
    draft = desk.draft
    in_years = draft.wording.join([str(figure.year) for figure in held])
    draft.say(
        key if held else f"{key}_never",
        node=desk.name(node),
        bound=desk.prospects.goal(node, bound),
        first_year=years[0],
        last_year=years[-1],
        number=desk.figures.count_of(len(held), in_years, node),
        years=listed(desk, held),
        marker=desk.printed(node, [years[-1]]),
    )


def listed(desk: Desk, figures: Sequence[Figure], key: str = "trend.step") -> str:
    """Write figures of years, each with its year."""
    draft = desk.draft
    return draft.wording.join([draft.phrase(key, year=figure.year, change=figure) for figure in figures])
