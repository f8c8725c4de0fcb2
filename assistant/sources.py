"""What may be looked up: each function asks the knowledge base and gives passages with an exact quote."""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.clauses import core
from assistant.phrasings import Phrasings
from assistant.printed import Printed, Quotation
from knowledge import Passage
from knowledge.documents import PATH_SEPARATOR
from knowledge.passages import sentences
from knowledge.tokens import fold, is_caption, labels, tokens
from scoring import IndexDefinition, Node, Reconciled

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Hit, Retriever

_log = logging.getLogger(__name__)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|年版)")
_PART = re.compile(r"第(?P<number>[一二三四五六七八九十]|\d)(?:大?部分|章)")
_NUMERALS = str.maketrans("123456789", "一二三四五六七八九")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# In how many passages words may stand that tell what a question is about.
_FEW = 4
SENTENCE_END = ("。", "！", "？", ".")


@dataclass(frozen=True, slots=True)
class _Naming:
    """A sentence that names a node: the years it names, and whether the node in full or by a name of its own."""

    quotation: Quotation
    years: tuple[int, ...]
    in_full: bool
    by_own_name: bool

    def weight(self, end: int, years: Sequence[int]) -> float:
        """Weigh how it names the node and the year `end`, the last of the `years` that it names, if any."""
        spoken = [year for year in self.years if year in years]
        if spoken and max(spoken) != end:
            return 0.0
        dated = bool(spoken and self.by_own_name)
        return (2.0 if self.in_full else float(dated)) + dated


