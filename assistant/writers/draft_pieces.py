"""The pieces that a text to be pasted is put together from: what the figures say, and what the report says."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from assistant.answer import Point
from assistant.below import is_below
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.edits import Addition, Position
from assistant.language.phrasings import phrasings
from assistant.names.mentions import normalise
from assistant.query import Query
from assistant.sources.remarks import SENTENCE_END
from assistant.writers.changes import write_lead
from assistant.writers.fitting import Piece
from assistant.writers.movers import write_movers, write_raw, write_unmoved, write_upwards, write_upwards_alone
from assistant.writers.quotable import explaining_sentences, quotable_sentences, statements
from assistant.writers.trends import write_course
from assistant.writers.values import raw_values, say_part_scores
from knowledge import Passage
from knowledge.passages import sentences
from knowledge.tokens import fold
from scoring import Node

# Which part of the documents speaks of what.
QUOTED = {"state": "state", "problem": "problem", "cause": "cause", "advice": "strategy"}
# Of these aspects few quotations at a time are added.
_QUOTED_ONCE = {"problem", "advice"}
# The parts that hold what the figures say; they follow one another without an opening.
LEAD, STATE, MOVERS = "lead", "figures", "movers"
# What is put before everything else, and behind it.
OPENING, CLOSING = "opening", "closing"
_PART_AT = {Position.FIRST: OPENING, Position.LAST: CLOSING, Position.BESIDE: ""}
MOST_SENTENCES = 3
# Of how many movers a text speaks that has no room for all.
_FOREMOST = ({"most_leading": 2, "most_opposing": 1}, {"most_leading": 2, "most_opposing": 0})
# What a character is worth: the report's own words most, those after the first less and less.
_CAUSE, _COURSE, _LATER = 0.9, 0.5, 0.95
# Among how many passages a fact is looked for.
_POOL = 12
_UNSEEN = re.compile(r"\[\d+\]|\*\*")


def leads(desk: Desk) -> list[Piece]:
    """Say of each node where it stands, and what was observed of an indicator or scored by its parts if asked for."""
    query = desk.query
    found = [_piece(desk, LEAD, partial(_write_state, node=node), 1.0) for node in query.nodes]
    if "ends" in query.points:
        found += [_piece(desk, LEAD, partial(_write_ends, node=node), 1.0) for node in query.nodes if node.children]
    if query.asks_score and not query.extreme:
        lowest = desk.figures.definition.lowest_level
        depths = query.levels or ((lowest,) if query.nodes != (desk.figures.definition.root,) else ())
        parts = [partial(_write_parts, node=node, depth=depth) for node in query.nodes for depth in depths]
        found += [_piece(desk, LEAD, write, 1.0) for write in parts]
    return found


def of_figures(desk: Desk, *, with_course: bool) -> Iterator[Piece]:
    """Yield what the figures say beyond where the nodes stand: what moved them, what is weak, their course."""
    start, end = desk.span()
    for node in desk.query.nodes:
        if node.children:
            worth = _CAUSE if "problem" in desk.query.aspects and not desk.sources.documents else _COURSE
            yield _piece(desk, STATE, partial(_write_weakest, node=node), worth)
        if start == end:
            continue
        yield _cause(desk, node)
        if stands_alone(desk, node):
            observed = partial(write_raw, node=node, start=start, end=end, by_name=True, explains=False)
            yield _piece(desk, STATE, observed, _COURSE)
        else:
            unmoved = partial(write_unmoved, explanation=desk.figures.explain(node, start, end))
            yield _piece(desk, STATE, unmoved, _COURSE)
        if with_course and [start, end] != [desk.figures.years[0], desk.figures.years[-1]]:
            yield _piece(desk, STATE, partial(write_course, node=node, years=desk.figures.years), _COURSE)


def quotes(desk: Desk, kind: str, worth: float) -> Iterator[Piece]:
    """Yield what the report says in the part that a kind of question is about."""
    found = {"state": statements, "cause": explaining_sentences}.get(kind, partial(quotable_sentences, kind=kind))(desk)
    for place, (passage, sentence) in enumerate(islice(found, desk.query.items or None)):
        write = partial(_write_quote, passage=passage, sentence=sentence)
        yield _piece(desk, kind, write, worth * _LATER**place)


def added(desk: Desk, addition: Addition, taken: Sequence[Piece]) -> list[Piece]:
    """Give what is put beside some pieces: where things stand, what moved them, the first quotation on something."""
    query = desk.query
    nodes = addition.nodes or (() if addition.content else query.nodes or (desk.figures.definition.root,))
    years = tuple(year for year in addition.years if year in desk.figures.years)
    years = years or (tuple(desk.figures.years) if addition.is_range else query.years)
    asked = replace(
        query,
        nodes=nodes,
        content=addition.content,
        years=years,
        is_range=addition.is_range,
        items=0,
        length=0,
        direction=0,
        claims=(),
        moves=(),
    )
    if years == desk.span():
        asked = replace(asked, is_range=False)  # that is told where things stand
    texts = [piece.point.text for piece in taken]
    found: list[Piece] = []
    for aspect in addition.aspects:
        pieces = _of_aspect(replace(desk, query=asked), aspect)
        new = [piece for piece in pieces if not any(_says_the_same(piece.point.text, text) for text in texts)]
        new = [piece for piece in new if not query.edits.leaves_out(piece.point.text)] or new
        found += new[: addition.most] if aspect in _QUOTED_ONCE else new
    return [
        replace(
            piece,
            point=Point(_PART_AT[addition.position] or piece.point.part, piece.point.text, is_added=True),
            write=partial(_write_beside, query=asked, write=piece.write),
        )
        for piece in found
    ]


def _says_the_same(text: str, other: str) -> bool:
    """Whether one of two texts holds the other."""
    shorter, longer = sorted((text, other), key=len)
    return shorter.rstrip("。") in longer


def _of_aspect(desk: Desk, aspect: str) -> list[Piece]:
    query = desk.query
    if aspect == "observed":
        return [_piece(desk, STATE, partial(_write_observed, node=node), 1.0) for node in query.nodes]
    if aspect == "state" and query.is_range and len(query.years) > 1:
        return [_piece(desk, STATE, partial(write_course, node=n, years=query.years), 1.0) for n in query.nodes]
    if aspect == "state" and query.nodes:
        return leads(desk)
    if aspect == "state":
        return list(islice(_facts(desk), 1))
    if aspect == "cause":
        return [_cause(desk, node) for node in query.nodes]
    return list(quotes(desk, QUOTED[aspect], 1.0))


def _facts(desk: Desk) -> Iterator[Piece]:
    """Yield the sentences of the documents that hold what is asked in the question's own words, the fullest first."""
    words = desk.query.content.split()
    found: dict[str, tuple[int, Passage]] = {}
    for quotation in desk.sources.search(desk.query.content, expand="fact", k=_POOL):
        for sentence in map(str.strip, sentences(quotation.passage.text)):
            held = sum(word in fold(sentence) for word in words)
            if held and not quotation.passage.is_table:
                core = desk.sources.core("fact", sentence, lambda text: any(word in fold(text) for word in words))
                found.setdefault(core, (held, quotation.passage))
    for sentence, (_, passage) in sorted(found.items(), key=lambda item: -item[1][0]):
        yield _piece(desk, "state", partial(_write_quote, passage=passage, sentence=sentence), 1.0)


