"""A text to be pasted: what the figures say, what the report names as problems, and what it proposes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from assistant.answer import Status
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.query import FROM_DOCUMENTS
from assistant.remarks import SENTENCE_END
from assistant.writers.changes import write_lead, write_movers, write_table, write_unmoved, write_upwards
from assistant.writers.fitting import TOLERANCE, Piece, fit
from assistant.writers.outside import write_outside
from assistant.writers.passages import write_passages
from assistant.writers.quotable import nodes_on_topic, quotable_sentences, statements
from assistant.writers.trends import write_course
from knowledge import Passage
from scoring import Node

# Which part of the documents speaks of what.
_KINDS = {"state": "state", "problem": "problem", "cause": "problem", "advice": "strategy"}
# The parts that hold what the figures say; they follow one another without an opening.
_MOVERS, _STATE = "movers", ""
# Which parts of a text an aspect asks for.
_PARTS = {"state": ["state"], "problem": ["problem"], "cause": [_MOVERS, "problem"], "advice": ["strategy"]}
_MOST_SENTENCES = 3
# Of how many movers a text speaks that has no room for all.
_FOREMOST = ({"most_leading": 2, "most_opposing": 1}, {"most_leading": 2, "most_opposing": 0})
# What a character is worth: the report's own words most, those after the first less and less; words on what was not
# asked for only fill a gap.
_CAUSE, _COURSE, _FILLER, _LATER = 0.9, 0.5, 0.4, 0.95
# As if for how much longer a text sentences are cut, where their cores leave room; 0 leaves them whole.
_TIMES_AS_LONG = (1, 2, 0)
_UNSEEN = re.compile(r"\[\d+\]|\*\*|\s")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")


def write_drafts(desk: Desk) -> Status:
    """Write of each node named, or of the subject in the question's own words, or of the whole index."""
    query, root = desk.query, desk.figures.definition.root
    query = replace(query, content=desk.sources.in_own_words(query.content))
    desk = replace(desk, query=query)
    of_topic = query.content and (desk.sources.documents or not query.units)
    nodes = query.nodes or (nodes_on_topic(desk) if of_topic else (root,))
    aspects = query.aspects or ("problem", "cause", "advice")
    years = [year for year in query.years if year in desk.figures.years] or [desk.figures.years[-1]]
    on_topic = replace(desk, query=replace(query, years=tuple(years)))
    desk = replace(on_topic, query=replace(on_topic.query, nodes=nodes))
    kind = _KINDS[query.aspects[0]] if len(query.aspects) == 1 else ""
    if query.asks_list and not query.content and set(nodes) <= {root} and kind in FROM_DOCUMENTS:
        return write_passages(replace(desk, query=replace(desk.query, kind=kind)))
    kinds = dict.fromkeys(_KINDS[aspect] for aspect in aspects)
    subject = desk if query.nodes or not query.content else on_topic
    quotes = [piece for kind in kinds for piece in _quotes(subject, kind, 1.0)]
    if not nodes and not quotes:
        return write_outside(desk)
    only_quotes = query.asks_list and quotes and not {"state", "cause"} & set(aspects)
    shortest = min((piece.size for piece in quotes), default=0)
    if query.length and shortest and "state" not in query.aspects:
        room = round(query.length * (1 + TOLERANCE)) - shortest - _opening(desk, quotes[0].part)
        only_quotes = only_quotes or room < sum(
            _piece(desk, _STATE, partial(_write_state, node=n), 1.0).size for n in nodes
        )
    for node in () if only_quotes else nodes:
        _write_state(desk, node)
    if query.length:
        others = [kind for kind in dict.fromkeys(_KINDS.values()) if kind not in kinds and "state" not in kinds]
        figures = [] if only_quotes else list(_figures(desk, with_course=True))
        wanted = list(dict.fromkeys(part for aspect in aspects for part in _PARTS[aspect]))
        of_parts = [*((kind, 1.0) for kind in kinds), *((kind, _FILLER) for kind in others)]
        choices: list[list[Piece]] = []
        for times in _TIMES_AS_LONG:
            longer = replace(subject, query=replace(subject.query, length=times * query.length))
            pieces = [*figures, *(piece for kind, worth in of_parts for piece in _quotes(longer, kind, worth))]
            choices.append(fit(pieces, wanted, query.length, _size(desk.draft), partial(_opening, desk)))
            if _short_of(desk, choices[-1]) >= 0:
                break
        chosen = max(choices, key=partial(_short_of, desk))
        _write_all(desk, chosen if nodes or chosen else [min(quotes, key=lambda piece: piece.size)])
    else:
        causes = _figures(desk, with_course="state" in aspects) if {"cause", "state"} & set(aspects) else ()
        first = [piece for part in _parts(quotes) for piece in _most(quotes, part, asks_list=query.asks_list)]
        _write_all(desk, [*causes, *first])
    if query.asks_list and "state" in aspects:
        _write_tables(desk)
    desk.draft.forget("change.rounding")  # the text is to be pasted
    quoted = {piece.part for piece in quotes}
    missing = [desk.draft.phrase(f"draft.part.{kind}") for kind in kinds if kind not in (*quoted, "state")]
    if missing and desk.sources.documents:
        desk.draft.note("draft.no_quote", parts=desk.draft.wording.join(missing))
    return Status.ANSWER


def _write_state(desk: Desk, node: Node) -> None:
    """Say where a node stands."""
    desk.draft.paragraph()
    start, end = desk.span()
    if start == end:
        score, marker = desk.figures.score(node, end), desk.printed(node, [end])
        desk.draft.say("value.score", year=end, node=desk.name(node), score=score, marker=marker)
    else:
        write_lead(desk, desk.figures.explain(node, start, end))


