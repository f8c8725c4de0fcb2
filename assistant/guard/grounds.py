"""What the text of an answer may rest on: its own figures and passages, and what the index is called and made of."""

from collections.abc import Iterator

from assistant.answer import Answer
from assistant.evidence import Evidence, Tree
from assistant.language.phrasings import phrasings
from assistant.language.wording import LANGUAGES, statement_forms, wording
from assistant.names.mentions import normalise
from knowledge.retriever import Retriever
from scoring import IndexDefinition, IndexResult


class Grounds:
    """What answers about one index may rest on."""

    def __init__(self, result: IndexResult):
        self._definition = definition = result.definition
        self._span = result.span
        self._units = tuple(_unit_labels(definition))
        self._entities = tuple(result.units) if len(result.units) > 1 else ()
        self._node_names = tuple(
            (name, node.id)
            for node in definition.nodes.values()
            for name in (node.name, *node.names.values(), *definition.own_names(node))
        )
        own = tuple(_definition_labels(definition))
        with_digits = (*result.units, *own, *(label for label, _ in self._units))
        self._labels = (
            *(name for name in with_digits if name not in self._entities and any(map(str.isdigit, name))),
            *(label for label in own if any(name in label for name, _ in self._node_names)),
        )
        self._tree = _tree_of(definition)

    def evidence(self, answer: Answer, retriever: Retriever) -> Evidence:
        """Collect all that the text of an answer may rest on."""
        definition, question = self._definition, normalise(answer.question)
        texts = [
            f"data of {self._span[0]}—{self._span[-1]}",
            *definition.examples,
            *(text for node in definition.nodes.values() for text in (node.definition, node.source) if text),
            *retriever.documents,
            *retriever.headings,
        ]
        asked = [node_id for name, node_id in self._node_names if name in question]
        named = (*answer.named, *asked) if answer.named else ()
        return Evidence(
            answer.figures,
            answer.citations,
            texts,
            self._node_names,
            self._units,
            (answer.question, question, *map(str, answer.years)),
            self._labels,
            named,
            self._entities,
            answer.statements,
            statement_forms(),
            self._tree,
        )


def _unit_labels(definition: IndexDefinition) -> Iterator[tuple[str, str]]:
    """List every way to write a unit of measure, with the unit as figures bear it."""
    units = {"%", definition.score_unit, *(node.measure_unit for node in definition.nodes.values())}
    for language in LANGUAGES:
        yield from ((wording(language).behind(unit).strip(), unit) for unit in units)
        yield wording(language).percentage_point, "%"


def _definition_labels(definition: IndexDefinition) -> Iterator[str]:
    """List the names of levels in every language, and the data suppliers."""
    for level in definition.levels:
        yield from (level.name, *level.names.values())
    yield from (node.source for node in definition.nodes.values() if node.source)


def _tree_of(definition: IndexDefinition) -> Tree:
    """Tell how the nodes of an index hang together."""
    nodes = definition.nodes.values()
    levels = definition.levels
    storeys = {node.id: definition.storey(node.id) - 1 for node in nodes}
    return Tree(
        parents={child.id: node.id for node in nodes for child in node.children},
        levels={
            node_id: (
                levels[storey].name,
                *levels[storey].names.values(),
                *phrasings().words_of_level(levels[storey])[:1],
            )
            for node_id, storey in storeys.items()
            if storey < len(levels)
        },
        sources={node.id: node.source for node in nodes if node.source},
        definitions={node.id: node.definition for node in nodes if node.definition},
        measure_units={node.id: node.measure_unit for node in nodes if node.measure_unit},
        score_unit=definition.score_unit,
    )
