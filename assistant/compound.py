"""A message that asks several things becomes several queries, each in the light of the one before."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from assistant.dialogue.follow_up_years import TIMELESS
from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, NODE
from assistant.names.mentions import Names, normalise
from assistant.query import FROM_DOCUMENTS, Query
from assistant.question import clean, understand

_QUESTIONS = re.compile(r"[？?；;]+")
_PARTS = re.compile(
    r"[？?；;，,]+|\.\s|另外|顺便|\band (?=(?:why|what'?s?|how|which|who|when|where|whose|its|their)\b)|、(?=\d{4}年)"
)
_SENTENCES = re.compile(r"[。！!；;]+|\.\s")
# What stands behind a colon is a sentence too, but in an order for a text only what the text is to hold.
_CLAUSES = re.compile(rf"{_SENTENCES.pattern}|[：:]+")
# Kinds that may stand beside others; a hypothesis or a text to be written takes the whole message.
_ABREAST = {
    "value", "definition", "source", "weight", "hierarchy", "why", "change", "trend", "ranking", "share", "strategy",
    "problem", "computation", "robustness", "fact",
}  # fmt: skip
# What the answer of one kind tells of itself.
_TELLS: Mapping[str, Set[str]] = {
    "robustness": {"change", "value"},
    "why": {"value", "change", "share"},
    "change": {"value"},
    "trend": {"value", "change", "ranking"},
    "ranking": {"value", "change"},
    "share": {"value"},
    "definition": {"source"},
    "value": {"computation"},
    "weight": {"computation"},
    "computation": {"value"},
}


def understand_all(question: str, names: Names, phrasings: Phrasings, previous: Query | None) -> list[Query]:
    """Understand a message as one query, or as several where each part asks for something of its own.

    Raises
    ------
    QuestionError
        The question is empty or too long.
    """
    whole, text = understand(question, names, phrasings, previous), clean(question)
    asked = _PARTS.split(phrasings.without_courtesies(text))
    parts = [part for part in asked if part.strip() and not phrasings.overriding.fullmatch(part)]
    if previous is not None and whole.kind == "help" and (changes := _changes_told(parts, names, phrasings, previous)):
        return [replace(changes, text=whole.text)]
    asks_before = any(phrasings.asks_number.search(part) or phrasings.reported.search(part) for part in parts[:-1])
    is_one_share = whole.kind == "share" and not asks_before
    if whole.kind == "what_if" or whole.variants or is_one_share or whole.asks_greatest_step or len(whole.spans) > 1:
        return [whole]
    ends = _SENTENCES if whole.kind == "draft" else _CLAUSES
    may_set_the_scene = whole.content and whole.kind != "check"  # of what is checked the statement stands first
    last = _last_question(ends.split(text), names, phrasings, previous) if may_set_the_scene else None
    if last and (not whole.nodes or set(last.nodes) <= set(whole.nodes)):
        years = last.years or (whole.years if last.kind not in TIMELESS else ())
        return [replace(last, text=question, units=last.units or whole.units, years=years)]
    is_of_what_moved = whole.kind in FROM_DOCUMENTS and whole.asks_which and bool(whole.direction)
    if whole.kind not in {*_ABREAST, ""} or len(parts) < 2 or is_of_what_moved:
        return [whole]
    questions = [part for part in _QUESTIONS.split(text) if part.strip()]
    for split in (parts, questions) if 1 < len(questions) < len(parts) else (parts,):
        told = _asked_apart(split, names, phrasings, previous)
        if (
            len(told) > 1
            or (told and phrasings.since_then.search(split[-1]))
            or (whole.content and [query.kind for query in told] not in ([], [whole.kind]))
        ):
            return told
    return [whole]


def _changes_told(parts: Sequence[str], names: Names, phrasings: Phrasings, previous: Query) -> Query | None:
    """Ask for a text with those of several changes that can be made, and say that not all can; None where none can."""
    if previous.kind != "draft":
        return None
    text, left = previous, 0
    for part in parts:
        query = understand(part, names, phrasings, text)
        text, left = (query, left) if query.kind == "draft" else (text, left + 1)
    if text is previous or not left:
        return None
    return replace(text, text_before=previous, edits=replace(text.edits, missing="draft.not_all"))


def _asked_apart(parts: Sequence[str], names: Names, phrasings: Phrasings, previous: Query | None) -> list[Query]:
    """Understand parts of a message each in the light of the one before; nothing where one of them asks for nothing."""
    queries: list[Query] = []
    for part in parts:
        if phrasings.scene.search(part.strip()):
            return []
        if queries and queries[-1].kind in FROM_DOCUMENTS and not _names_a_node(part, names):
            return []
        query = understand(part, names, phrasings, _spoken_before(queries) if queries else previous)
        if query.kind == "help" and not query.content:
            continue  # a greeting
        if queries and query.nodes and not query.years and query.kind not in TIMELESS:
            query = replace(query, years=queries[-1].years, is_range=queries[-1].is_range)
        is_clear = query.kind in FROM_DOCUMENTS or not (query.content or query.readings)
        goes_on = queries and phrasings.since_then.search(part)
        says_a_move = query.kind in {"", "change"} and query.nodes and query.direction
        query = replace(query, kind="change") if says_a_move else query
        of_a_course = query.kind == "check" and query.confirms and "steadily" in query.says
        if not (query.kind in _ABREAST or of_a_course) or not is_clear or not (query.asks or goes_on or says_a_move):
            return []
        if goes_on and queries[-1].is_range and query.is_range:
            whole_span = (min(queries[-1].years), max(query.years))
            queries[-1] = replace(queries[-1], kind="trend", years=whole_span, points=())
            continue
        queries.append(query)
    return [
        query
        for place, query in enumerate(queries)
        if not any(_tells(other, query) for other in queries[:place] + queries[place + 1 :])
    ]


def _names_a_node(part: str, names: Names) -> bool:
    return any(mention.what in (NODE, LEVEL) for mention in names.find(normalise(part)))


def _spoken_before(queries: Sequence[Query]) -> Query:
    """Give the last of some queries; where it names nothing, with the nodes that were named before it."""
    nodes = next((query.nodes for query in reversed(queries) if query.nodes), ())
    return replace(queries[-1], nodes=nodes)


def _last_question(
    sentences: Sequence[str], names: Names, phrasings: Phrasings, previous: Query | None
) -> Query | None:
    """Understand the last sentence alone where it says all that it asks for, whatever stands before it."""
    *before, last = filter(str.strip, sentences)
    query = understand(last, names, phrasings, previous) if before else None
    if query is None or query.content or not (query.asks or query.kind == "value") or query.kind not in _ABREAST:
        return None
    return query if query.nodes or query.asks_which else None


def _tells(query: Query, other: Query) -> bool:
    """Whether the answer to a query holds that to another."""
    other_end = query.kind == "ranking" and (query.direction, query.extreme) != (other.direction, other.extreme)
    other_pair = query.kind == "weight" and {*query.nodes} != {*other.nodes}
    same = query.kind == other.kind and not (other_end or other_pair)
    return (
        not query.places
        and (same or other.kind in _TELLS.get(query.kind, ()))
        and set(other.nodes) <= set(query.nodes)
        and set(other.years) <= set(query.years)
    )
