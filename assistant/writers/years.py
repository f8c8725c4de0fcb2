"""What a question may ask of a course: in which years it was so, how long it went on, whether it came back."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

from assistant.answer import Figure, Kind
from assistant.desk import Desk
from assistant.query import Query
from assistant.writers.values import is_best, say_raw
from assistant.writers.year_bounds import listed, write_bounded_years
from scoring import Node, exact


def write_pointed(desk: Desk, node: Node, years: Sequence[int]) -> bool:
    """Answer what is asked of the course of a node in particular; tell whether that is all there is to say."""
    query = desk.query
    if query.bound and query.claims:
        write_bounded_years(desk, node, years, float(query.claims[0]))
        return True
    if "mean" in query.points and len(years) > 1:
        _write_mean(desk, node, years)
    if "order" in query.points:
        _write_order(desk, node, years)
        return True
    if asks_peak(query):
        _write_peak(desk, node, years)
    if "full" in query.points and "when" in query.points:
        _write_full_years(desk, node, years)
    if (asks_moved_years(query) or (query.ever and query.direction)) and len(years) > 1:
        _write_moved_years(desk, node, years)
    points = {*query.points} - ({"onset"} if not query.direction else set())
    asked = [write for point, write in _POINTS.items() if point in points and len(years) > 1]
    for write in dict.fromkeys(asked):
        write(desk, node, years)
    return False


def asks_step(query: Query) -> bool:
    """Whether the year of the largest or smallest movement is asked for."""
    of_steps = query.asks_change or query.direction or "quality" in query.points
    return bool(query.extreme and of_steps) and "streak" not in query.points


def asks_moved_years(query: Query) -> bool:
    """Whether the years are asked for in which a score rose, or fell."""
    is_onset = "onset" in query.points
    moves = query.direction or "unmoved" in query.points
    return bool("when" in query.points and moves and not (query.extreme or is_onset))


def asks_peak(query: Query) -> bool:
    """Whether the year of the highest or lowest score is asked for."""
    return bool(query.extreme) and not asks_step(query)


def write_average(desk: Desk, node: Node, start: int, end: int) -> None:
    """Give the change of a year on average."""
    change = desk.figures.change(node, start, end)
    value = change.value / (end - start)
    formula = f"({exact(change.value)}) ÷ ({end} - {start}) = {exact(value)}"
    average = desk.figures.figure(node, Kind.CHANGE, value, formula, year=end, base_year=start)
    desk.draft.say("trend.average", node=desk.name(node), start_year=start, end_year=end, average=average)


def _write_mean(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Give the mean of the scores of some years."""
    scores = [desk.figures.score(node, year) for year in years]
    value = sum(score.value for score in scores) / len(scores)
    formula = f"({' + '.join(str(exact(score.value)) for score in scores)}) ÷ {len(scores)} = {exact(value)}"
    mean = desk.figures.figure(node, Kind.MEAN, value, formula, year=years[-1], base_year=years[0])
    marker = desk.printed(node, [years[-1]])
    desk.draft.say(
        "trend.mean", node=desk.name(node), first_year=years[0], last_year=years[-1], mean=mean, marker=marker
    )


def write_steady(desk: Desk, depth: int, years: Sequence[int]) -> None:
    """Tell which nodes of a level moved the way asked for in every year, or at some time, or never did."""
    draft, figures = desk.draft, desk.figures
    nodes = desk.at_level(depth)
    sign = desk.query.direction
    steady: list[Node] = []
    for node in nodes:
        steps = _steps(desk, node, years)
        run = _longest_run(steps, sign)
        least = 1 if desk.query.ever else desk.query.run or len(steps)
        if run == 0 if desk.query.never else run >= least:
            steady.append(node)
        for step in steps:
            draft.keep(step)
    way = "up" if sign > 0 else "down"
    moved = "avoided" if desk.query.never else "had" if desk.query.ever else "ran" if desk.query.run else "steady"
    draft.say(
        f"trend.{moved}_{way}" if steady else f"trend.none_{moved}_{way}",
        run=desk.query.run,
        first_year=years[0],
        last_year=years[-1],
        count=figures.count(nodes, figures.definition.root),
        level=desk.level(nodes[0]),
        number=figures.count(steady, figures.definition.root),
        nodes=desk.names(steady),
        marker=desk.printed_of_each(nodes, years[-1]),
    )


def _longest_run(steps: Sequence[Figure], sign: int) -> int:
    """Count the most steps in a row that go one way."""
    return max((len(run) for run in _runs(steps) if run[0].direction == sign), default=0)


def _runs(steps: Sequence[Figure]) -> list[list[Figure]]:
    """Put together the steps in a row that go the same way."""
    return [list(run) for _, run in groupby(steps, key=lambda step: step.direction)]


