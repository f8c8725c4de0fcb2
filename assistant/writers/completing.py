"""What a question leaves to be understood: the whole index, the latest year, the year of a movement."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.desk import Desk
from assistant.writers.recoveries import since_it_was_there
from scoring import Node

# These choose their years themselves where none is named.
_OF_ANY_YEAR = {"trend", "computation"}
# These may be asked of each of several nodes.
_OF_EACH = {"value", "trend", "ranking"}


def completed(desk: Desk) -> Desk:
    """Fill in what the question leaves to be understood, and say so."""
    query, figures = desk.query, desk.figures
    nodes, years = _parts_asked_for(desk), query.years
    if not nodes and query.levels and query.kind in ("value", "trend"):
        nodes = tuple(node for depth in dict.fromkeys(query.levels) for node in desk.at_level(depth))
    elif not nodes and (not query.levels or query.kind == "robustness") and (desk.others or query.kind != "ranking"):
        nodes = (figures.definition.root,)
        desk.draft.note("value.whole", node=desk.name(nodes[0]))
    if query.of_all_years and not years:
        years = (figures.years[0], figures.years[-1])
    elif "full" in query.points and query.kind == "ranking" and (query.ever or "when" in query.points) and not years:
        years = tuple(figures.years)
    elif between := (
        since_it_was_there(desk, nodes)
        or _since_an_end(desk, nodes)
        or _moved_between(desk, nodes)
        or _years_of_values(desk, nodes)
    ):
        years = between
    elif not years and (run := _last_run(desk, nodes)):
        years = run
        desk.draft.note("value.last_run", first_year=years[0], last_year=years[-1])
    elif not years and (moved := _last_moved(desk, nodes)):
        years = (moved,)
        desk.draft.found_years[:] = years
        desk.draft.note("value.last_fall" if query.direction < 0 else "value.last_rise", year=moved)
    elif not years and query.kind not in _OF_ANY_YEAR and not ("record" in query.points and query.kind == "ranking"):
        years = (figures.years[-1],)
        desk.draft.note("value.latest", year=years[0])
    of_each_year = query.kind == "value" or (desk.others and not (query.direction or query.asks_change))
    if query.is_range and of_each_year:
        years = tuple(year for year in figures.years if min(years) <= year <= max(years))
    return replace(desk, query=replace(query, nodes=nodes, years=years))


def _parts_asked_for(desk: Desk) -> tuple[Node, ...]:
    """Give the nodes named; of one whole whose components are asked for, or those of a level under it, these."""
    query = desk.query
    if query.kind not in _OF_EACH or len(query.nodes) > 1:
        return query.nodes
    whole = query.nodes[0] if query.nodes else desk.figures.definition.root
    if query.asks_components:
        while len(whole.children) == 1:
            whole = whole.children[0]
        return tuple(whole.children) or query.nodes
    below = [node for depth in dict.fromkeys(query.levels) for node in desk.at_level(depth) if node in whole.walk()]
    return tuple(below) if query.nodes and below and whole not in below and query.kind != "ranking" else query.nodes


def _since_an_end(desk: Desk, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Tell the years from the highest, or the lowest, score of a node to the one named, or the latest."""
    query, figures = desk.query, desk.figures
    from_peak = "from_peak" in query.points
    from_trough = "from_trough" in query.points and "recovery" not in query.points  # each fall counts
    if len(nodes) != 1 or len(query.years) > 1 or not (from_peak or from_trough):
        return ()
    end = query.years[0] if query.years else figures.years[-1]
    scored = [year for year in desk.scored_years(nodes[0], figures.years) if year < end]
    if end not in figures.years or not scored:
        return ()
    sign = 1 if from_peak else -1
    return (max(scored, key=lambda year: sign * figures.score(nodes[0], year).value), end)


def _moved_between(desk: Desk, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Tell the two years spoken of last where a movement is asked for that came about between them, not before."""
    query, figures = desk.query, desk.figures
    years = tuple(sorted({*query.years, *query.spoken_years}))
    is_open = (
        query.kind in {"why", "change"}
        and query.direction
        and not query.confirms
        and len(nodes) == len(query.years) == 1
    )
    if not is_open or len(years) != 2 or not {*years} <= {*figures.years}:
        return ()
    start, end = desk.span()
    moved = figures.change(nodes[0], start, end).direction if start != end else 0
    return years if moved != query.direction == figures.change(nodes[0], *years).direction else ()


def _years_of_values(desk: Desk, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Tell the two years whose values a movement is said to go between, or the one that is named by its value.

    "从82.88分涨到93.23分", "84.10分对应多少次", "61.9%那年".
    """
    query, figures = desk.query, desk.figures
    if query.years or len(nodes) != 1:
        return ()
    given = {float(number) for number in query.numbers}
    found: list[int] = []
    for year in figures.years:
        known = (figures.score_if_any(nodes[0], year), figures.raw(nodes[0], year))
        if any(figure and float(figure.display) in given for figure in known):
            found.append(year)
    if query.kind in {"value", "computation"}:
        return tuple(found[-1:]) if query.asks_raw or "at_its_value" in query.points else ()
    is_of_both = query.kind in {"why", "change", "share"} and len(found) == 2 == len(given)
    return tuple(found) if is_of_both else ()


def _last_run(desk: Desk, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Tell from when to when a node moved as is said for several years in a row, the last time; where it did."""
    query, years = desk.query, desk.figures.years
    of_run = query.run > 1 or "steadily" in query.says
    if query.kind != "why" or not (of_run and query.direction) or len(nodes) != 1:
        return ()
    steps = [desk.figures.change(nodes[0], start, end) for start, end in pairwise(years)]
    runs = [list(run) for way, run in groupby(steps, key=lambda step: step.direction) if way == query.direction]
    long = [run for run in runs if len(run) > 1]
    return (int(long[-1][0].base_year or 0), int(long[-1][-1].year or 0)) if long else ()


def _last_moved(desk: Desk, nodes: Sequence[Node]) -> int:
    """Tell the last year in which the node that a movement is asked of moved as is said, if not the latest."""
    query, years = desk.query, desk.figures.years
    if query.kind not in {"why", "change"} or not query.direction or len(nodes) != 1:
        return 0
    of_value = nodes[0].is_indicator and nodes[0].less_is_better and not query.asks_score
    direction = -query.direction if of_value else query.direction
    moved = [end for start, end in pairwise(years) if desk.figures.change(nodes[0], start, end).direction == direction]
    return moved[-1] if moved and moved[-1] != years[-1] else 0
