"""Sentences of the documents that can be quoted in a text to be pasted."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from assistant.desk import Desk
from assistant.names.mentions import normalise
from assistant.sources.lookup import Quotation
from assistant.writers.change_context import context_of
from assistant.writers.finding import LONG_RUN, of_the_part, passages_answering
from knowledge import Passage
from knowledge.documents import PATH_SEPARATOR
from knowledge.passages import sentences
from knowledge.tokens import fold
from scoring import Node

_RELEVANT = 0.35
_NEAR_THE_BEST = 0.75
# From how much of it on a heading names the topic: what else speaks of it does so beside something else.
_NAMES_THE_TOPIC = 0.7
_POOL = 12
_MOST_PASSAGES = 3
_SHORTEST = 10
_TITLE_LIKE = 20
# What ties a sentence to the one before it.
_LINKED = re.compile(r"^(?:但|然而|同时|此外|另外|因此|因而|所以|并且|而且|其中|与此同时|但与此同时|不过)[，,]\s*")
# What part of a text one sentence may take.
_LONGEST = 0.3

_MOST_STATEMENTS = 4
# The parts of the documents that tell what a topic is about, the first that speaks of it.
_PARTS = ("problem", "strategy")

Quotable = tuple[Passage, str]


def statements(desk: Desk) -> Iterator[Quotable]:
    """Yield what the documents say of how the nodes stand in the latest year asked for."""
    figures, (start, end) = desk.figures, desk.span()
    taken: list[str] = []
    for node in desk.query.nodes:
        direction = figures.change(node, start, end).direction or 1
        about = desk.sources.remarks.each_about(node, end, figures.years, direction, taken)
        for quotation in islice(about, _MOST_STATEMENTS):
            if not (node.name in quotation.quote and desk.sources.direction(quotation.quote)):
                break
            taken.append(quotation.quote)
            yield quotation.passage, quotation.quote


def explaining_sentences(desk: Desk) -> Iterator[Quotable]:
    """Yield what the documents say of how the nodes moved, and of what moved them."""
    start, end = desk.span()
    if start < end:
        for node in desk.query.nodes:
            _, found = context_of(desk, desk.figures.explain(node, start, end))
            yield from ((quotation.passage, quotation.quote) for quotation in found)


def quotable_sentences(desk: Desk, kind: str) -> Iterator[Quotable]:
    """Yield sentences of the passages found, of each subject in turn, the first of each passage before the second.

    For a text of a certain length, only the core of one that takes too much of it.
    """
    query, definition = desk.query, desk.figures.definition
    if set(query.nodes) <= {definition.root} and not query.content:
        part = desk.sources.chapters.outline(desk.sources.chapters.headings_of(kind))
        by_subject = [_in_turn(desk, kind, [(passage, _lines(desk, kind, passage)) for passage in part])]
    elif not query.nodes and (found := _on_topic(desk, kind)):
        by_subject = [found]
    else:
        nodes = query.nodes or nodes_on_topic(desk)
        chapters = desk.sources.chapters
        headed = [node for node in nodes if node.children and chapters.naming(chapters.headings_of(kind), node)]
        leaves = [leaf for node in nodes for leaf in _most_pulling(desk, node) if _may_explain(desk, leaf, node)]
        of_nodes = [_of_node(desk, kind, node) for node in dict.fromkeys((*headed, *leaves))]
        topic = chapters.headed(chapters.headings_of(kind), normalise(query.text)) if query.content else []
        names = _naming(desk, nodes)
        on_topic = [(passage, lines) for passage in topic if (lines := _lines(desk, kind, passage, names))]
        if query.content and not (on_topic or any(of_nodes)):
            topic = topic or _passages(desk, kind, [query.topic])
            on_topic = [(passage, _lines(desk, kind, passage)) for passage in topic]
        of_topic = [on_topic] if on_topic else []
        by_subject = [_in_turn(desk, kind, found) for found in (*of_topic, *of_nodes)]
    yield from dict.fromkeys(quotable for turn in zip_longest(*by_subject) for quotable in turn if quotable)


def _most_pulling(desk: Desk, node: Node) -> Sequence[Node]:
    """List the indicators of a node, those first that did most to pull it down."""
    (start, end), figures = desk.span(), desk.figures
    leaves = figures.definition.leaves(node.id)
    if start == end or len(leaves) < 2:
        return leaves
    did = {part.node: part.contribution.value for part in figures.explain(node, start, end).parts}
    return tuple(sorted(leaves, key=lambda leaf: did.get(leaf, 0.0)))


def _may_explain(desk: Desk, leaf: Node, node: Node) -> bool:
    """Whether a text may speak of an indicator: one on the causes of a change only of those that moved the same way."""
    start, end = desk.span()
    if start == end or "cause" not in desk.query.aspects or "problem" in desk.query.aspects:
        return True
    return desk.figures.change(leaf, start, end).direction == desk.figures.change(node, start, end).direction


def nodes_on_topic(desk: Desk) -> tuple[Node, ...]:
    """List the indicators that the documents name where they speak of a topic that is none itself."""
    found = next(filter(None, (_on_topic(desk, kind) for kind in _PARTS)), [])
    return nodes_spoken_of(desk, found[0][1] if found else "")


def nodes_spoken_of(desk: Desk, text: str) -> tuple[Node, ...]:
    """List the indicators that a text speaks of."""
    return tuple(node for node in desk.figures.definition.indicators if _naming(desk, [node])(text))


def _on_topic(desk: Desk, kind: str) -> list[Quotable]:
    """Give the sentences of a part of the documents on what the question says in its own words."""
    headings = desk.sources.chapters.headings_of(kind)
    found = _passages(desk, kind, [desk.query.content])
    found = found or desk.sources.chapters.headed(headings, normalise(desk.query.text))
    found = found or desk.sources.headed_with(desk.query.content, headings)
    if not found and (words := desk.sources.topic_words(desk.query.text)):
        found = [passage for passage in _passages(desk, kind, words) if any(word in passage.text for word in words)]
    if not found and kind != _PARTS[0]:
        problems = [Quotation(passage, line, 1.0) for passage, line in _on_topic(desk, _PARTS[0])]
        answering = passages_answering(replace(desk, query=replace(desk.query, kind=kind)), problems)
        found = [quotation.passage for quotation in answering]
    found = found or _sharing_most(desk, headings)
    return _in_turn(desk, kind, [(passage, _lines(desk, kind, passage)) for passage in found])


def _sharing_most(desk: Desk, headings: Sequence[str]) -> list[Passage]:
    """Give the passage of a part that shares the most with what is asked, if that is much and no other comes near."""
    part = [passage for passage in desk.sources.chapters.under(headings) if not passage.is_table]
    shared = desk.sources.rare_words.shared_length
    lengths = sorted(((shared(desk.query.content, p, part), place) for place, p in enumerate(part)), reverse=True)
    if not lengths or lengths[0][0] < LONG_RUN or (len(lengths) > 1 and lengths[1][0] == lengths[0][0]):
        return []
    return [part[lengths[0][1]]]


def _in_turn(desk: Desk, kind: str, found: Sequence[tuple[Passage, list[str]]]) -> list[Quotable]:
    """Order sentences: the first of each passage before the second of any; those that tell of the kind, if any does.

    All of them do under a heading that is asked for.
    """
    by_passage: list[list[Quotable]] = []
    for passage, lines in found:
        heading = desk.sources.chapters.path(passage)[-1]
        is_asked_for = desk.sources.rare_words.shares_a_word(desk.query.content, heading)
        telling = lines if is_asked_for else [line for line in lines if desk.sources.tells(kind, line)]
        by_passage.append([(passage, line) for line in telling or lines])
    return [quotable for turn in zip_longest(*by_passage) for quotable in turn if quotable]


def _words_of(desk: Desk, node: Node) -> list[str]:
    """List the words by which texts speak of a node."""
    return [fold(word) for word in (*desk.figures.definition.own_names(node), *node.topics)]


def _naming(desk: Desk, nodes: Sequence[Node]) -> Callable[[str], bool]:
    """Tell of a text whether it speaks of one of some nodes."""
    words = [word for node in nodes for word in _words_of(desk, node)]
    return lambda text: any(word in fold(text) for word in words)


def _of_node(desk: Desk, kind: str, node: Node) -> list[tuple[Passage, list[str]]]:
    """Find passages with their sentences on a node.

    Under a heading that names it, all sentences are on it where the first of the passage names it, or where no passage
    does; without such a heading, those that name it.
    """
    words, names = _words_of(desk, node), _naming(desk, [node])
    shortest = [word for word in words if not any(other in word and other != word for other in words)]
    searches = list(filter(desk.sources.may_hold, shortest))
    of = (kind, str(bool(desk.query.nodes)), *searches)
    passages = desk.sources.on_names(of, lambda: _passages(desk, kind, searches))
    headed = [passage for passage in passages if names(passage.section.split(PATH_SEPARATOR)[-1])]
    led = [passage for passage in headed if names(sentences(passage.text)[0])]
    if headed:
        return [(passage, _lines(desk, kind, passage)) for passage in (led or headed)[:_MOST_PASSAGES]]
    naming = [(passage, _lines(desk, kind, passage, names)) for passage in passages]
    if named := [(passage, lines) for passage, lines in naming if lines][:_MOST_PASSAGES]:
        return named
    alike = desk.sources.chapters.like(desk.sources.chapters.headings_of(kind), node)
    return [(passage, _lines(desk, kind, passage)) for passage in alike[:_MOST_PASSAGES]]


def _lines(desk: Desk, kind: str, passage: Passage, names: Callable[[str], bool] = bool) -> list[str]:
    """List the sentences of a passage that name what is written of, a title with what it is the title of.

    For a text of a certain length titles stand alone, and of a sentence too long for it only the core. Those that speak
    of what is asked beside the names come first.
    """
    beside = list(filter(desk.sources.may_hold, desk.query.content.split()))

    def speaks(text: str) -> bool:
        return any(word in fold(text) for word in beside)

    longest = desk.query.edits.longest or desk.query.length * _LONGEST
    parts = sentences(passage.text) if longest else list(_with_their_titles(sentences(passage.text)))
    lines = [
        line
        for sentence in parts
        if names(line := _LINKED.sub("", sentence.strip().rstrip("；，"))) and len(line) >= _SHORTEST
    ]
    return [
        line
        if not longest or len(line) <= longest
        else desk.sources.core(kind, line, speaks if speaks(line) else names, longest)
        for line in sorted(lines, key=speaks, reverse=True)
    ]


def _with_their_titles(parts: Sequence[str]) -> Iterator[str]:
    """Put a sentence as short as a title and the one behind it together."""
    title = ""
    for part in parts:
        if not title and len(part.strip()) < _TITLE_LIKE and part.strip().endswith("。"):
            title = part
        else:
            yield title + part
            title = ""
    if title:
        yield title


def _passages(desk: Desk, kind: str, searches: Sequence[str]) -> list[Passage]:
    """Find the passages of the part that a kind of question is about which speak of what is searched for."""
    asked = replace(desk, query=replace(desk.query, kind=kind))
    hits = chain.from_iterable(
        of_the_part(asked, desk.sources.search(words, expand=kind, k=_POOL), _RELEVANT) for words in searches
    )
    found: dict[str, Quotation] = {}
    for hit in hits:
        known = found.get(hit.passage.id)
        if hit.relevance >= _RELEVANT and not hit.passage.is_table and (not known or known.relevance < hit.relevance):
            found[hit.passage.id] = hit
    least = _NEAR_THE_BEST * max((hit.relevance for hit in found.values()), default=0.0)
    headed = {place: desk.sources.headed_for(searches, hit) for place, hit in found.items()}
    near = [place for place, hit in found.items() if hit.relevance >= least or headed[place] >= _RELEVANT]
    if not desk.query.nodes and max(headed.values(), default=0.0) >= _NAMES_THE_TOPIC:
        near = [place for place in near if headed[place] >= _RELEVANT]
    return [found[place].passage for place in sorted(near, key=lambda place: -found[place].relevance - headed[place])]
