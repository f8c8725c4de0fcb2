"""How an observed value becomes a score, and why the two are different quantities."""

from collections.abc import Mapping

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.writers.definitions import quote_definition
from assistant.writers.values import raw_marker
from scoring import Line, Node, best_score, exact, straight_line

# How much of what is asked a sentence must speak of to be quoted beside the references.
_TELLING = 0.5


def write_conversion(desk: Desk, node: Node) -> None:
    """Turn the observed value of an indicator into its score, as far as that is printed and known."""
    query, figures, draft = desk.query, desk.figures, desk.draft
    year = _year(desk, node)
    score, raw = figures.score(node, year), figures.raw(node, year)
    line = straight_line(figures.result, node, year)
    is_best = best_score(figures.result, node, year) == score.value
    if query.asks_same and query.confirms:
        draft.say("verdict.yes" if line and line.is_identity else "verdict.no")
    of_score = bool(query.numbers) or query.asks_score or query.claims_best or query.asks_same
    if node.definition and not of_score:
        quote_definition(desk, node)
    if line is None or line.is_identity:
        _write_pair(desk, node, score, raw, "identity" if line and raw else "given")
        if raw is not None and node.less_is_better:
            draft.say("change.lower", node=desk.name(node))
        _write_basis(desk, node, year)
        return
    ends = _ends(desk, node, line)
    target = ends["target"]
    if query.claims_best and not is_best:
        draft.say("conversion.full", node=desk.name(node), target=target)
    _write_pair(desk, node, score, raw, "pair")
    _write_line(desk, node, year, ends)
    if node.less_is_better:
        draft.say("change.lower", node=desk.name(node))
    if is_best:
        draft.say("conversion.full_is_not_all", target=target)
    elif raw is not None:
        _write_arithmetic(desk, line, score, raw)


def write_conversions(desk: Desk) -> Status:
    """Tell of every indicator which observed values earn its reference scores, and of which it is not known."""
    figures, draft = desk.figures, desk.draft
    indicators, year = figures.definition.indicators, max(desk.query.years or figures.years)
    lines = {node: straight_line(figures.result, node, year) for node in indicators}
    converted = {node: line for node, line in lines.items() if line and not line.is_identity}
    if converted:
        draft.say("conversion.lead")
    for node, line in converted.items():
        draft.line(draft.phrase("conversion.of", node=desk.name(node), **_ends(desk, node, line)))
    draft.paragraph()
    same = [node for node, line in lines.items() if line and line.is_identity and figures.raw(node, year)]
    others = [node for node in indicators if node not in (*converted, *same)]
    inferred = [node for node in converted if _is_inferred(desk, node, year)]
    for key, nodes in (("inferred", inferred), ("same", same), ("unknown", others)):
        if nodes:
            draft.say(f"conversion.of_{key}", nodes=desk.names(nodes))
    told = desk.sources.search(desk.query.topic, expand="computation", most_sentences=1)
    if told and told[0].relevance >= _TELLING:
        draft.say("definition.written", definition=told[0].quote, marker=desk.marker(told[0]))
    return Status.ANSWER


def _ends(desk: Desk, node: Node, line: Line) -> dict[str, Figure]:
    """Give the two observed values between which a line runs, and the scores that they earn."""
    return {
        "start": desk.prospects.reference(node, line.start),
        "target": desk.prospects.reference(node, line.end),
        "low": desk.prospects.reference_score(node, line.low),
        "high": desk.prospects.reference_score(node, line.high),
    }


def find_by_value(desk: Desk) -> tuple[Node, ...]:
    """Find the indicators of which the question gives an observed value, with its decimals, but not the name."""
    figures = desk.figures
    exactly = {float(number) for number in desk.query.numbers if "." in number}
    found: list[Node] = []
    for node in figures.definition.indicators:
        given = exactly | set(map(float, desk.sources.in_unit(node.measure_unit, desk.query.text)))
        if any((raw := figures.raw(node, year)) and raw.value in given for year in figures.years):
            found.append(node)
    return tuple(found)


def write_owners(desk: Desk) -> Status | None:
    """Tell whose score, or observed value, a number is that the question gives without a name, in which year."""
    query, figures = desk.query, desk.figures
    years, given = query.years or figures.years, {*query.claims, *query.numbers}
    nodes = list(figures.definition.nodes.values())
    scores = [s for node in nodes for year in years if (s := figures.score_if_any(node, year))]
    held = [score for score in scores if score.display in given]
    for score in held:
        node, year = figures.definition.nodes[score.node_id], int(score.year or 0)
        marker = desk.printed(node, [year])
        desk.draft.say("value.score", year=year, node=desk.name(node), score=score, marker=marker)
    if held:
        desk.caution_misnamed(whole_report=True)
        return Status.ANSWER
    raws = [(leaf, raw) for leaf in figures.definition.indicators for year in years if (raw := figures.raw(leaf, year))]
    observed = [(leaf, raw) for leaf, raw in raws if given & {raw.display, exact(raw.value)}]
    if observed and query.confirms and query.asks_score:
        desk.draft.say("verdict.no")
    for leaf, raw in observed:
        year = int(raw.year or 0)
        score, marker = figures.score(leaf, year), raw_marker(desk, leaf, year)
        desk.draft.say("conversion.is_value", raw=raw, year=year, node=desk.name(leaf), score=score, marker=marker)
    return Status.ANSWER if observed else None


