"""What parts hold of a score, and what they did to its change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Figure, Status
from assistant.below import outermost
from assistant.desk import Desk
from assistant.figures.computed import Part
from scoring import Node

# More parts than these are given as a table.
_MOST_IN_WORDS = 3


def write_shares(desk: Desk) -> Status:
    """Give the points and the share of each part: of the change, of the level, or of both where that is open."""
    query = desk.query
    if query.of_wholes:
        return _write_effects(desk)
    if query.extreme and len({*query.levels}) > 1:
        for depth in dict.fromkeys(query.levels):
            desk.draft.paragraph()
            write_shares(replace(desk, query=replace(query, levels=(depth,))))
        return Status.ANSWER
    whole, parts = _the_one_part(desk) if query.of_parts else _whole_and_parts(desk)
    if query.of_parts:
        desk.draft.found[:] = [part.id for part in parts]
    of_change = (
        bool(query.direction)
        or query.pulls
        or "pull" in query.points
        or query.asks_change
        or query.is_range
        or len(query.years) > 1
        or _claims_change(desk, whole)
    )
    if not of_change:
        _write_level(desk, whole, parts, max(query.years))
    start, end = desk.span()
    if start < end and (of_change or not query.within_score):
        desk.draft.paragraph()
        _write_change(desk, whole, parts, start, end)
    elif of_change:
        desk.draft.say("ranking.first_year", year=end)
    return Status.ANSWER


def _write_effects(desk: Desk) -> Status:
    """Tell what the change of one node did to each of several above it."""
    start, end = desk.span()
    part, *wholes = sorted(desk.query.nodes, key=lambda node: -desk.figures.definition.level(node.id))
    for whole in wholes if start < end else ():
        desk.draft.paragraph()
        _write_change(desk, whole, [part], start, end)
    if start == end:
        desk.draft.say("ranking.first_year", year=end)
    return Status.ANSWER


def _the_one_part(desk: Desk) -> tuple[Node, Sequence[Node]]:
    """Tell which indicator of a node did most to its change, or least."""
    whole = desk.query.nodes[0]
    start, end = desk.span()
    if whole.is_indicator or start == end:
        return desk.figures.definition.root, [whole]
    explanation = desk.figures.explain(whole, start, end)
    ahead = (desk.query.direction or explanation.change.direction or 1) * desk.query.extreme
    return whole, [max(explanation.parts, key=lambda part: ahead * part.contribution.value).node]


def _whole_and_parts(desk: Desk) -> tuple[Node, Sequence[Node]]:
    """Tell what is shared out, the highest node named or the root, and the parts asked for, or all of them."""
    definition, named = desk.figures.definition, desk.query.nodes
    above = [node for node in named if node.children and all(node in definition.path(n.id) for n in named)]
    whole = above[0] if above and (len(named) > 1 or above[0] is definition.root) else definition.root
    of_one = desk.query.asks_which or (desk.query.extreme and not desk.query.confirms)
    if len(named) == 1 and named[0].children and (desk.query.levels or of_one):
        whole = named[0]
    if (claimed := _claimed(desk)) and whole is definition.root:
        whole = claimed
    parts = [node for node in named if node is not whole]
    below = {node.id for node in whole.walk() if node is not whole}
    levels = [node for depth in desk.query.levels for node in desk.at_level(depth) if node.id in below]
    return whole, parts or levels or (definition.leaves(whole.id) if of_one else whole.children)


def _claimed(desk: Desk) -> Node | None:
    """Tell the whole that a question means by its score: the node named, or one above it."""
    query, figures = desk.query, desk.figures
    if len(query.nodes) != 1 or not query.claims:
        return None
    above = [node for node in figures.definition.path(query.nodes[0].id) if node.children]
    scores = [(node, figures.score_if_any(node, max(query.years))) for node in above]
    return next((node for node, score in scores if score and score.display in query.claims), None)


def _claims_change(desk: Desk, whole: Node) -> bool:
    """Whether the points that a question names are those of a change of the whole."""
    start, end = desk.span()
    return start < end and desk.figures.change(whole, start, end).display.lstrip("+-") in desk.query.claims


def _write_level(desk: Desk, whole: Node, parts: Sequence[Node], year: int) -> None:
    draft, figures = desk.draft, desk.figures
    score = figures.score(whole, year)
    points = [figures.points(part, whole, year) for part in parts]
    own = filter(None, (figures.score_if_any(part, year) for part in parts))
    desk.deny_claims("value.claimed", desk.query.claims, [score, *points, *own])
    draft.say("share.whole", year=year, node=desk.name(whole), score=score, marker=desk.printed(whole, [year]))
    shared = list(zip(parts, points, strict=True))
    if desk.query.extreme and len(outermost(parts)) == len(parts) > 1:
        shared.sort(key=lambda pair: -desk.query.extreme * pair[1].value)
        _write_extreme(desk, *shared[0])
    each = [
        {
            "node": desk.name(part),
            "weight": figures.weight(part, whole),
            "score": figures.score(part, year),
            "points": held,
            "share": figures.level_share(part, whole, year),
        }
        for part, held in shared
    ]
    if len(each) > _MOST_IN_WORDS:
        _write_table(desk, "share.level", each, year=year)
        return
    for place, values in enumerate(each):
        draft.say("share.level_next" if place else "share.level", **values)


def _write_extreme(desk: Desk, node: Node, contribution: Figure) -> None:
    key = "share.most" if desk.query.extreme > 0 else "share.least"
    desk.draft.found[:] = [node.id]
    desk.draft.say(key, node=desk.name(node), contribution=contribution)


def _write_change(desk: Desk, whole: Node, parts: Sequence[Node], start: int, end: int) -> None:
    draft, figures = desk.draft, desk.figures
    change = figures.change(whole, start, end)
    shared = [(node, figures.part(node, whole, start, end)) for node in outermost(parts)]
    if len(shared) == 1:
        _write_one(desk, whole, shared[0][0], shared[0][1])
    draft.say(
        {1: "change.rose", -1: "change.fell", 0: "change.same"}[change.direction],
        node=desk.name(whole),
        start=figures.score(whole, start),
        end=figures.score(whole, end),
        change=change,
        start_year=start,
        end_year=end,
        marker=desk.printed(whole, [end, start]),
    )
    if len(shared) == 1:
        return
    if desk.query.extreme and len(parts) > 1:
        ahead = desk.query.extreme * (change.direction or 1)
        shared.sort(key=lambda pair: -ahead * pair[1].contribution.value)
        _write_extreme(desk, shared[0][0], shared[0][1].contribution)
    each = [
        {
            "node": desk.name(node),
            "start": part.start,
            "end": part.end,
            "contribution": part.contribution,
            "share": part.share or "—",
        }
        for node, part in shared
    ]
    if len(each) > _MOST_IN_WORDS:
        _write_table(desk, "share.change", each, start_year=start, end_year=end)
        return
    for (_, part), values in zip(shared, each, strict=True):
        draft.say("share.no_share" if part.share is None else "share.change", **values)
        if part.contribution.direction * change.direction < 0:
            draft.say("share.against")


def _write_table(desk: Desk, key: str, each: Sequence[Mapping[str, object]], **values: object) -> None:
    """Give what every part holds or did as a table."""
    draft = desk.draft
    rows = "\n".join(draft.phrase(f"{key}_row", **row) for row in each)
    in_unit = draft.wording.in_brackets(desk.figures.definition.score_unit)
    draft.block(draft.phrase(f"{key}_table", rows=rows, in_unit=in_unit, **values))


def _write_one(desk: Desk, whole: Node, node: Node, part: Part) -> None:
    """Begin with what one part did, where it is the only one asked for."""
    draft = desk.draft
    values = {
        "node": desk.name(node),
        "whole": desk.name(whole),
        "start_year": part.contribution.base_year,
        "end_year": part.contribution.year,
        "start": part.start,
        "end": part.end,
        "contribution": part.contribution,
    }
    if part.share is None:
        draft.say("share.lead_no_share", **values)
    else:
        draft.say("share.lead", **values, share=part.share)
    if "pull" in desk.query.points:
        start = int(part.contribution.base_year or 0)
        pull = desk.figures.pull(node, whole, start, int(part.contribution.year or 0))
        draft.say("share.pull", node=desk.name(node), whole=desk.name(whole), start_year=start, pull=pull)
