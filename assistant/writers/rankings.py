"""Which nodes stand highest or lowest, or moved most."""

from collections.abc import Sequence

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.writers.values import is_best
from scoring import Node

_FOLLOWING = 2

Ranked = Sequence[tuple[Node, Figure]]


def write_rankings(desk: Desk) -> Status:
    """Rank nodes by score in each year asked for, or by how far they moved over the years."""
    query, figures = desk.query, desk.figures
    nodes = _candidates(desk)
    if "record" in query.points and query.extreme:
        _write_record(desk, nodes)
        return Status.ANSWER
    if "full" in query.points:
        for year in query.years:
            _write_full(desk, desk.scored(nodes, [year]), year)
        return Status.ANSWER
    moved = query.direction or query.asks_change or query.is_range
    if moved:
        start, end = desk.span()
        if start == end:
            desk.draft.say("ranking.first_year", year=end)
            return Status.ANSWER
        _write_moves(desk, [(node, figures.change(node, start, end)) for node in desk.scored(nodes, [start, end])])
        return Status.ANSWER
    for year in query.years:
        desk.draft.paragraph()
        scores = [(node, figures.score(node, year)) for node in desk.scored(nodes, [year])]
        if query.bound and query.claims:
            _write_bounded(desk, scores, float(query.claims[0]))
        else:
            _write_scores(desk, scores)
    return Status.ANSWER


def _candidates(desk: Desk) -> list[Node]:
    """List what is to be ranked: the nodes of the levels asked for, within the dimension named; or the nodes named."""
    definition, named = desk.figures.definition, desk.query.nodes
    within = [node for node in named if node.children] or [definition.root]
    if len(named) > 1 and not desk.query.levels:
        return list(named)
    below = {inner.id for node in within for inner in node.walk() if inner is not node}
    depths = desk.query.levels or (max(map(definition.level, definition.nodes)),)
    return [node for depth in dict.fromkeys(depths) for node in desk.at_level(depth) if node.id in below]


def _write_scores(desk: Desk, found: Ranked) -> None:
    draft, figures = desk.draft, desk.figures
    lowest = desk.query.extreme < 0
    ranked = sorted(found, key=lambda pair: pair[1].value if lowest else -pair[1].value)
    leaders = [node for node, figure in ranked if figure.display == ranked[0][1].display]
    year = int(ranked[0][1].year or 0)
    draft.found[:] = [node.id for node in leaders]
    _write_places(desk, sorted(found, key=lambda pair: -pair[1].value))
    draft.say(
        "ranking.lowest" if lowest else "ranking.highest",
        year=year,
        count=figures.count([node for node, _ in found], figures.definition.root),
        level=desk.level(found[0][0]),
        nodes=desk.names(leaders),
        score=ranked[0][1],
        marker=desk.printed(leaders[0], [year]),
    )
    _write_following(desk, ranked[len(leaders) : len(leaders) + _FOLLOWING])
    _write_table(desk, ranked)


