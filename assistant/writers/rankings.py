"""Which nodes stand highest or lowest, or moved most."""

from collections.abc import Sequence

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.writers.measures import write_gap
from assistant.writers.thresholds import Ranked, write_bounded, write_bounded_moves, write_full
from assistant.writers.values import is_best
from scoring import Node

_FOLLOWING = 2
_ALIKE = {1: "ranking.rose_alike", -1: "ranking.fell_alike", 0: "ranking.stood_alike"}


def write_rankings(desk: Desk) -> Status:
    """Rank nodes by score in each year asked for, or by how far they moved over the years."""
    query, figures = desk.query, desk.figures
    nodes = _candidates(desk)
    if "record" in query.points and query.extreme:
        _write_record(desk, nodes)
        return Status.ANSWER
    if "spread" in query.points and query.extreme:
        _write_spread(desk, nodes)
        return Status.ANSWER
    if "full" in query.points:
        of_years = {year: desk.scored(nodes, [year]) for year in query.years}
        told = [year for year, scored in of_years.items() if any(is_best(desk, node, year) for node in scored)]
        for year in told or query.years:
            write_full(desk, of_years[year], year)
        return Status.ANSWER
    is_bounded = bool(query.claims) and not query.extreme
    is_pair = query.nodes == tuple(nodes) and len(nodes) == 2
    moved = (query.direction and not (is_pair and query.asks_gap)) or query.asks_change or query.is_range
    if moved and not is_bounded:
        start, end = desk.span()
        if start == end and str(end) not in query.text:
            end = figures.years[-1]  # the year was spoken of before
        if start == end:
            desk.draft.say("ranking.first_year", year=end)
            return Status.ANSWER
        _write_moves(desk, [(node, figures.change(node, start, end)) for node in desk.scored(nodes, [start, end])])
        return Status.ANSWER
    if is_bounded and query.direction and len(query.years) > 1:
        start, end = desk.span()
        moves = [(node, figures.change(node, start, end)) for node in desk.scored(nodes, [start, end])]
        write_bounded_moves(desk, moves, float(query.claims[0]))
        return Status.ANSWER
    for year in query.years:
        desk.draft.paragraph()
        scores = [(node, figures.score(node, year)) for node in desk.scored(nodes, [year])]
        if is_pair and not is_bounded:
            _write_pair(desk, nodes, year)
        elif is_bounded:
            write_bounded(desk, scores, float(query.claims[0]))
        else:
            _write_scores(desk, scores)
    return Status.ANSWER


def _write_pair(desk: Desk, nodes: Sequence[Node], year: int) -> None:
    """Tell which of two nodes stands higher, or lower where that is asked for, and by how much."""
    ahead = desk.query.extreme or 1
    first, second = sorted(nodes, key=lambda node: -ahead * desk.figures.score(node, year).value)
    desk.draft.found[:] = [first.id]
    write_gap(desk, first, second, year)


def _candidates(desk: Desk) -> list[Node]:
    """List what is to be ranked: the nodes of the levels asked for, within the dimension named; or the nodes named."""
    definition, named = desk.figures.definition, desk.query.nodes
    within = [node for node in named if node.children] or [definition.root]
    if len(named) > 1 and set(desk.query.levels) <= {definition.storey(node.id) for node in named}:
        return list(named)
    below = {inner.id for node in within for inner in node.walk() if inner is not node}
    depths = desk.query.levels or (definition.lowest_level,)
    ranked = [node for depth in dict.fromkeys(depths) for node in desk.at_level(depth)]
    return [node for node in ranked if node.id in below] or ranked


def _write_scores(desk: Desk, found: Ranked) -> None:
    draft = desk.draft
    lowest = desk.query.extreme < 0
    ranked = sorted(found, key=lambda pair: pair[1].value if lowest else -pair[1].value)
    _write_places(desk, sorted(found, key=lambda pair: -pair[1].value))
    leaders: list[Node] = []
    if desk.query.place > 1:
        _write_at_place(desk, ranked)
    else:
        leaders = _write_leaders(desk, ranked, "ranking.lowest" if lowest else "ranking.highest")
        if "ends" in desk.query.points:
            leaders += _write_other_end(desk, ranked)
        else:
            _write_following(desk, ranked[len(leaders) : max(desk.query.top, len(leaders) + _FOLLOWING)])
        draft.found[:] = [node.id for node in leaders]
    _write_table(desk, ranked[: max(desk.query.top, len(leaders))] if desk.query.top else ranked)


def _write_leaders(desk: Desk, ranked: Ranked, key: str) -> list[Node]:
    """Tell which nodes stand first, and give them."""
    first = ranked[0][1]
    leaders = _level_with(ranked, first)
    desk.draft.say(
        key,
        year=first.year,
        count=desk.figures.count([node for node, _ in ranked], desk.figures.definition.root),
        level=desk.level(leaders[0]),
        nodes=desk.names(leaders),
        score=first,
        marker=desk.printed(leaders[0], [int(first.year or 0)]),
    )
    return leaders


def _write_other_end(desk: Desk, ranked: Ranked) -> list[Node]:
    """Tell which nodes stand last, and how far from the first; give them."""
    (first, _), (last, lowest) = ranked[0], ranked[-1]
    others = _level_with(ranked, lowest)
    gap = desk.figures.difference(first, last, int(lowest.year or 0))
    desk.draft.say("ranking.other_end", nodes=desk.names(others), score=lowest, gap=gap)
    return others