def _write_beside(desk: Desk, query: Query, write: Callable[[Desk], None]) -> None:
    """Write what answers another query into the same text."""
    write(replace(desk, query=replace(query, asks_list=desk.query.asks_list, edits=desk.query.edits)))


def size_of(desk: Desk, key: str) -> int:
    """Measure a sentence as a reader does."""
    sheet = Draft(desk.query.language)
    sheet.say(key)
    return _size(sheet)


def _cause(desk: Desk, node: Node) -> Piece:
    """Say what moved a score: its indicators; or, of an indicator, what it did to the nodes above it."""
    start, end = desk.span()
    if stands_alone(desk, node):
        write = partial(write_upwards, node=node, start=start, end=end, by_name=True)
        briefly = [partial(write_upwards_alone, node=node, start=start, end=end)]
    else:
        write = partial(write_movers, explanation=desk.figures.explain(node, start, end))
        briefly = [partial(write, **most) for most in _FOREMOST]
    cause = _piece(desk, MOVERS, write, _CAUSE)
    return replace(cause, shorter=tuple(_piece(desk, MOVERS, each, _CAUSE) for each in briefly))


def _write_state(desk: Desk, node: Node) -> None:
    start, end = desk.span()
    if start == end:
        score, marker = desk.figures.score(node, end), desk.printed(node, [end])
        desk.draft.say("value.score", year=end, node=desk.name(node), score=score, marker=marker)
    else:
        write_lead(desk, desk.figures.explain(node, start, end))
    asks_raw = phrasings().asks_raw.search(normalise(desk.query.text))  # the word for it may be part of a name
    if asks_raw and desk.figures.raw(node, end) and (values := raw_values(desk, node, [end])):
        desk.draft.say("change.raw_alone_of", node=desk.name(node), values=values)


