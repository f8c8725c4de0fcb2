"""Where the documents print what: definitions, raw values, scores, weights; each found as an exact quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import Passage
from knowledge.passages import cells, section_ends, sentences
from scoring import IndexDefinition, IndexResult, Node, Observation, Reconciled

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever


_FULL_STOPS = "。."


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact substring of a passage, and how much of what was asked it speaks of, 0..1."""

    passage: Passage
    quote: str
    relevance: float


class Printed:
    """What the documents print of the index."""

    def __init__(self, retriever: "Retriever", definition: IndexDefinition, reconciled: Sequence[Reconciled]):
        self._retriever = retriever
        self._definition = definition
        self._reconciled = reconciled

    def verbatim(self, text: str) -> Quotation | None:
        """Find the passage that holds a text word for word, though its last sentence may go on there."""
        text = text.rstrip(_FULL_STOPS)
        found = next((p for p in self._retriever.passages if text and text in p.text), None)
        return Quotation(found, text, 1.0) if found else None

    def defining(self, name: str, defines: re.Pattern[str]) -> Quotation | None:
        """Find the sentence that begins with a name and goes on to say what that means."""
        for passage in self._retriever.passages:
            for sentence in sentences(passage.text) if name in passage.text and not passage.is_table else ():
                said = sentence.strip()
                if said.startswith(name) and defines.match(said, len(name)):
                    return Quotation(passage, said, 1.0)
        return None

    def beside(self, text: str, wanted: str) -> Quotation | None:
        """Find a line that holds `wanted` in the passage that holds `text`, rather the one that holds both."""
        text = text.rstrip(_FULL_STOPS)
        found = next((p for p in self._retriever.passages if text and text in p.text and wanted in p.text), None)
        if found is None:
            return None
        lines = [line for line in found.text.split("\n") if wanted in line]
        line = next((line for line in lines if text in line), lines[0] if lines else "")
        return Quotation(found, line, 1.0) if line else None

    def observed_raw(self, observation: Observation, node: Node) -> Quotation | None:
        """Find the sentence that prints the raw value of an indicator: in its section, or where both are named."""
        if not observation.raw_text:
            return None
        candidates = [
            quotation
            for passage in self._retriever.passages
            if not passage.is_table and self._is_in(observation.raw_section, passage)
            for quotation in self._sentences_with(passage, observation.raw_text)
            if self._is_known(observation.raw_section) or self._names_it(node, observation.year, quotation.quote)
        ]
        names = " ".join((node.name, *node.aliases))
        return max(candidates, key=lambda q: self._retriever.coverage(names, q.quote), default=None)

    def _is_in(self, section: str, passage: Passage) -> bool:
        """Whether a passage stands in a section, named by the end of its path; in any where the documents lack it."""
        return not self._is_known(section) or section in section_ends(passage.section)

    def _is_known(self, section: str) -> bool:
        """Whether the documents hold a section."""
        return section in self._retriever.section_ends

    def _names_it(self, node: Node, year: int, text: str) -> bool:
        """Whether a text names a node and a year."""
        return str(year) in text and any(name in text for name in self._definition.own_names(node))

    def published(self, node: Node, year: int, unit: str, *, any_name: bool = False) -> Quotation | None:
        """Find where the score of a node is printed as such, or else under `any_name`."""
        rows = [row for row in self._reconciled if not row.published.printed_for or any_name]
        for row in rows:
            figure = row.published
            if (figure.node, figure.year, figure.unit) != (node, year, unit):
                continue
            for passage in self._retriever.passages:
                if not (self._is_known(figure.section) and self._is_in(figure.section, passage)):
                    continue
                words = [word for word in figure.printed_as.split() if word in passage.text]
                quotes = self._sentences_with(passage, str(figure.printed))
                fitting = [q for q in quotes if all(word in q.quote or word in passage.caption for word in words)]
                naming = [q for q in fitting if any(name in q.quote for name in self._definition.own_names(node))]
                # That the row of another node holds the same number proves nothing.
                if passage.is_table:
                    fitting = [q for q in fitting if any(word in q.quote for word in words)]
                if naming or fitting:
                    return (naming or fitting)[0]
        return None

    def rows(self, nodes: Sequence[Node], result: IndexResult, year: int, unit: str) -> Quotation | None:
        """Find the stretch of table rows that print the scores of some indicators."""
        observations = [result.observation(node.id, year, unit) for node in nodes]
        known = [observation for observation in observations if observation and observation.score_text]
        if len(known) != len(nodes) or not known:
            return None
        return self._row(nodes, [observation.score_text for observation in known], known[0].score_section)

    def weights(self, nodes: Sequence[Node]) -> Quotation | None:
        """Find the stretch of table rows that print the weights of some nodes."""
        found = self._row(nodes, [f"{node.weight:g}" for node in nodes], "")
        return found or next(filter(None, map(self._weight_in_prose, nodes)), None)

    def _weight_in_prose(self, node: Node) -> Quotation | None:
        """Find the sentence that gives the weight of a node behind its name."""
        names = "|".join(map(re.escape, self._definition.own_names(node)))
        weight = rf"(?:{re.escape(f'{node.weight:g}')}0?|{node.weight * 100:g}\s*%)"
        stated = re.compile(rf"(?:{names})[^。；;]{{0,12}}{weight}(?![\d.])")
        told = (*self._each_sentence(), *self._each_row())
        return next((Quotation(passage, text, 1.0) for passage, text in told if stated.search(text)), None)

    def _each_sentence(self) -> Iterator[tuple[Passage, str]]:
        """Yield the sentences of all running text, each with its passage."""
        return each_sentence(self._retriever.passages)

    def _each_row(self) -> Iterator[tuple[Passage, str]]:
        """Yield the rows of tables, each with its passage."""
        for passage in self._retriever.passages:
            if passage.is_table:
                yield from ((passage, row.strip()) for row in passage.text.split("\n"))

    def reconciled(self, unit: str) -> list[Reconciled]:
        """List the printed figures of a unit beside the recomputed ones."""
        return [row for row in self._reconciled if row.published.unit == unit]

    def misnamed(self, result: IndexResult) -> list[Reconciled]:
        """List the printed figures that the documents give under the name of a node with another score."""
        found: list[Reconciled] = []
        for row in self._reconciled:
            figure = row.published
            if figure.printed_for:
                named = self._definition.find(figure.printed_for)
                if not figure.agrees_with(result.score(named.id, figure.year, figure.unit)):
                    found.append(row)
        return found

    def differing(self, node: Node, years: Sequence[int], unit: str) -> list[Reconciled]:
        """List the printed figures of a node that differ from the recomputed ones."""
        return [
            row
            for row in self.reconciled(unit)
            if not row.agrees and row.published.node == node and row.published.year in years
        ]

    def _sentences_with(self, passage: Passage, text: str) -> list[Quotation]:
        return [Quotation(passage, s.strip(), 1.0) for s in sentences(passage.text) if _stands_in(text, s)]

    def _row(self, nodes: Sequence[Node], cells: Sequence[str], section: str) -> Quotation | None:
        """Find, in a table, the rows from the first to the last that hold a node's name and its cell."""
        for passage in self._retriever.passages:
            if not passage.is_table or not self._is_in(section, passage):
                continue
            lines = passage.text.split("\n")
            at = [
                next((i for i, line in enumerate(lines) if _in_cells(line, node.name, cell)), None)
                for node, cell in zip(nodes, cells, strict=True)
            ]
            found = [i for i in at if i is not None]
            if found and len(found) == len(at):
                return Quotation(passage, "\n".join(lines[min(found) : max(found) + 1]), 1.0)
        return None


def each_sentence(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """Yield the sentences of running text in some passages, each with its passage."""
    for passage in passages:
        if not passage.is_table:
            yield from ((passage, sentence.strip()) for sentence in sentences(passage.text))


def _in_cells(line: str, name: str, number: str) -> bool:
    held = cells(line)
    return name in held and any(_is_number(cell) and float(cell) == float(number) for cell in held)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdecimal()


def _stands_in(number: str, text: str) -> bool:
    """Whether a number stands in a text by itself, not as part of a longer one."""
    at = text.find(number)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(number) : at + len(number) + 2]
        if not (
            before.isdigit() or before == "." or after[:1].isdigit() or (after[:1] == "." and after[1:2].isdigit())
        ):
            return True
        at = text.find(number, at + 1)
    return False