def _write_bounded(desk: Desk, found: Ranked, bound: float) -> None:
    """Tell which scores lie below a bound, or at it and above."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    above = desk.query.bound > 0
    held = sorted((pair for pair in found if (pair[1].value >= bound) == above), key=lambda pair: -pair[1].value)
    items = [draft.phrase("ranking.item", node=desk.name(node), value=figure) for node, figure in held]
    values = {
        "year": found[0][1].year,
        "count": figures.count([node for node, _ in found], root),
        "level": desk.level(found[0][0]),
        "bound": desk.prospects.goal(root, bound),
        "marker": desk.printed(root, [int(found[0][1].year or 0)]),
    }
    if not held:
        draft.say("ranking.none_above" if above else "ranking.none_below", **values)
        return
    number = figures.count([node for node, _ in held], root)
    key = "ranking.above" if above else "ranking.below"
    draft.say(key, **values, number=number, nodes=draft.wording.join(items))


def _write_full(desk: Desk, nodes: Sequence[Node], year: int) -> None:
    """Tell which nodes scored as high as they can."""
    draft, figures, root = desk.draft, desk.figures, desk.figures.definition.root
    full = [node for node in nodes if is_best(desk, node, year)]
    items = [draft.phrase("ranking.item", node=desk.name(node), value=figures.score(node, year)) for node in full]
    draft.say(
        "ranking.full" if full else "ranking.none_full",
        year=year,
        count=figures.count(nodes, root),
        level=desk.level(nodes[0]),
        number=figures.count(full, root),
        nodes=draft.wording.join(items),
        marker=desk.printed(root, [year]),
    )


def _write_record(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell the highest or lowest score that any of some nodes had in any of the years."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    years = [year for year in figures.years if not query.is_range or min(query.years) <= year <= max(query.years)]
    scores = [(node, score) for node in nodes for year in years if (score := figures.score_if_any(node, year))]
    ahead = max(query.extreme * score.value for _, score in scores)
    held = [(node, score) for node, score in scores if query.extreme * score.value == ahead]
    draft.found[:] = dict.fromkeys(node.id for node, _ in held)
    by_node: dict[Node, list[str]] = {}
    for node, score in held:
        by_node.setdefault(node, []).append(draft.phrase("trend.year", year=score.year))
    items = [
        draft.phrase("ranking.record_item", node=desk.name(node), years=draft.wording.join(in_years), value=held[0][1])
        for node, in_years in by_node.items()
    ]
    for year in (years[0], years[-1]):
        draft.keep(next(score for _, score in scores if score.year == year))
    draft.say(
        "ranking.record_highest" if query.extreme > 0 else "ranking.record_lowest",
        first_year=years[0],
        last_year=years[-1],
        count=figures.count(nodes, figures.definition.root),
        level=desk.level(nodes[0]),
        items=draft.wording.join(items),
        marker=desk.printed(held[0][0], [int(held[0][1].year or 0)]),
    )


def _write_moves(desk: Desk, found: Ranked) -> None:
    draft, figures, query = desk.draft, desk.figures, desk.query
    sign = -1 if query.extreme < 0 else 1
    of_direction = [pair for pair in found if not query.direction or pair[1].direction == query.direction]
    ranked = sorted(of_direction, key=lambda pair: -sign * abs(pair[1].value))
    start, end = found[0][1].base_year, found[0][1].year
    count = figures.count([node for node, _ in found], figures.definition.root)
    level = desk.level(found[0][0])
    if not ranked:
        key = "ranking.none_rose" if query.direction > 0 else "ranking.none_fell"
        draft.say(key, start_year=start, end_year=end, count=count, level=level)
        _write_table(desk, sorted(found, key=lambda pair: -pair[1].value))
        return
    leader, change = ranked[0]
    draft.found[:] = [leader.id]
    key = {1: "ranking.rose", -1: "ranking.fell", 0: "ranking.same"}[change.direction]
    draft.say(
        f"{key}_least" if sign < 0 and change.direction else f"{key}_most" if change.direction else key,
        start_year=start,
        end_year=end,
        count=count,
        level=level,
        node=desk.name(leader),
        change=change,
        start=figures.score(leader, int(start or 0)),
        end=figures.score(leader, int(end or 0)),
        marker=desk.printed(leader, [int(end or 0), int(start or 0)]),
    )
    _write_following(desk, ranked[1 : 1 + _FOLLOWING])
    _write_table(desk, sorted(found, key=lambda pair: -pair[1].value))


def _write_places(desk: Desk, ranked: Ranked) -> None:
    """Tell the place of each indicator that the question names."""
    values = [figure for _, figure in ranked]
    for node, figure in ranked:
        if node in desk.query.nodes and len(ranked) > len(desk.query.nodes):
            place = desk.figures.rank(_place(figure, values), figure, values)
            count = desk.figures.count([node for node, _ in ranked], desk.figures.definition.root)
            level = desk.level(node)
            desk.draft.say(
                "ranking.place",
                node=desk.name(node),
                count=count,
                level=level,
                place=place,
                value=figure,
                year=figure.year,
            )


def _place(figure: Figure, values: Sequence[Figure]) -> int:
    """Give the place in an order; equal ones share it."""
    return next(place for place, other in enumerate(values, 1) if other.display == figure.display)


def _write_following(desk: Desk, following: Ranked) -> None:
    items = [desk.draft.phrase("ranking.item", node=desk.name(node), value=figure) for node, figure in following]
    if items:
        desk.draft.say("ranking.following", nodes=desk.draft.wording.join(items))


def _write_table(desk: Desk, ranked: Ranked) -> None:
    """Give all of them in order."""
    draft, figures = desk.draft, desk.figures
    values = [figure for _, figure in ranked]
    rows: list[str] = []
    for node, figure in ranked:
        place = figures.rank(_place(figure, values), figure, values)
        rows.append(draft.phrase("ranking.row", place=place, node=desk.name(node), value=figure))
    unit = draft.wording.in_brackets(figures.definition.score_unit)
    draft.block(draft.phrase("ranking.table", in_unit=unit, rows="\n".join(rows)))
