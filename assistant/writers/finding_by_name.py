"""Finds the passages of the part that a kind of question is about by the names of the nodes it asks about."""

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.sources.lookup import Quotation
from assistant.writers.finding import LONG_RUN, MOST_PASSAGES, POOL, SURELY_RELEVANT, in_full, of_the_part

# How much of a name a passage must speak of to be the nearest to it, and how many passages are looked at for that.
_AT_ALL_RELEVANT, _WHOLE_POOL = 0.02, 60


def passages_headed_by_node(desk: Desk) -> list[Quotation]:
    """Find the passages of the part a kind of question is about whose heading names the node, if only that is said.

    A heading that names the whole says nothing.
    """
    query, chapters = desk.query, desk.sources.chapters
    headings = chapters.headings_of(query.kind)
    if (
        not headings
        or query.content
        or query.places
        or len(query.nodes) != 1
        or desk.figures.definition.root in query.nodes
    ):
        return []
    return in_full(chapters.naming(headings, query.nodes[0])[:MOST_PASSAGES])


def passages_naming(desk: Desk) -> list[Quotation]:
    """Find the passages of the part that a kind of question is about which name a node as the question does."""
    query, definition = desk.query, desk.figures.definition
    names = [word for node in query.nodes for word in (*definition.own_names(node), *node.topics)]
    return _holding_one_of(desk, [name for name in names if name in query.topic])[:MOST_PASSAGES]


def passages_on_topic(desk: Desk) -> list[Quotation]:
    """Find the passages of the part that a kind of question is about which speak of a topic by another word of a node.

    The topics of a node go together: what is said of one of them is on the others.
    """
    if desk.query.nodes or not desk.sources.chapters.headings_of(desk.query.kind):
        return []
    return _holding_one_of(desk, desk.sources.topic_words(desk.query.text))[:1]


def _holding_one_of(desk: Desk, words: Sequence[str]) -> list[Quotation]:
    """Find the passages of the part that a kind of question is about which hold one of some words."""
    return [
        quotation
        for word in words
        for quotation in of_the_part(desk, desk.sources.search(word, most_sentences=0, k=POOL), SURELY_RELEVANT)
        if word in quotation.passage.text and not quotation.passage.is_table
    ]


def passages_like_a_name(desk: Desk) -> list[Quotation]:
    """Find the passage of the part that a kind of question is about which shares most of a name of a node.

    Its heading counts before its text.
    """
    query, sources = desk.query, desk.sources
    for node in query.nodes:
        if headed := sources.chapters.like(sources.chapters.headings_of(query.kind), node):
            return in_full(headed[:MOST_PASSAGES])
    part = [p for p in sources.chapters.under(sources.chapters.headings_of(query.kind)) if not p.is_table]
    names = [name for node in query.nodes for name in desk.figures.definition.own_names(node)]
    shared = [
        (max((sources.rare_words.shared_length(name, passage, part) for name in names), default=0), passage)
        for passage in part
    ]
    longest = max((length for length, _ in shared), default=0)
    return in_full([passage for length, passage in shared if length == longest >= LONG_RUN][:1])


def passages_nearest_to_nodes(desk: Desk) -> list[Quotation]:
    """Find the passage of the part that a kind of question is about nearest to each node, however far."""
    found: list[Quotation] = []
    for node in desk.query.nodes if desk.sources.chapters.headings_of(desk.query.kind) else ():
        like = desk.sources.search(f"{desk.query.topic} {node.name}", most_sentences=0, k=_WHOLE_POOL)
        found += of_the_part(desk, like, _AT_ALL_RELEVANT)[:1]
    return found
