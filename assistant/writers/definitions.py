"""What indicators and dimensions mean."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.desk import Desk
from assistant.language.phrasings import phrasings
from assistant.language.stems import stem, stems
from assistant.names.mentions import normalise
from assistant.writers.structure import write_children
from assistant.writers.suppliers import say_source
from knowledge.tokens import fold
from scoring import Node

# How much of what a question is about a definition must speak of to be the one that is asked for.
_TOLD = 0.6


def find_by_definition(desk: Desk) -> tuple[Node, ...]:
    """Find the node whose definition alone speaks of what a question is about without naming it."""
    words = desk.query.content.split()
    held = {node: _count_of(words, node.definition) for node in desk.figures.definition.nodes.values()}
    most = max(held.values())
    foremost = tuple(node for node, count in held.items() if count == most)
    return foremost if len(foremost) == 1 and most > 1 and most >= _TOLD * len(words) else ()


def _count_of(words: Sequence[str], definition: str) -> int:
    """Count the words of a question that a definition holds, Latin ones by their stems."""
    text, own = fold(definition), stems(definition)
    return sum(stem(word) in own if word.isascii() else word in text for word in words)


def write_definitions(desk: Desk) -> Status:
    """Give the definition of each node, with its source, unit and direction."""
    of_each = desk.query.asks_each or bool(desk.query.levels)
    leaves = [leaf for node in desk.query.nodes for leaf in _meant_too(desk, node, of_each=of_each)]
    for node in dict.fromkeys((*desk.query.nodes, *leaves)):
        desk.draft.paragraph()
        if "sense" in desk.query.points and node.is_indicator:
            desk.draft.say(f"definition.{node.direction}_of", node=desk.name(node))
        if node.definition:
            quote_definition(desk, node)
        elif node.children:
            _say_what_is_written(desk, node)
            children = desk.names(node.children)
            desk.draft.say("definition.dimension", node=desk.name(node), level=desk.level(node), children=children)
        else:
            desk.draft.say("definition.none", node=desk.name(node))
        if node.definition and "inclusion" in desk.query.points:
            _say_silent(desk, node)
        if node.is_indicator:
            _measure(desk, node)
            say_source(desk, node)
        else:
            write_children(desk, node)
    return Status.ANSWER


def _meant_too(desk: Desk, node: Node, *, of_each: bool) -> Sequence[Node]:
    """Give the indicators whose definitions are asked for with a dimension: each, or the one that it consists of."""
    leaves = desk.figures.definition.leaves(node.id)
    return leaves if of_each or (len(leaves) == 1 and not node.definition) else ()


def _say_silent(desk: Desk, node: Node) -> None:
    """Say so where the definition does not speak of what is asked to be part of it."""
    topic = desk.query.content
    is_comparable = desk.query.language == desk.figures.definition.language
    if topic and is_comparable and topic in normalise(desk.query.text) and topic not in normalise(node.definition):
        desk.draft.say("definition.silent", topic=topic)


def quote_definition(desk: Desk, node: Node) -> None:
    """Quote the definition of a node that has one."""
    printed = desk.sources.verbatim(node.definition)
    marker = desk.marker(printed)
    desk.draft.say("definition.says", node=desk.name(node), definition=node.definition, marker=marker)
    if printed is None:
        _say_what_is_written(desk, node)


def _say_what_is_written(desk: Desk, node: Node) -> None:
    """Quote the sentence in which the documents say what a node means, if there is one."""
    if told := desk.sources.defining(node.name, phrasings().defines):
        desk.draft.say("definition.written", definition=told.quote, marker=desk.marker(told))


def _measure(desk: Desk, node: Node) -> None:
    if node.measure_unit:
        desk.draft.say("definition.unit", unit=desk.draft.wording.unit(node.measure_unit))
    if "sense" not in desk.query.points:
        desk.draft.say(f"definition.{node.direction}")
