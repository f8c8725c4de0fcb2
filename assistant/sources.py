"""What may be looked up: each function asks the knowledge base and gives passages with an exact quote."""

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.phrasings import Phrasings
from knowledge import Passage
from knowledge.documents import PATH_SEPARATOR
from knowledge.passages import sentences
from knowledge.tokens import tokens
from scoring import IndexDefinition, IndexResult, Node, Observation, Reconciled

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Hit, Retriever

_log = logging.getLogger(__name__)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE_END = ("。", "！", "？", ".")


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact substring of a passage, and how much of what was asked it speaks of, 0..1."""

    passage: Passage
    quote: str
    relevance: float


class Sources:
    """The documents, and the figures that they print."""

    def __init__(
        self,
        retriever: "Retriever",
        definition: IndexDefinition,
        reconciled: Sequence[Reconciled],
        phrasings: Phrasings,
    ):
        self._retriever = retriever
        self._definition = definition
        self._reconciled = reconciled
        self._phrasings = phrasings
        self.by_keywords_only = False
        """Whether a search had to do without vectors, because their provider did not answer."""

    @property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return self._retriever.documents

    def verbatim(self, text: str) -> Quotation | None:
        """Find the passage that holds a text word for word."""
        found = next((p for p in self._retriever.passages if text and text in p.text), None)
        return Quotation(found, text, 1.0) if found else None

    def beside(self, text: str, wanted: str) -> Quotation | None:
        """Find a line that holds `wanted` in the passage that holds `text`."""
        found = next((p for p in self._retriever.passages if text and text in p.text and wanted in p.text), None)
        if found is None:
            return None
        line = next((line for line in found.text.split("\n") if wanted in line), "")
        return Quotation(found, line, 1.0) if line else None

    def observed_raw(self, observation: Observation, node: Node) -> Quotation | None:
        """Find the sentence that prints the raw value of an indicator."""
        candidates = [
            quotation
            for passage in self._retriever.passages
            if observation.raw_section and passage.section == observation.raw_section
            for quotation in self._sentences_with(passage, observation.raw_text)
        ]
        names = " ".join((node.name, *node.aliases))
        return max(candidates, key=lambda q: self._retriever.coverage(names, q.quote), default=None)

    def published(self, node: Node, year: int, unit: str) -> Quotation | None:
        """Find where the score of a node is printed as such."""
        for row in self._reconciled:
            figure = row.published
            if (figure.node, figure.year, figure.unit) != (node, year, unit):
                continue
            for passage in self._retriever.passages:
                if passage.section != figure.section:
                    continue
                words = [word for word in figure.printed_as.split() if word in passage.text]
                quotes = self._sentences_with(passage, str(figure.printed))
                fitting = [q for q in quotes if all(word in q.quote or word in passage.caption for word in words)]
                if fitting:
                    return fitting[0]
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
        return self._row(nodes, [f"{node.weight:g}" for node in nodes], "")

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

    def path(self, passage: Passage) -> list[str]:
        """Give the headings above a passage, without the title that its whole document stands under."""
        path = passage.section.split(PATH_SEPARATOR)
        return path[1:] if passage.document in self._titled and len(path) > 1 else path

    @cached_property
    def _titled(self) -> set[str]:
        """The documents that stand under one heading as a whole."""
        tops: defaultdict[str, set[str]] = defaultdict(set)
        for passage in self._retriever.passages:
            tops[passage.document].add(passage.section.split(PATH_SEPARATOR)[0])
        return {document for document, headings in tops.items() if len(headings - {""}) == 1}

    def is_of_part(self, kind: str, passage: Passage) -> bool:
        """Whether a passage stands in a part of the documents that a kind of question is about, by its heading."""
        part = self.path(passage)[0].casefold()
        return bool(kind) and any(word in part for word in self._phrasings.kind(kind).headings)

    def outline(self, kind: str) -> list[Passage]:
        """List the first passage of each heading under the first part of a document that a kind of question is about.

        Parts are told by their first heading; the headings are those one step below.
        """
        found: dict[tuple[str, ...], Passage] = {}
        for passage in self._retriever.passages:
            part, *below = self.path(passage)
            if below and self.is_of_part(kind, passage):
                found.setdefault((part, below[0]), passage)
        parts = list(dict.fromkeys(part for part, _ in found))[:1]
        return [passage for (part, _), passage in found.items() if part in parts]

    def words_of(self, kind: str) -> str:
        """Give the words that tell the part of the documents a kind of question is about."""
        return self._phrasings.kind(kind).expand if kind else ""

    def tells(self, kind: str, sentence: str) -> bool:
        """Whether a sentence says what a kind of question asks for, by words that only such sentences hold."""
        words = self._phrasings.telling.get(kind)
        return words is None or bool(words.search(sentence))

    def first_sentence(self, passage: Passage) -> str:
        """Quote the first sentence of a passage."""
        return sentences(passage.text)[0].strip()

    def differing(self, node: Node, years: Sequence[int], unit: str) -> list[Reconciled]:
        """List the printed figures of a node that differ from the recomputed ones."""
        return [
            row
            for row in self.reconciled(unit)
            if not row.agrees and row.published.node == node and row.published.year in years
        ]

    def about(
        self, node: Node, end: int, years: Sequence[int], direction: int, taken: Sequence[str] = ()
    ) -> Quotation | None:
        """Find the sentence of running text that says most of a node's development up to `end`, one of the `years`.

        It names the node; that it names it in full, names the year and speaks of the direction counts in its favour.
        A sentence that goes on to later years or speaks of earlier ones only, one that speaks only of the opposite
        direction, one that names the node only by an alias and no year, the definition of the node, and what is
        `taken` already, do not count.
        """
        aliases = self._definition.own_names(node)
        words = self._phrasings.directions["rise" if direction > 0 else "fall"]
        opposite = self._phrasings.directions["fall" if direction > 0 else "rise"]

        def weight(text: str) -> float:
            spoken = [year for year in map(int, _YEAR.findall(text)) if year in years]
            if spoken and max(spoken) != end:
                return 0.0
            if opposite.search(text) and not words.search(text):
                return 0.0
            named = 2.0 if node.name in text else 1.0 if spoken and any(alias in text for alias in aliases) else 0.0
            return named and named + bool(spoken) + bool(words.search(text))

        best: tuple[float, Quotation | None] = (0.0, None)
        for passage in self._retriever.passages:
            if passage.is_table or (node.definition and node.definition in passage.text):
                continue
            for sentence in sentences(passage.text):
                quote = sentence.strip()
                if not quote.endswith(_SENTENCE_END) or quote in taken:
                    continue
                if (found := weight(quote)) > best[0]:
                    best = (found, Quotation(passage, quote, 1.0))
        return best[1]

    def of_others(self, unit: str, units: Sequence[str]) -> list[str]:
        """List the sentences that name another of some units and not this one."""
        others = [other for other in units if other != unit]
        return [
            sentence.strip()
            for passage in (self._retriever.passages if others else ())
            for sentence in sentences(passage.text)
            if unit not in sentence and any(other in sentence for other in others)
        ]

    def search(self, query: str, *, expand: str = "", most_sentences: int = 0, k: int = 6) -> list[Quotation]:
        """Find passages of running text about a query, most relevant first.

        Parameters
        ----------
        query : str
            What is looked for; relevance is how much of it a passage speaks of.
        expand : str
            A kind of question, whose words widen the search without counting for relevance.
        most_sentences : int
            Quote at most so many neighbouring sentences; 0 quotes whole paragraphs.
        """
        words = f"{query} {self.words_of(expand)}"
        found: list[Quotation] = []
        for hit in self._hits(words, k):
            passage = hit.passage
            if most_sentences:
                quote = self._retriever.best_sentences(query, passage, most_sentences)
            else:
                quote = self._retriever.best_paragraphs(query, passage)
            found.append(Quotation(passage, quote, self.coverage(query, passage)))
        return sorted(found, key=lambda quotation: -quotation.relevance)

    def _hits(self, words: str, k: int) -> list["Hit"]:
        kind = "keyword" if self.by_keywords_only else "hybrid"
        hits, fault = self._retriever.search_surely(words, k, kind=kind)
        if fault:
            _log.warning("searching by keywords only: %s", fault)
            self.by_keywords_only = True
        return hits

    def coverage(self, words: str, passage: Passage) -> float:
        """Tell how much of some words a passage speaks of, 0..1."""
        return self._retriever.coverage(words, passage.index_text)

    def usual_name(self, node: Node) -> str:
        """Tell which of the names of a node most passages use."""
        names = self._definition.own_names(node)
        return max(names, key=lambda name: sum(name in passage.text for passage in self._retriever.passages))

    def may_hold(self, name: str) -> bool:
        """Whether every word of a name occurs in the documents; otherwise no passage can hold it."""
        return all(self._retriever.knows(token) for token in tokens(name))

    def known(self, text: str) -> str:
        """Keep the words of a text, not its single letters, that the documents use."""
        return " ".join(token for token in tokens(text) if len(token) > 1 and self._retriever.knows(token))

    def _sentences_with(self, passage: Passage, text: str) -> list[Quotation]:
        return [Quotation(passage, s.strip(), 1.0) for s in sentences(passage.text) if _stands_in(text, s)]

    def _row(self, nodes: Sequence[Node], cells: Sequence[str], section: str) -> Quotation | None:
        """Find, in a table, the rows from the first to the last that hold a node's name and its cell."""
        for passage in self._retriever.passages:
            if not passage.is_table or (section and passage.section != section):
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


def _in_cells(line: str, name: str, number: str) -> bool:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return name in cells and any(_is_number(cell) and float(cell) == float(number) for cell in cells)


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