def gives_both(desk: Desk) -> bool:
    """Whether the question gives the observed value of its indicator and the score that it earned."""
    figures, given = desk.figures, {float(number) for number in desk.query.numbers}
    return any(
        raw.value in given and float(figures.score(node, year).display) in given - {raw.value}
        for node in desk.query.nodes
        if node.is_indicator
        for year in figures.years
        if (raw := figures.raw(node, year))
    )


def takes_values_for_scores(desk: Desk) -> bool:
    """Whether it is asked of observed values of one indicator if they are scores, which they are not."""
    query = desk.query
    return query.confirms and query.asks_score and not query.direction and gives_values(desk)


def gives_values(desk: Desk) -> bool:
    """Whether all numbers of a question are observed values of the one indicator that it is about."""
    query = desk.query
    is_one = len(query.nodes) == 1 and query.nodes[0].is_indicator
    return bool(is_one and query.numbers) and len(_given(desk)) == len(query.numbers)


def write_values_taken_for_scores(desk: Desk) -> Status:
    """Say of which years the observed values are that were taken for scores, and what the scores are."""
    node = desk.query.nodes[0]
    desk.draft.say("verdict.no")
    for raw, year in _given(desk):
        score = desk.figures.score(node, year)
        marker = raw_marker(desk, node, year)
        desk.draft.say("conversion.is_value", raw=raw, year=year, node=desk.name(node), score=score, marker=marker)
    return Status.ANSWER


def _given(desk: Desk) -> list[tuple[Figure, int]]:
    """List the observed values of the first node that the question gives, with their years, but no scores."""
    numbers = {float(number) for number in desk.query.numbers}
    node, figures = desk.query.nodes[0], desk.figures
    raws = ((figures.raw(node, year), year) for year in figures.years)
    given = [(raw, year) for raw, year in raws if raw and raw.value in numbers]
    return [(raw, year) for raw, year in given if figures.score(node, year).value != raw.value]


def supposes_what_is(desk: Desk) -> bool:
    """Whether what a question supposes of its indicator is what was observed, so that the score is asked for."""
    query, figures = desk.query, desk.figures
    if len(query.assumptions) != 1 or len(query.nodes) != 1:
        return False
    [supposed] = query.assumptions
    raws = [figures.raw(supposed.node, year) for year in query.years or figures.years]
    is_value = supposed.kind == "raw" and not supposed.is_step
    return is_value and any(raw is not None and raw.value == supposed.number for raw in raws)


def _year(desk: Desk, node: Node) -> int:
    """Take the year asked for, else the one whose value the question gives, else the latest with an observed value."""
    query, figures = desk.query, desk.figures
    if query.years:
        return max(query.years)
    raws = {year: raw for year in figures.years if (raw := figures.raw(node, year))}
    numbers = {float(number) for number in query.numbers}
    given = [year for year, raw in raws.items() if raw.value in numbers]
    return (given or list(raws) or figures.years)[-1]


def _write_pair(desk: Desk, node: Node, score: Figure, raw: Figure | None, key: str) -> None:
    """Set the observed value and the score side by side."""
    year = int(score.year or 0)
    observation = desk.figures.result.observation(node.id, year, desk.figures.unit)
    is_printed = bool(observation and observation.score_section)
    if raw is None:
        key = "unknown" if is_printed else "unknown_plain"
    elif key == "given" and not is_printed:
        key = "given_plain"
    desk.draft.say(
        f"conversion.{key}",
        node=desk.name(node),
        year=year,
        score=score,
        raw=raw,
        marker=desk.printed(node, [year]),
        raw_marker=raw_marker(desk, node, year),
    )


def _write_line(desk: Desk, node: Node, year: int, ends: Mapping[str, Figure]) -> None:
    """Tell which observed values earn the two reference scores."""
    desk.draft.say("conversion.inferred" if _is_inferred(desk, node, year) else "conversion.declared", **ends)
    _write_basis(desk, node, year)


def _is_inferred(desk: Desk, node: Node, year: int) -> bool:
    """Whether what turns the observed values of an indicator into scores was inferred from printed figures."""
    dated = desk.figures.result.curves[node.id].at(year)
    return dated is not None and dated.reference.status == "inferred"


def _write_basis(desk: Desk, node: Node, year: int) -> None:
    """Tell, in the words of the data folder, what the scoring of an indicator rests on."""
    reference = node.normalise.reference(year) if node.normalise else None
    if reference and reference.basis:
        desk.draft.say("conversion.basis", basis=reference.basis)


def _write_arithmetic(desk: Desk, line: Line, score: Figure, raw: Figure) -> None:
    """Put the observed value into the line."""
    node = desk.figures.definition.nodes[score.node_id]
    sign = -1 if line.end < line.start else 1
    desk.draft.say(
        "conversion.arithmetic",
        low=desk.prospects.reference_score(node, line.low),
        rise=desk.prospects.distance(node, line.low, line.high),
        covered=desk.prospects.distance(node, line.start * sign, raw.value * sign),
        span=desk.prospects.distance(node, line.start * sign, line.end * sign),
        score=score,
    )