def _write_moved_years(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell the years in which a score rose, or fell, or stood still."""
    sign = desk.query.direction
    steps = _steps(desk, node, years)
    moved = [step for step in steps if step.direction == sign]
    for step in steps:
        desk.draft.keep(step)
    desk.draft.found_years[:] = [int(step.year or 0) for step in moved]
    if moved:
        key, marker = (
            {1: "trend.rose_in", -1: "trend.fell_in", 0: "trend.flat_in"}[sign],
            desk.printed(node, years[-1:]),
        )
        in_years = listed(desk, moved) if sign else listed(desk, moved, "trend.year")
        desk.draft.say(key, node=desk.name(node), years=in_years, marker=marker)
    else:
        key = {1: "trend.never_up", -1: "trend.never_down", 0: "trend.never_flat"}[sign]
        desk.draft.say(key, node=desk.name(node), first_year=years[0], last_year=years[-1])


def _write_full_years(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell the years in which a node scored as high as it can."""
    full = [desk.figures.score(node, year) for year in years if is_best(desk, node, year)]
    desk.draft.say(
        "trend.full_in" if full else "trend.never_full",
        node=desk.name(node),
        years=listed(desk, full, "trend.of_year"),
        marker=desk.printed(node, [years[-1]]),
    )


def _write_peak(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell the years of the highest or lowest score."""
    ahead = desk.query.extreme
    scores = [desk.figures.score(node, year) for year in years]
    peak = max(scores, key=lambda score: ahead * score.value)
    held = [score for score in scores if score.display == peak.display]
    desk.draft.found_years[:] = [int(score.year or 0) for score in held]
    desk.draft.say(
        "trend.highest" if ahead > 0 else "trend.lowest",
        node=desk.name(node),
        years=listed(desk, held, "trend.of_year"),
        marker=desk.printed(node, [int(peak.year or 0)]),
    )
    raw = desk.figures.raw(node, int(peak.year or 0))
    if desk.query.asks_raw and raw and len(held) == 1:
        say_raw(desk, node, raw)


def _write_order(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Put the years in the order of their scores."""
    lowest_first = "upwards" in desk.query.points
    scores = sorted((desk.figures.score(node, year) for year in years), key=lambda score: score.value)
    desk.draft.say(
        "trend.order_up" if lowest_first else "trend.order_down",
        node=desk.name(node),
        years=listed(desk, scores if lowest_first else scores[::-1]),
        marker=desk.printed(node, [years[-1]]),
    )


def _write_pace(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell whether the yearly changes became smaller or larger."""
    steps = _steps(desk, node, years)
    sizes = [abs(step.value) for step in steps]
    narrowing = all(later < earlier for earlier, later in pairwise(sizes))
    widening = all(later > earlier for earlier, later in pairwise(sizes))
    ranked = sorted(steps, key=lambda step: abs(step.value))
    desk.draft.say(
        "trend.pace_narrowing" if narrowing else "trend.pace_widening" if widening else "trend.pace_mixed",
        node=desk.name(node),
        steps=listed(desk, steps),
        largest=listed(desk, ranked[-1:]),
        smallest=listed(desk, ranked[:1]),
    )


def _write_streak(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell the longest run of rises or falls, whichever is asked for, the latest of several; or when it began."""
    wanted = desk.query.direction
    runs = _runs(_steps(desk, node, years))
    of_any = not wanted and "unmoved" not in desk.query.points
    longest = max((run for run in reversed(runs) if of_any or run[0].direction == wanted), key=len, default=[])
    if len(longest) < 2 and "onset" in desk.query.points:
        _write_moved_years(desk, node, years)
        return
    if len(longest) < 2:
        way = "down" if wanted < 0 else "up"
        desk.draft.say(f"trend.no_streak_{way}" if wanted else "trend.no_streak", node=desk.name(node))
        return
    start, end = int(longest[0].base_year or 0), int(longest[-1].year or 0)
    change = desk.figures.change(node, start, end)
    way = {1: "up", -1: "down", 0: "flat"}[longest[0].direction]
    desk.draft.say(
        f"trend.onset_{way}" if "onset" in desk.query.points else f"trend.streak_{way}",
        node=desk.name(node),
        year=longest[0].year,
        first_year=start,
        last_year=end,
        count=desk.figures.count_of(len(longest), listed(desk, longest), node),
        change=change,
    )


def _write_recovery(desk: Desk, node: Node, years: Sequence[int]) -> None:
    """Tell of each fall whether the score came back to where it was before."""
    draft, figures = desk.draft, desk.figures
    falls = [step for step in _steps(desk, node, years) if step.direction < 0]
    if not falls:
        draft.say("trend.never_down", node=desk.name(node), first_year=years[0], last_year=years[-1])
    for fall in falls:
        before = figures.score(node, int(fall.base_year or 0))
        later = [figures.score(node, year) for year in years if year > int(fall.year or 0)]
        back = next((score for score in later if score.value >= before.value), None)
        last = back or figures.score(node, years[-1])
        draft.say(
            "trend.recovered" if back else "trend.not_recovered",
            node=desk.name(node),
            year=fall.year,
            change=fall,
            before_year=before.year,
            before=before,
            later_year=last.year,
            later=last,
        )


_POINTS: Mapping[str, Callable[[Desk, Node, Sequence[int]], None]] = {
    "recovery": _write_recovery,
    "pace": _write_pace,
    "streak": _write_streak,
    "onset": _write_streak,
}


def _steps(desk: Desk, node: Node, years: Sequence[int]) -> list[Figure]:
    return [desk.figures.change(node, start, end) for start, end in pairwise(years)]
