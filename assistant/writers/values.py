"""How high a node scored, and what was observed."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Figure, Status
from assistant.desk import Desk
from assistant.evidence import shows
from assistant.writers.grades import say_grade
from scoring import Node, best_score, straight_line

# More values than this are given as a table.
_MOST_SENTENCES = 4


def write_values(desk: Desk) -> Status:
    """Give the score of each node in each year; of an indicator also the observed value where it is known."""
    desk = _of_what_is_observed(desk)
    query = desk.query
    if len(query.nodes) * len(query.years) > _MOST_SENTENCES:
        _write_table(desk)
        if query.asks_raw:
            _write_raw_table(desk)
    else:
        for node in query.nodes:
            for year in query.years:
                _write_value(desk, node, year)
    for node in query.nodes:
        desk.caution_printed(node, query.years)
    return Status.ANSWER


def _of_what_is_observed(desk: Desk) -> Desk:
    """Take for a dimension the one indicator that it consists of, where it is asked what was observed."""
    query, definition = desk.query, desk.figures.definition
    if not (query.asks_raw or query.offers_either):
        return desk
    return replace(desk, query=replace(query, nodes=tuple(definition.only_leaf(node) for node in query.nodes)))


def asks_raw_alone(desk: Desk) -> bool:
    """Whether the observed values of indicators are asked for, and nothing else."""
    query = desk.query
    asks = query.asks_raw and not (query.asks_score or query.claims or query.claims_best or query.bound)
    return bool(asks and all(node.is_indicator and node.measure_unit for node in query.nodes))


def _write_value(desk: Desk, node: Node, year: int) -> None:
    draft, figures = desk.draft, desk.figures
    draft.paragraph()
    score = figures.score(node, year)
    raw = figures.raw(node, year)
    marker = desk.printed(node, [year])
    bound = _judge(desk, node, score, raw)
    lacks = raw is None and asks_raw_alone(desk)
    if lacks:
        say_raw_unknown(desk, node, year)
    if desk.query.claims_best and not is_best(desk, node, year):
        draft.say("value.not_best")
    if raw and not bound and asks_raw_alone(desk) and not is_taken_over(desk, node, year):
        raw_at = raw_marker(desk, node, year)
        draft.say(
            "conversion.pair", node=desk.name(node), year=year, score=score, raw=raw, marker=marker, raw_marker=raw_at
        )
        return
    key = f"value.score_{bound[0]}" if bound else "value.score"
    draft.say(key, year=year, node=desk.name(node), score=score, marker=marker, bound=bound[1] if bound else "")
    say_grade(desk, node, score)
    if "sense" in desk.query.points and node.is_indicator:
        draft.say(f"definition.{node.direction}_of", node=desk.name(node))
    if len(node.children) > 1:
        parts = [
            draft.phrase(
                "value.part",
                node=desk.name(child),
                score=figures.score(child, year),
                weight=figures.weight_share(child, node),
            )
            for child in node.children
        ]
        draft.say(f"value.{node.aggregation}", parts=draft.wording.join(parts))
    elif raw is not None:
        say_raw(desk, node, raw)
    elif node.measure_unit or (node.is_indicator and desk.query.asks_raw):
        if not lacks and (desk.query.asks_raw or not desk.query.asks_score):
            say_raw_unknown(desk, node, year)
        if desk.query.asks_raw and (values := raw_values(desk, node, figures.years)):
            draft.say("value.raw_elsewhere", values=values)


def _judge(desk: Desk, node: Node, score: Figure, raw: Figure | None) -> tuple[str, Figure] | None:
    """Say first whether it is as the question has it; of a bound that it names, give the side, and the bound."""
    query, draft = desk.query, desk.draft
    if raw and query.confirms and query.claimed_raw and query.bound:
        holds = all((raw.value - float(claim)) * query.bound >= 0 for claim in query.claimed_raw)
        draft.say("verdict.yes" if holds else "verdict.no")
        return None
    if query.claims and (query.bound or "sides" in query.points):
        limit = float(query.claims[0])
        holds = (score.value < limit) if query.bound < 0 else (score.value >= limit)
        if query.bound:
            draft.say("verdict.yes" if holds else "verdict.no")
        return "below" if score.value < limit else "above", desk.prospects.goal(node, limit)
    known = [figure for figure in (score, raw) if figure]
    if raw and query.offers_either:  # "is that the score or what was observed" is told by both
        for number in query.numbers:
            if not any(shows(figure, number) for figure in known):
                draft.say("value.claimed_raw", claimed=number, unit=draft.wording.unit(raw.measure_unit))
        return None
    if raw and query.asks_raw and query.confirms and query.claims and not query.asks_score:
        is_raw = all(float(claim) == raw.value for claim in query.claims)
        draft.say("verdict.yes" if is_raw else "verdict.no")
        return None
    desk.deny_claims("value.claimed", [claim for claim in query.claims if claim not in _of_others(desk, node)], known)
    if raw and (query.claimed_raw and all(float(claim) != raw.value for claim in query.claimed_raw)):
        draft.say("value.claimed_raw", claimed=query.claimed_raw[0], unit=draft.wording.unit(raw.measure_unit))
    elif query.confirms and query.claims and all(claim in {f.display for f in known} for claim in query.claims):
        draft.say("verdict.yes")
    return None


def _of_others(desk: Desk, node: Node) -> set[str]:
    """Give what the other nodes named scored in the years named, as it is shown."""
    others = [(other, year) for other in desk.query.nodes if other is not node for year in desk.query.years]
    return {score.display for pair in others if (score := desk.figures.score_if_any(*pair))}


def say_part_scores(desk: Desk, parts: Sequence[Node], year: int) -> None:
    """Say what each of some nodes of one level scored in a year, as far as they have a score."""
    scores = [(part, desk.figures.score_if_any(part, year)) for part in parts]
    items = [desk.draft.phrase("ranking.item", node=desk.name(part), value=score) for part, score in scores if score]
    if items:
        level, marker = desk.level(parts[0]), desk.printed_of_each(parts, year)
        desk.draft.say("value.of_each", year=year, level=level, parts=desk.draft.wording.join(items), marker=marker)


def say_raw(desk: Desk, node: Node, raw: Figure) -> None:
    """Give what was observed, and say that it is no score."""
    year = int(raw.year or 0)
    printed = "value.raw" if _is_printed(desk, node, year) else "value.raw_given"
    key = "value.raw_same" if is_taken_over(desk, node, year) else printed
    desk.draft.say(key, raw=raw, marker=raw_marker(desk, node, year))


def is_taken_over(desk: Desk, node: Node, year: int) -> bool:
    """Whether the score of an indicator is what was observed, in number and by the way it is scored."""
    line, raw = straight_line(desk.figures.result, node, year), desk.figures.raw(node, year)
    is_same = raw is not None and raw.value == desk.figures.score(node, year).value
    return is_same and (node.is_its_score or (line is not None and line.is_identity))


def say_raw_unknown(desk: Desk, node: Node, year: int) -> None:
    """Say that what was observed of an indicator in a year is not known."""
    key = "value.raw_unknown" if _is_printed(desk, node, year) else "value.raw_not_given"
    desk.draft.say(key, year=year, node=desk.name(node))


def is_best(desk: Desk, node: Node, year: int) -> bool:
    """Whether every indicator of a node scored as high as it can."""
    result, unit = desk.figures.result, desk.figures.unit
    leaves = desk.figures.definition.leaves(node.id)
    return all(result.score(leaf.id, year, unit) == best_score(result, leaf, year) for leaf in leaves)


def _write_table(desk: Desk) -> None:
    draft, figures, years = desk.draft, desk.figures, desk.query.years
    rows: list[str] = []
    for node in desk.query.nodes:
        scores = [figures.score(node, year) for year in years]
        for score in scores:
            draft.keep(score)
        shown = " | ".join(score.display for score in scores)
        rows.append(draft.phrase("value.table_row", node=desk.name(node), scores=shown))
    draft.paragraph()
    draft.say(
        "value.table_lead",
        years=draft.wording.join([str(year) for year in years]),
        level=desk.level(desk.query.nodes[0]),
        in_unit=draft.wording.in_brackets(figures.definition.score_unit),
        marker=desk.printed_of_each(desk.query.nodes, years[-1]),
    )
    header = " | ".join(str(year) for year in years)
    draft.block(draft.phrase("value.table", years=header, rules=" ---: |" * len(years), rows="\n".join(rows)))


def _write_raw_table(desk: Desk) -> None:
    """Set the observed values beside, and say of which indicators none is known."""
    draft, figures = desk.draft, desk.figures
    indicators = [node for node in desk.query.nodes if node.is_indicator]
    for year in desk.query.years:
        raws = [(node, figures.raw(node, year)) for node in indicators]
        known = [(node, raw) for node, raw in raws if raw]
        without = [node for node, raw in raws if not raw]
        draft.paragraph()
        items = [
            draft.phrase("value.raw_of", node=desk.name(node), raw=raw, marker=raw_marker(desk, node, year))
            for node, raw in known
        ]
        if known:
            draft.say("value.raw_list", year=year, items=draft.wording.join(items))
        if without:
            draft.say("value.raw_none", year=year, nodes=desk.names(without))


def _is_printed(desk: Desk, node: Node, year: int) -> bool:
    """Tell whether a document prints what is known of an indicator, or it came with the data alone."""
    observation = desk.figures.result.observation(node.id, year, desk.figures.unit)
    return bool(observation and (observation.raw_section if observation.raw_text else observation.score_section))


def raw_values(desk: Desk, node: Node, years: list[int]) -> str:
    """Write the observed values of an indicator in those of the years for which one is printed."""
    items = [
        desk.draft.phrase("value.raw_item", year=year, raw=raw, marker=raw_marker(desk, node, year))
        for year in years
        for raw in [desk.figures.raw(node, year)]
        if raw is not None
    ]
    return desk.draft.wording.join(items)


def raw_marker(desk: Desk, node: Node, year: int) -> str:
    """Cite the sentence that prints an observed value."""
    observation = desk.figures.result.observation(node.id, year, desk.figures.unit)
    return desk.marker(desk.sources.observed_raw(observation, node)) if observation else ""