def _level_with(ranked: Ranked, figure: Figure) -> list[Node]:
    """List the nodes that a figure reads the same for."""
    return [node for node, other in ranked if other.display == figure.display]


def _write_at_place(desk: Desk, ranked: Ranked) -> None:
    """Tell which nodes stand at the place asked for; where others share it from before, also who comes after them."""
    draft, figures = desk.draft, desk.figures
    values = [figure for _, figure in ranked]
    asked = min(desk.query.place, len(ranked))
    first = _place(values[asked - 1], values)
    held = [pair for pair in ranked if pair[1].display == values[asked - 1].display]
    after = [pair for pair in ranked[asked:] if pair not in held]
    is_shared = first < asked and bool(after)
    shown = [pair for pair in after if pair[1].display == after[0][1].display] if is_shared else held
    draft.found[:] = [node.id for node, _ in shown]
    key = "ranking.tied" if is_shared else "ranking.at_place"
    draft.say(
        f"{key}_up" if desk.query.extreme < 0 else f"{key}_down",
        year=values[0].year,
        count=figures.count([node for node, _ in ranked], figures.definition.root),
        level=desk.level(held[0][0]),
        tied=desk.names([node for node, _ in held]) if is_shared else "",
        tied_score=held[0][1],
        first=figures.rank(first, held[0][1], values),
        place=figures.rank(_place(shown[0][1], values), shown[0][1], values),
        nodes=desk.names([node for node, _ in shown]),
        score=shown[0][1],
        marker=desk.printed(shown[0][0], [int(values[0].year or 0)]),
    )


def _years(desk: Desk) -> list[int]:
    """List the years of the range asked for, or all."""
    query, years = desk.query, desk.figures.years
    return [year for year in years if not query.is_range or min(query.years) <= year <= max(query.years)]


def _write_record(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell the highest or lowest score that any of some nodes had in any of the years."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    years = _years(desk)
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


def _write_spread(desk: Desk, nodes: Sequence[Node]) -> None:
    """Tell whose highest and lowest score of all years are farthest apart, or nearest."""
    draft, figures, query = desk.draft, desk.figures, desk.query
    years = _years(desk)
    spreads: list[tuple[Node, Figure]] = []
    for node in nodes:
        low, *_, high = sorted(years, key=lambda year: figures.score(node, year).value)
        spreads.append((node, figures.change(node, min(low, high), max(low, high))))
    ranked = sorted(spreads, key=lambda pair: -query.extreme * abs(pair[1].value))
    node, change = ranked[0]
    draft.found[:] = [node.id]
    draft.say(
        "ranking.spread_most" if query.extreme > 0 else "ranking.spread_least",
        first_year=years[0],
        last_year=years[-1],
        node=desk.name(node),
        start_year=change.base_year,
        end_year=change.year,
        start=figures.score(node, int(change.base_year or 0)),
        end=figures.score(node, int(change.year or 0)),
        change=change,
        marker=desk.printed(node, [int(change.base_year or 0), int(change.year or 0)]),
    )
    _write_following(desk, ranked[1 : 1 + _FOLLOWING])


def _write_moves(desk: Desk, found: Ranked) -> None:
    draft, figures, query = desk.draft, desk.figures, desk.query
    sign = -1 if query.extreme < 0 else 1
    of_direction = [pair for pair in found if not query.direction or pair[1].direction == query.direction]
    ranked = sorted(of_direction, key=lambda pair: -sign * abs(pair[1].value))
    start, end = found[0][1].base_year, found[0][1].year
    count = figures.count([node for node, _ in found], figures.definition.root)
    is_chosen = 1 < len(found) == len(query.nodes)
    level = draft.phrase("level.asked") if is_chosen else desk.level_of_all([node for node, _ in found])
    if not ranked:
        key = "ranking.none_rose" if query.direction > 0 else "ranking.none_fell"
        draft.say(key, start_year=start, end_year=end, count=count, level=level)
        _write_table(desk, sorted(found, key=lambda pair: -pair[1].value))
        return
    if len(found) == len(ranked) == len(query.nodes) == 2 and ranked[0][1].display == ranked[1][1].display:
        (one, move), (other, _) = ranked
        draft.say(_ALIKE[move.direction], start_year=start, end_year=end, nodes=desk.names([one, other]), change=move)
        _write_table(desk, ranked)
        return
    place = min(max(query.place, 1), len(ranked))
    leader, change = ranked[place - 1]
    draft.found[:] = [leader.id]
    key = {1: "ranking.rose", -1: "ranking.fell", 0: "ranking.same"}[change.direction]
    if not query.direction and change.direction and len({move.direction for _, move in ranked}) > 1:
        key = "ranking.moved"
    end_of = "at_place" if place > 1 else "least" if sign < 0 else "most"
    draft.say(
        f"{key}_{end_of}" if change.direction else key,
        place=figures.rank(place, change, [move for _, move in ranked]),
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
    _write_following(desk, ranked[place : place + _FOLLOWING])
    if len(found) == len(query.nodes) == 2:
        other = next(node for node, _ in found if node is not leader)
        draft.say("ranking.moves_apart", gap=figures.outrun(leader, other, int(start or 0), int(end or 0)))
    _write_table(desk, sorted(found, key=lambda pair: -(query.direction or 1) * pair[1].value))


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