def _write_parts(desk: Desk, node: Node, depth: int) -> None:
    """Say what each part of a node on a level scored."""
    _, year = desk.span()
    say_part_scores(desk, [part for part in desk.at_level(depth) if is_below(part, [node])], year)


def _write_ends(desk: Desk, node: Node) -> None:
    """Say which indicator of a node scored highest, and which lowest."""
    _, year = desk.span()
    leaves = desk.figures.definition.leaves(node.id)
    scores = [(leaf, score) for leaf in leaves if (score := desk.figures.score_if_any(leaf, year))]
    for end, key in ((max, "draft.strongest_of"), (min, "draft.weakest_of")):
        leaf, score = end(scores, key=lambda pair: pair[1].value)
        held = desk.names([other for other, own in scores if own.display == score.display])
        desk.draft.say(key, year=year, level=desk.level(leaf), node=held, score=score)


def _write_weakest(desk: Desk, node: Node) -> None:
    """Say which part of it on a level asked for scores lowest, and which indicators score below it, lowest first."""
    _, year = desk.span()
    for depth in sorted({*desk.query.levels} - {desk.figures.definition.lowest_level}):
        parts = [part for part in desk.at_level(depth) if is_below(part, [node])]
        found = [(part, score) for part in parts if (score := desk.figures.score_if_any(part, year))]
        if found:
            lowest, score = min(found, key=lambda pair: pair[1].value)
            name, level = desk.name(lowest), desk.level(lowest)
            desk.draft.say("draft.weakest_of", year=year, level=level, node=name, score=score)
    whole = desk.figures.score(node, year)
    leaves = desk.figures.definition.leaves(node.id)
    scores = [(leaf, score) for leaf in leaves if (score := desk.figures.score_if_any(leaf, year))]
    below = sorted((pair for pair in scores if pair[1].value < whole.value), key=lambda pair: pair[1].value)
    items = [desk.draft.phrase("ranking.item", node=desk.name(leaf), value=score) for leaf, score in below]
    if items:
        parts = desk.draft.wording.join(items[:MOST_SENTENCES])
        desk.draft.say("draft.weakest", year=year, node=desk.name(node), parts=parts)


def stands_alone(desk: Desk, node: Node) -> bool:
    """Whether nothing but itself can have moved a node: an indicator, or a whole of one."""
    return desk.figures.definition.only_leaf(node).is_indicator


def _write_observed(desk: Desk, node: Node) -> None:
    """Say what was observed of each indicator of a node."""
    figures = desk.figures
    for leaf in figures.definition.leaves(node.id):
        if values := raw_values(desk, leaf, [year for year in figures.years if figures.raw(leaf, year)]):
            desk.draft.say("change.raw_alone_of", node=desk.name(leaf), values=values)


def _write_quote(desk: Desk, passage: Passage, sentence: str) -> None:
    draft, marker = desk.draft, desk.draft.cite(passage, sentence)
    if desk.query.asks_list and not desk.query.edits.is_table:
        draft.line(draft.phrase("passages.quote_item", quote=sentence, marker=marker))
    else:
        is_whole = sentence.endswith(SENTENCE_END)
        draft.say("draft.sentence" if is_whole else "draft.clause", quote=sentence, marker=marker)


def _piece(desk: Desk, part: str, write: Callable[[Desk], None], worth: float) -> Piece:
    """Measure a piece by writing it as a sentence on a sheet that is thrown away."""
    sheet = Draft(desk.query.language)
    query = desk.query
    if query.asks_list or query.edits.is_table:
        query = replace(query, asks_list=False, edits=replace(query.edits, is_table=False))
    write(replace(desk, draft=sheet, query=query))
    text = _UNSEEN.sub("", "".join(sheet.blocks)).strip("- \n")
    return Piece(Point(part, text), write, _size(sheet), worth)


def _size(draft: Draft) -> int:
    """Measure what a reader sees of a draft."""
    return draft.wording.length(_UNSEEN.sub(" " if draft.language == "en" else "", "".join(draft.blocks)))
