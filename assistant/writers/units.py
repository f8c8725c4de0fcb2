"""How scored units compare: their values, their order, and how far they are apart."""

from collections.abc import Sequence

from assistant.answer import Figure, Kind, Status
from assistant.desk import Desk
from assistant.figures.computed import Figures
from assistant.writers.values import asks_raw_alone
from scoring import Node

Measured = Sequence[tuple[Figures, Figure]]
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
        observed = [(figures, raw) for figures in _all(desk) if (raw := figures.raw(node, year))]
        of_raw = asks_raw_alone(desk) and len(observed) == len(_all(desk))
        items = (
            [_item(desk, "units.value", node, *pair) for pair in observed]
            if of_raw
            else [_value(desk, figures, node, year) for figures in _all(desk)]
        )
        desk.draft.say(
            "units.raw_values" if of_raw else "units.values",
            year=year,
            node=desk.name(node),
            values=desk.draft.wording.join(items),
        )
    return Status.ANSWER


def write_unit_rankings(desk: Desk) -> Status:
    """Put the units in order of the score of each node, or of how far it moved."""
    query = desk.query
    for node in query.nodes:
        desk.draft.paragraph()
        if query.direction or query.asks_change:
            _write_moves(desk, node)
            continue
        for year in query.years:
            write_order(desk, node, year)
    return Status.ANSWER


def _write_moves(desk: Desk, node: Node) -> None:
    """Put the units in order of how far they moved, from the end that is asked for."""
    start, end = desk.span()
    if start == end:
        desk.draft.say("ranking.first_year", year=end)
        return
    from_top = desk.query.direction >= 0
    moves = [(_named(desk, figures), figures.change(node, start, end)) for figures in _all(desk)]
    moves.sort(key=lambda move: move[1].value, reverse=from_top)
    items = [desk.draft.phrase("units.item", unit=unit, value=change, beside="") for unit, change in moves]
    key = "units.moves_down" if from_top else "units.moves_up"
    parts = desk.draft.wording.join(items)
    desk.draft.say(key, start_year=start, end_year=end, node=desk.name(node), parts=parts)


def write_order(desk: Desk, node: Node, year: int) -> None:
    """Put the units in order of their scores, or of what was observed; of the one that is named its place first."""
    scored = [f for f in _all(desk) if f.result.has_score(node.id, year, f.unit)]
    of_value = (
        desk.query.extreme and node.is_indicator and not (_OF_SCORES & {*desk.query.points} or desk.query.asks_score)
    )
    raws = [(figures, raw) for figures in scored if of_value and (raw := figures.raw(node, year))]
    if raws and len(raws) == len(scored):
        _write_order_of(desk, node, raws, "raw_")
        return
    scores = [(figures, figures.score(node, year)) for figures in scored]
    _write_place(desk, node, scores)
    _write_order_of(desk, node, scores, "")


def _write_place(desk: Desk, node: Node, scores: Measured) -> None:
    named = [pair for pair in scores if pair[0].unit in desk.query.units]
    if len(named) != 1 or desk.query.extreme:
        return
    figures, score = named[0]
    ranked = sorted((other for _, other in scores), key=lambda other: -other.value)
    units = desk.draft.wording.join([other.unit for other, _ in scores])
    desk.draft.say(
        "units.place",
        year=score.year,
        node=desk.name(node),
        unit=figures.unit,
        place=figures.rank(1 + sum(other.value > score.value for other in ranked), score, ranked),
        count=figures.count_of(len(ranked), units, node),
        value=score,
    )


def _write_order_of(desk: Desk, node: Node, measured: Measured, what: str) -> None:
    sense = desk.query.extreme or 1
    ranked = sorted(measured, key=lambda pair: -sense * pair[1].value)
    leaders = [pair for pair in ranked if pair[1].display == ranked[0][1].display]
    desk.draft.leaders[:] = [figures.unit for figures, _ in leaders]
    first = desk.draft.wording.join([_item(desk, "units.leader", node, *pair) for pair in leaders])
    end = "highest" if sense > 0 else "lowest"
    desk.draft.say(f"units.{what}{end}", year=ranked[0][1].year, node=desk.name(node), first=first)
    if others := ranked[len(leaders) :]:
        items = [_item(desk, "units.item", node, *pair) for pair in others]
        desk.draft.say("units.following", units=desk.draft.wording.join(items))
    if len(measured) == 2 and not what and ranked[0][1].display != ranked[1][1].display:
        (ahead, _), (behind, score) = ranked
        desk.draft.say("units.apart", gap=ahead.lead(behind, node, int(score.year or 0)))
    if without := [f.unit for f in _all(desk) if f not in [figures for figures, _ in measured]]:
        desk.draft.say("units.without", units=desk.draft.wording.join(without), node=desk.name(node))


def _item(desk: Desk, key: str, node: Node, figures: Figures, value: Figure) -> str:
    unit = figures.unit if key == "units.leader" else _named(desk, figures)
    return desk.draft.phrase(key, unit=unit, value=value, beside=_beside(desk, figures, node, value))


def _named(desk: Desk, figures: Figures) -> str:
    """Give the name of a unit, with a blank between a Latin one and a number right behind it."""
    return figures.unit + (" " if desk.query.language == "zh" and figures.unit[-1:].isascii() else "")


def _all(desk: Desk) -> list[Figures]:
    return [desk.figures, *desk.others]


def _value(desk: Desk, figures: Figures, node: Node, year: int) -> str:
    """Write the score of a unit, with what was observed."""
    score = figures.score_if_any(node, year)
    if score is None:
        return desk.draft.phrase("units.none", unit=figures.unit)
    return _item(desk, "units.value", node, figures, score) + desk.of(figures).printed(node, [year])


def _beside(desk: Desk, figures: Figures, node: Node, value: Figure) -> str:
    """Write in brackets the score of what was observed, or what was observed behind a score."""
    if value.kind is Kind.CHANGE or value.year is None or not node.is_indicator:
        return ""
    score, raw = figures.score_if_any(node, value.year), figures.raw(node, value.year)
    if not (score and raw) or (node.is_its_score and score.value == raw.value):
        return ""
    of_raw = value.kind is Kind.RAW
    return desk.draft.phrase("units.score", score=score) if of_raw else desk.draft.phrase("units.raw", raw=raw)


def _write_years(desk: Desk, node: Node) -> None:
    """Give the scores of several years as a table, a unit in each row."""
    draft, years = desk.draft, desk.query.years
    rows: list[str] = []
    for figures in _all(desk):
        scores = [figures.score_if_any(node, year) for year in years]
        for score in filter(None, scores):
            draft.keep(score)
        cells = " | ".join(score.display if score else "—" for score in scores)
        rows.append(draft.phrase("value.table_row", node=figures.unit, scores=cells))
    unit = draft.wording.in_brackets(desk.figures.definition.score_unit)
    shown = draft.wording.join([str(year) for year in years])
    draft.say("units.table_lead", node=desk.name(node), years=shown, in_unit=unit)
    header = " | ".join(map(str, years))
    draft.block(draft.phrase("units.table", years=header, rules=" ---: |" * len(years), rows="\n".join(rows)))