class Sources(Printed):
    """The documents, and the figures that they print."""

    def __init__(
        self,
        retriever: "Retriever",
        definition: IndexDefinition,
        reconciled: Sequence[Reconciled],
        phrasings: Phrasings,
    ):
        super().__init__(retriever, definition, reconciled)
        self._phrasings = phrasings
        self._naming: dict[str, list[_Naming]] = {}
        self.by_keywords_only = False
        """Whether a search had to do without vectors, because their provider did not answer."""

    @property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return self._retriever.documents

    def caption(self, text: str) -> Quotation | None:
        """Find the caption of a table or figure that a text names by its number, rather one that tells a direction."""
        found = [
            Quotation(passage, line, 1.0)
            for passage in self._retriever.passages
            for line in passage.text.split("\n")
            if is_caption(line) and labels(line) & labels(text)
        ]
        return max(found, key=lambda quotation: abs(self.direction(quotation.quote)), default=None)

    def direction(self, text: str) -> int:
        """Tell whether a text speaks of a rise (1), of a fall (-1), or of neither or both (0)."""
        words = self._phrasings.directions
        return bool(words["rise"].search(text)) - bool(words["fall"].search(text))

    def says(self, what: str, text: str) -> bool:
        """Whether a text puts something forward of a course, as `steadily`."""
        return bool(self._phrasings.says[what].search(text))

    def named_in(self, text: str) -> tuple[Node, ...]:
        """Tell the node that a text names by the longest name."""
        names = [
            (len(n), node)
            for node in self._definition.nodes.values()
            for n in self._definition.own_names(node)
            if n in text
        ]
        return (max(names, key=lambda pair: pair[0])[1],) if names else ()

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

    def headings_of(self, kind: str) -> tuple[str, ...]:
        """Give the words that tell the part of the documents a kind of question is about, by its heading."""
        return self._phrasings.kind(kind).headings if kind else ()

    def is_under(self, headings: Sequence[str], passage: Passage) -> bool:
        """Whether a passage stands in a part of the documents whose heading holds one of some words."""
        part = self.path(passage)[0].casefold()
        return any(heading in part for heading in headings)

    def outline(self, headings: Sequence[str]) -> list[Passage]:
        """List the first passage of each heading under the first part of a document whose title holds one of the words.

        Parts are told by their first heading; the headings are those one step below.
        """
        found: dict[tuple[str, ...], Passage] = {}
        for passage in self._retriever.passages:
            part, *below = self.path(passage)
            if below and self.is_under(headings, passage):
                found.setdefault((part, below[0]), passage)
        parts = list(dict.fromkeys(part for part, _ in found))[:1]
        return [passage for (part, _), passage in found.items() if part in parts]

    def part_named(self, text: str) -> tuple[str, ...]:
        """Give the beginnings that the heading of the part has which a text names by its number; empty without one."""
        named = _PART.search(text)
        if named is None:
            return ()
        number = named["number"].translate(_NUMERALS)
        return f"{number}、", f"第{number}"

    def tells(self, kind: str, sentence: str) -> bool:
        """Whether a sentence says what a kind of question asks for, by words that only such sentences hold."""
        words = self._phrasings.telling.get(kind)
        return words is None or bool(words.search(sentence))

    def core(self, kind: str, sentence: str, names: Callable[[str], bool]) -> str:
        """Give the clauses of a sentence that name something and say what a kind of question asks for."""
        return core(self._phrasings, kind, sentence, names)

    def first_sentence(self, passage: Passage) -> str:
        """Quote the first sentence of a passage."""
        return sentences(passage.text)[0].strip()

    def about(
        self, node: Node, end: int, years: Sequence[int], direction: int, taken: Sequence[str] = ()
    ) -> Quotation | None:
        """Find the sentence of running text that says most of a node's development up to `end`, one of the `years`.

        It names the node; that it names it in full, names the year and speaks of the direction counts in its favour.
        A sentence that goes on to later years or speaks of earlier ones only, one that speaks only of the opposite
        direction, one that names the node only by an alias and no year, the definition of the node, and what is
        `taken` already, do not count.
        """
        words = self._phrasings.directions["rise" if direction > 0 else "fall"]
        opposite = self._phrasings.directions["fall" if direction > 0 else "rise"]

        def weight(text: str, name: float) -> float:
            if opposite.search(text) and not words.search(text):
                return 0.0
            return name + bool(words.search(text))

        return self._weightiest_sentence(node, end, years, weight, taken)

    def factor(self, node: Node, end: int, years: Sequence[int], taken: Sequence[str] = ()) -> Quotation | None:
        """Find the sentence of running text that says what the level of a node depends on, as `about` does."""

        def weight(text: str, name: float) -> float:
            return name if self.tells("cause", text) else 0.0

        return self._weightiest_sentence(node, end, years, weight, taken)

    def _without_longer_names(self, node: Node, text: str) -> str:
        """Take out of a text the names of other nodes that hold a name of a node inside them."""
        own = self._definition.own_names(node)
        for other in self._definition.nodes.values():
            for name in () if other is node else self._definition.own_names(other):
                if name in text and any(alias in name for alias in own):
                    text = text.replace(name, " ")
        return text

    def _weightiest_sentence(
        self,
        node: Node,
        end: int,
        years: Sequence[int],
        weight: Callable[[str, float], float],
        taken: Sequence[str],
    ) -> Quotation | None:
        """Find the first of the sentences on a node that weigh most, if any weighs, by itself and how it names it."""
        best: tuple[float, Quotation | None] = (0.0, None)
        for naming in self._sentences_naming(node):
            quote = naming.quotation.quote
            name = naming.weight(end, years)
            if name and quote not in taken and (found := weight(quote, name)) > best[0]:
                best = (found, naming.quotation)
        return best[1]

    def _sentences_naming(self, node: Node) -> list["_Naming"]:
        """List the sentences of running text that name a node, but for its definition."""
        if node.id not in self._naming:
            names = self._definition.own_names(node)
            found: list[_Naming] = []
            for quotation in self._statements:
                quote, passage = quotation.quote, quotation.passage
                if any(name in quote for name in names) and not (node.definition and node.definition in passage.text):
                    plain = self._without_longer_names(node, quote)
                    years = tuple(map(int, _YEAR.findall(quote)))
                    found.append(_Naming(quotation, years, node.name in quote, any(name in plain for name in names)))
            self._naming[node.id] = found
        return self._naming[node.id]

    @cached_property
    def _statements(self) -> list[Quotation]:
        """All whole sentences of running text."""
        return [
            Quotation(passage, quote, 1.0)
            for passage in self._retriever.passages
            if not passage.is_table
            for sentence in sentences(passage.text)
            if (quote := sentence.strip()).endswith(SENTENCE_END)
        ]

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
        query = self.in_own_words(query)
        words = self._phrasings.kind(expand).expand if expand else ""
        passages = [hit.passage for hit in self._hits(f"{query} {words}", k)]
        coverages = self._retriever.coverages(query, [passage.index_text for passage in passages])
        found: list[Quotation] = []
        for passage, relevance in zip(passages, coverages, strict=True):
            if most_sentences:
                quote = self._retriever.best_sentences(query, passage, most_sentences)
            else:
                quote = self._retriever.best_paragraphs(query, passage)
            found.append(Quotation(passage, quote, relevance))
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

    def shared_length(self, text: str, passage: Passage) -> int:
        """Count the Chinese characters in the runs, of two at least, that a text and a passage share and few others."""
        held = self._folded[passage.id]
        length = 0
        for han in _HAN.findall(fold(text)):
            start = 0
            while start < len(han) - 1:
                run = _longest_in(han[start:], held)
                is_telling = run and sum(run in other for other in self._folded.values()) <= _FEW
                length += len(run) if is_telling else 0
                start += len(run) if is_telling else 1
        return length

    def shares_a_word(self, text: str, other: str) -> bool:
        """Whether two texts share a run of Chinese characters that few passages hold."""
        held = fold(other)
        runs = [_longest_in(han[start:], held) for han in _HAN.findall(fold(text)) for start in range(len(han) - 1)]
        return any(run and sum(run in folded for folded in self._folded.values()) <= _FEW for run in runs)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The texts of the passages, by id, without differences of width, case and script."""
        return {passage.id: fold(passage.text) for passage in self._retriever.passages}

    def usual_name(self, node: Node, kind: str = "") -> str:
        """Tell by which of its names or topics a heading of the part for a kind of question speaks of a node.

        Without such a heading it is the name that most passages use.
        """
        names = self._definition.own_names(node)
        headings = [passage.section.split(PATH_SEPARATOR)[-1] for passage in self.outline(self.headings_of(kind))]
        for name in (*names, *node.topics):
            if any(name in heading for heading in headings):
                return name
        return max(names, key=lambda name: sum(name in passage.text for passage in self._retriever.passages))

    def may_hold(self, name: str) -> bool:
        """Whether every word of a name occurs in the documents; otherwise no passage can hold it."""
        return all(self._retriever.knows(token) for token in tokens(name))

    def in_own_words(self, text: str) -> str:
        """Say a text in the words of the documents, as far as another name for a thing is known."""
        return self._retriever.in_own_words(text)

    def known(self, text: str) -> str:
        """Keep the words of a text, not its single letters, that the documents use."""
        return " ".join(token for token in tokens(text) if len(token) > 1 and self._retriever.knows(token))


def _longest_in(han: str, text: str) -> str:
    """Give the longest beginning of a run, of two characters at least, that stands in a text."""
    length = next((size for size in range(len(han), 1, -1) if han[:size] in text), 0)
    return han[:length]