def _write_tables(desk: Desk) -> None:
    """Give the figures of what stands below each node as a table."""
    start, end = desk.span()
    for node in desk.query.nodes:
        if node.children and start < end:
            desk.draft.paragraph()
            write_table(desk, desk.figures.explain(node, start, end))


def _figures(desk: Desk, *, with_course: bool) -> Iterator[Piece]:
    """Yield what the figures say beyond where the nodes stand: what moved them, what is weak, their course."""
    start, end = desk.span()
    for node in desk.query.nodes:
        if node.children:
            yield _piece(desk, _STATE, partial(_write_weakest, node=node), _COURSE)
        if start == end:
            continue
        cause = _piece(desk, _MOVERS, partial(_write_cause, node=node), _CAUSE)
        if node.children:
            movers = partial(write_movers, explanation=desk.figures.explain(node, start, end))
            briefly = (_piece(desk, _MOVERS, partial(movers, **most), _CAUSE) for most in _FOREMOST)
            cause = replace(cause, shorter=tuple(briefly))
        yield cause
        if node.children:
            unmoved = partial(write_unmoved, explanation=desk.figures.explain(node, start, end))
            yield _piece(desk, _STATE, unmoved, _COURSE)
        if with_course and [start, end] != [desk.figures.years[0], desk.figures.years[-1]]:
            yield _piece(desk, _STATE, partial(write_course, node=node, years=desk.figures.years), _COURSE)


def _write_weakest(desk: Desk, node: Node) -> None:
    """Say which indicators score below the node, lowest first."""
    _, year = desk.span()
    whole = desk.figures.score(node, year)
    leaves = desk.figures.definition.leaves(node.id)
    scores = [(leaf, score) for leaf in leaves if (score := desk.figures.score_if_any(leaf, year))]
    below = sorted((pair for pair in scores if pair[1].value < whole.value), key=lambda pair: pair[1].value)
    items = [desk.draft.phrase("ranking.item", node=desk.name(leaf), value=score) for leaf, score in below]
    if items:
        parts = desk.draft.wording.join(items[:_MOST_SENTENCES])
        desk.draft.say("draft.weakest", year=year, node=desk.name(node), parts=parts)


def _write_cause(desk: Desk, node: Node) -> None:
    """Say what moved a score: its indicators; or, of an indicator, what it did to the nodes above it."""
    start, end = desk.span()
    if node.children:
        write_movers(desk, desk.figures.explain(node, start, end))
    else:
        write_upwards(desk, node, start, end, by_name=len(desk.query.nodes) > 1, explains=False)


def _quotes(desk: Desk, kind: str, worth: float) -> Iterator[Piece]:
    """Yield what the report says in the part that a kind of question is about."""
    found = statements(desk) if kind == "state" else quotable_sentences(desk, kind)
    for place, (passage, sentence) in enumerate(islice(found, desk.query.items or None)):
        write = partial(_write_quote, passage=passage, sentence=sentence)
        yield _piece(desk, kind, write, worth * _LATER**place)


def _write_quote(desk: Desk, passage: Passage, sentence: str) -> None:
    draft, marker = desk.draft, desk.draft.cite(passage, sentence)
    if desk.query.asks_list:
        draft.line(draft.phrase("passages.quote_item", quote=sentence, marker=marker))
    else:
        is_whole = sentence.endswith(SENTENCE_END)
        draft.say("draft.sentence" if is_whole else "draft.clause", quote=sentence, marker=marker)


def _write_all(desk: Desk, pieces: Sequence[Piece]) -> None:
    """Write pieces, each part of the text with its own opening."""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.part in _KINDS.values() and (before is None or before.part != piece.part):
            desk.draft.paragraph()
            desk.draft.say(f"draft.{piece.part}")
            if desk.query.asks_list:
                desk.draft.paragraph()
        elif before is None and len(desk.query.nodes) > 1:
            desk.draft.paragraph()
        piece.write(desk)


def _parts(pieces: Sequence[Piece]) -> list[str]:
    return list(dict.fromkeys(piece.part for piece in pieces))


def _most(pieces: Sequence[Piece], part: str, *, asks_list: bool) -> list[Piece]:
    of_part = [piece for piece in pieces if piece.part == part]
    return of_part if asks_list else of_part[:_MOST_SENTENCES]


def _short_of(desk: Desk, pieces: Sequence[Piece]) -> int:
    """Tell by how much pieces fall short of the least length that is asked for, as a negative number."""
    openings = sum(_opening(desk, part) for part in _parts(pieces))
    least = round(desk.query.length * (1 - TOLERANCE))
    return _size(desk.draft) + openings + sum(piece.size for piece in pieces) - least


def _opening(desk: Desk, part: str) -> int:
    """Measure the opening of a part."""
    return _size_of(desk, f"draft.{part}") if part in _KINDS.values() else 0


def _piece(desk: Desk, part: str, write: Callable[[Desk], None], worth: float) -> Piece:
    """Measure a piece by writing it on a sheet that is thrown away."""
    sheet = Draft(desk.query.language)
    write(replace(desk, draft=sheet))
    return Piece(part, write, _size(sheet), worth)


def _size_of(desk: Desk, key: str) -> int:
    sheet = Draft(desk.query.language)
    sheet.say(key)
    return _size(sheet)


def _size(draft: Draft) -> int:
    """Count the characters of a draft as a reader does; of an English one the words, a quoted character like a word."""
    text = _UNSEEN.sub(" " if draft.language == "en" else "", "".join(draft.blocks))
    return len(_WORD.findall(text)) if draft.language == "en" else len(text)
