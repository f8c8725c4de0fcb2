"""What may be looked up: each function asks the knowledge base and gives passages with an exact quote."""

import logging
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.language.patterns import amounts_in
from assistant.language.phrasings import Phrasings
from assistant.names.mentions import normalise
from assistant.sources.clauses import core
from assistant.sources.corpus import Corpus
from assistant.sources.printed import Printed, Quotation
from knowledge import Passage
from knowledge.passages import sentences
from knowledge.tokens import fold, is_caption, labels, tokens
from scoring import IndexDefinition, Node, Reconciled

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Hit

_HAN = re.compile(r"[\u3400-\u9fff]")
_TITLE = re.compile("《[^》]+》")
_DECIMAL = re.compile(r"\d+\.\d+")
# What the report says in other words covers 0.35 of them and more, what it does not say 0.13 and less.
_BORNE_OUT = 0.25
_HEADING_LIKE = 20
_ANNOUNCED = 2
_LONG_WORD = 4

_log = logging.getLogger(__name__)


class Sources(Printed):
    """The documents, and the figures that they print."""

    def __init__(
        self, corpus: Corpus, definition: IndexDefinition, reconciled: Sequence[Reconciled], phrasings: Phrasings
    ):
        super().__init__(corpus.retriever, definition, reconciled)
        self._phrasings = phrasings
        self.language = corpus.language
        self.chapters = corpus.chapters
        self.remarks = corpus.remarks
        self.rare_words = corpus.rare_words
        self.assertions = corpus.assertions
        self._on_names = corpus.on_names
        self.by_keywords_only = False
        """Whether a search had to do without vectors, because their provider did not answer."""
        self._searched: dict[tuple[str, str, int, int], list[Quotation]] = {}

    @property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return self._retriever.documents

    def on_names(self, of: tuple[str, ...], find: Callable[[], Sequence[Passage]]) -> Sequence[Passage]:
        """Give the passages that speak of some names of the index, found once for all questions unless it failed."""
        if of in self._on_names:
            return self._on_names[of]
        found = find()
        if not self.by_keywords_only:
            self._on_names[of] = found
        return found

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

    def in_unit(self, measure_unit: str, text: str) -> list[str]:
        """List the numbers that a text gives in a unit of measure, as per cent or anything else of its own name."""
        words = [word for word in self._phrasings.words_of_unit(measure_unit) if len(word) > 1]
        return amounts_in(words, normalise(text))

    def named_in(self, text: str) -> tuple[Node, ...]:
        """Tell the node that a text names by the longest name."""
        names = [
            (len(n), node)
            for node in self._definition.nodes.values()
            for n in self._definition.own_names(node)
            if n in text
        ]
        return (max(names, key=lambda pair: pair[0])[1],) if names else ()

    def tells(self, kind: str, sentence: str) -> bool:
        """Whether a sentence says what a kind of question asks for, by words that only such sentences hold."""
        return self._phrasings.tells(kind, sentence)

    def core(self, kind: str, sentence: str, names: Callable[[str], bool], longest: float = 0) -> str:
        """Give the clauses of a sentence that name something and say what a kind of question asks for."""
        return core(self._phrasings, kind, sentence, names, longest)

    def first_sentence(self, passage: Passage) -> str:
        """Quote the first sentence of a passage."""
        return sentences(passage.text)[0].strip()

    def search(self, query: str, *, expand: str = "", most_sentences: int = 0, k: int = 6) -> list[Quotation]:
        """Find passages of running text about a query, most relevant first; for one answer the same is sought once.

        Parameters
        ----------
        query : str
            What is looked for; relevance is how much of it a passage speaks of.
        expand : str
            A kind of question, whose words widen the search without counting for relevance.
        most_sentences : int
            Quote at most so many neighbouring sentences; 0 quotes whole paragraphs.
        """
        asked = (query, expand, most_sentences, k)
        if asked not in self._searched:
            self._searched[asked] = self._search(*asked)
        return self._searched[asked]

    def _search(self, query: str, expand: str, most_sentences: int, k: int) -> list[Quotation]:
        query = self.in_own_words(query)
        words = self._phrasings.kind(expand).expand if expand else ""
        passages = [hit.passage for hit in self._hits(f"{query} {words}", k)]
        coverages = self._retriever.coverages(query, [passage.index_text for passage in passages])
        found: list[Quotation] = []
        for passage, relevance in zip(passages, coverages, strict=True):
            if most_sentences:
                quote = self._retriever.best_sentences(query, passage, most_sentences)
                if len(quote) < _HEADING_LIKE:  # what such a sentence announces stands behind it
                    quote = self._retriever.best_sentences(query, passage, most_sentences + _ANNOUNCED)
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

    def headed_for(self, searches: Sequence[str], hit: Quotation) -> float:
        """Tell how much of some searches the heading above a passage speaks of, 0..1."""
        heading = self.chapters.path(hit.passage)[-1]
        return max(self._retriever.coverage(self.in_own_words(words), heading) for words in searches)

    def headed_with(self, words: str, headings: Sequence[str]) -> list[Passage]:
        """List the passages of a part whose own heading shares a word with some words that few passages hold."""
        return [
            p for p in self.chapters.under(headings) if self.rare_words.shares_a_word(words, self.chapters.path(p)[-1])
        ]

    def holding(self, word: str, least: int) -> list[Quotation]:
        """Find the sentences of running text that hold a word; none where it says little beside a name of the index."""
        bare = word.strip(self._phrasings.particles)
        known = [fold(name) for name in self._all_names if fold(name) in bare or bare in fold(name)]
        beside = min((len(bare.replace(name, "").strip(self._phrasings.particles)) for name in known), default=least)
        if len(bare) < least or not beside:
            return []
        return [Quotation(passage, text, 0.0) for passage, text in self._each_sentence() if word in fold(text)]

    def topic_words(self, text: str) -> list[str]:
        """List the names and topics of the nodes one of whose topics stands in a text."""
        text = fold(text)
        named = [n for n in self._definition.nodes.values() if any(fold(topic) in text for topic in n.topics)]
        return [word for node in named for word in (*node.topics, *self._definition.own_names(node))]

    @cached_property
    def _all_names(self) -> list[str]:
        """The names of the nodes and levels, and of whoever supplies data."""
        definition = self._definition
        nodes = definition.nodes.values()
        named = (name for node in nodes for name in (*definition.own_names(node), *node.topics, node.source))
        return [*filter(None, named), *(level.name for level in definition.levels)]

    def titles(self, words: str, least: float) -> list[Quotation]:
        """Find the sentences of running text which name another document by its title and speak most of some words."""
        found = [
            Quotation(passage, text, self._retriever.coverage(words, text))
            for passage, text in self._each_sentence()
            if _TITLE.search(text)
        ]
        best = max((quotation.relevance for quotation in found), default=0.0)
        return [quotation for quotation in found if quotation.relevance == best >= least]

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage by its id; None where no document holds it any more."""
        return self._retriever.passage(passage_id)

    def bears_out(self, sentence: str, citation: Citation) -> bool:
        """Whether the passage of a citation speaks of what a sentence says, as far as they are in one language.

        A quotation that prints one of its numbers does, and a table with a cell that it names.
        """
        passage = self.passage(citation.passage_id)
        if passage is None or not _HAN.search(sentence):
            return True
        printed = any(number in citation.quote for number in _DECIMAL.findall(sentence))
        cells = {cell.strip() for cell in passage.text.split("|")} if passage.is_table else set[str]()
        named = any(cell in sentence for cell in cells if len(_HAN.findall(cell)) > 1)
        return printed or named or self.coverage(sentence, passage) >= _BORNE_OUT

    def may_hold(self, name: str) -> bool:
        """Whether every word of a name occurs in the documents; otherwise no passage can hold it."""
        return all(self._retriever.knows(token) for token in tokens(self.in_own_words(name)))

    def tell(self, word: str, content: str) -> bool:
        """Whether a passage holds a word together with one of those that a question is about."""
        texts = (passage.text.casefold() for passage in self._retriever.passages)
        return any(word in text and any(part in text for part in content.split()) for text in texts)

    def holds(self, name: str, passage: Passage) -> bool:
        """Whether a passage holds a name, as the documents call what it names."""
        return self.in_own_words(name).strip() in passage.text.casefold()

    def in_own_words(self, text: str) -> str:
        """Say a text in the words of the documents, as far as another name for a thing is known."""
        return self._retriever.in_own_words(text)

    def knows_all(self, text: str) -> bool:
        """Whether the documents use every longer word of a text."""
        return all(self._retriever.knows(token) for token in tokens(text) if len(token) >= _LONG_WORD)

    def known(self, text: str) -> str:
        """Keep the words of a text, not its single letters, that the documents use."""
        return " ".join(token for token in tokens(text) if len(token) > 1 and self._retriever.knows(token))
