"""How scored units compare: their values, their order, and how far they are apart."""

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.figures import Figures
from scoring import Node

# Words that judge: of what is better when low they speak of the score, not of the value.
_OF_SCORES = {"merit", "quality"}


def write_unit_values(desk: Desk) -> Status:
    """Give the score of each node in each year for every unit."""
    for node in desk.query.nodes:
        desk.draft.paragraph()
        if len(desk.query.years) > 1:
            _write_years(desk, node)
            continue
        year = max(desk.query.years)
        items = [_value(desk, figures, node, year) for figures in _all(desk)]
        desk.draft.say("units.values", year=year, node=desk.name(node), values=desk.draft.wording.join(items))
    return Status.ANSWER


def write_unit_rankings(desk: Desk) -> Status:
    """Put the units in order of the score of each node, or of how far it moved."""
    query = desk.query
    for node in query.nodes:
        desk.draft.paragraph()
        if query.direction or query.asks_change or query.is_range:
            _write_moves(desk, node)
            continue
        for year in query.years:
            _write_order(desk, node, year)
    return Status.ANSWER


def _write_moves(desk: Desk, node: Node) -> None:
    """Put the units in order of how far they moved, from the end that is asked for."""
    start, end = desk.span()
    if start == end:
        desk.draft.say("ranking.first_year", year=end)
        return
    from_top = desk.query.direction >= 0
    moves = [(figures.unit, figures.change(node, start, end)) for figures in _all(desk)]
    moves.sort(key=lambda move: move[1].value, reverse=from_top)
    items = [desk.draft.phrase("units.item", unit=unit, value=change, raw="") for unit, change in moves]
    key = "units.moves_down" if from_top else "units.moves_up"
    parts = desk.draft.wording.join(items)
    desk.draft.say(key, start_year=start, end_year=end, node=desk.name(node), parts=parts)


def _write_order(desk: Desk, node: Node, year: int) -> None:
    """Put the units in order of their scores, of the one that is named its place first."""
    draft, query = desk.draft, desk.query
    sense = _sense(desk, node)
    scored = [f for f in _all(desk) if f.result.has_score(node.id, year, f.unit)]
    ranked = sorted(
        ((figures, figures.score(node, year)) for figures in scored), key=lambda pair: -sense * pair[1].value
    )
    named = [pair for pair in ranked if pair[0].unit in query.units]
    if len(named) == 1 and not query.extreme:
        figures, score = named[0]
        scores = [other for _, other in ranked]
        count = figures.count_of(len(ranked), draft.wording.join([f.unit for f, _ in ranked]), node)
        place = figures.rank(1 + scores.index(score), score, scores)
        draft.say(
            "units.place", year=year, node=desk.name(node), unit=figures.unit, place=place, count=count, value=score
        )
    leader, *others = ranked
    key = "units.highest" if sense > 0 else "units.lowest"
    draft.say(key, year=year, node=desk.name(node), first=_item(desk, "units.leader", node, *leader))
    if sense != (query.extreme or 1):
        draft.say("change.lower", node=desk.name(node))
    if others:
        items = [_item(desk, "units.item", node, *pair) for pair in others]
        draft.say("units.following", units=draft.wording.join(items))


def _item(desk: Desk, key: str, node: Node, figures: Figures, score: Figure) -> str:
    return desk.draft.phrase(key, unit=figures.unit, value=score, raw=_raw(desk, figures, node, score))


def _sense(desk: Desk, node: Node) -> int:
    """Tell by which end of the scores to begin: of what is better when low, "lowest" speaks of the value."""
    query = desk.query
    of_value = bool(query.extreme) and node.is_indicator and node.direction == "lower"
    return (query.extreme or 1) * (-1 if of_value and not (_OF_SCORES & {*query.points} or query.asks_score) else 1)


def _all(desk: Desk) -> list[Figures]:
    return [desk.figures, *desk.others]


def _value(desk: Desk, figures: Figures, node: Node, year: int) -> str:
    """Write the score of a unit, with what was observed."""
    if not figures.result.has_score(node.id, year, figures.unit):
        return desk.draft.phrase("units.none", unit=figures.unit)
    score = figures.score(node, year)
    return _item(desk, "units.value", node, figures, score) + desk.of(figures).printed(node, [year])


def _raw(desk: Desk, figures: Figures, node: Node, score: Figure) -> str:
    """Write in brackets what was observed behind a score, where it is known and another quantity."""
    raw = figures.raw(node, score.year) if node.is_indicator and score.year else None
    if raw is None or (node.normalise and node.normalise.method == "none"):
        return ""
    return desk.draft.phrase("units.raw", raw=raw)


def _write_years(desk: Desk, node: Node) -> None:
    """Give the scores of several years as a table, a unit in each row."""
    draft, years = desk.draft, desk.query.years
    rows: list[str] = []
    for figures in _all(desk):
        scores = [figures.score(node, y) if figures.result.has_score(node.id, y, figures.unit) else None for y in years]
        for score in filter(None, scores):
            draft.keep(score)
        cells = " | ".join(score.display if score else "—" for score in scores)
        rows.append(draft.phrase("value.table_row", node=figures.unit, scores=cells))
    unit = draft.wording.in_brackets(desk.figures.definition.score_unit)
    shown = draft.wording.join([str(year) for year in years])
    draft.say("units.table_lead", node=desk.name(node), years=shown, in_unit=unit)
    header = " | ".join(map(str, years))
    draft.block(draft.phrase("units.table", years=header, rules=" ---: |" * len(years), rows="\n".join(rows)))
