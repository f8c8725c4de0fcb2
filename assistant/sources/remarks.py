"""What the documents remark on the nodes of the index, sentence by sentence."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.language.motion import DIRECTION
from assistant.language.phrasings import Phrasings
from assistant.sources.chapters import Chapters
from assistant.sources.printed import Quotation
from knowledge.passages import sentences
from scoring import IndexDefinition, Node

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|年版)")
# Longer than this, a sentence is no quotation to be read at a glance.
_LONG_SENTENCE = 120
# What is said of an indicator in the year, be it neither that it moved nor why, weighs least.
_BY_THE_WAY = 0.1
# Nor does a sentence weigh much that goes on to later years.
_GOES_ON = 0.5
SENTENCE_END = ("。", "！", "？", ".")


@dataclass(frozen=True, slots=True)
class _Naming:
    """A sentence that names a node: the years it names, and whether the node in full or by a name of its own.

    One that `follows` names no node, but stands behind one that does.
    """

    quotation: Quotation
    years: tuple[int, ...]
    in_full: bool
    by_own_name: bool
    follows: bool = False

    def weight(self, end: int, years: Sequence[int]) -> float:
        """Weigh how it names the node and the year `end`, the last of the `years` that it names, if any."""
        spoken = [year for year in self.years if year in years]
        if spoken and max(spoken) != end:
            return _GOES_ON if end in spoken else 0.0
        dated = bool(spoken and self.by_own_name)
        return (2.0 if self.in_full else float(dated)) + dated


class Remarks:
    """The whole sentences of running text, and which nodes each names."""

    def __init__(self, retriever: "Retriever", definition: IndexDefinition, phrasings: Phrasings, chapters: Chapters):
        self._retriever = retriever
        self._chapters = chapters
        self._definition = definition
        self._phrasings = phrasings
        self._naming: dict[str, list[_Naming]] = {}

    def about(
        self, node: Node, end: int, years: Sequence[int], direction: int, taken: Sequence[str] = ()
    ) -> Quotation | None:
        """Find the sentence of running text that says most of a node's development up to `end`, one of the `years`.

        It names the node, and speaks of the direction or of a cause; that it names the node in full, names the year and
        speaks of the direction counts in its favour. A sentence that goes on to later years must give a cause, or begin
        with that year. One that speaks of earlier ones only, one that speaks only of the opposite direction, one that
        names the node only by an alias and no year, the definition of the node, and what is `taken` already, do not
        count. One that names no node at all counts behind one that names this, where it gives a cause in that year.
        """

        def weight(naming: _Naming, name: float) -> float:
            text = naming.quotation.quote
            moves = {-1 if move["fall"] else 1 for move in DIRECTION.finditer(text)}
            of_value = node.is_indicator and node.less_is_better and -direction in moves
            told = direction in moves or (of_value and end in naming.years)
            explains = self._phrasings.tells("cause", text) and (end in naming.years or -direction not in moves)
            goes_on = any(year > end for year in naming.years if year in years)
            begins_there = told and naming.in_full and min(naming.years, default=0) == end
            if (naming.follows or goes_on) and not ((explains and end in naming.years) or begins_there):
                return 0.0
            if told or explains:
                return name + told
            by_the_way = node.is_indicator and naming.by_own_name and end in naming.years and not moves
            return _BY_THE_WAY if by_the_way else 0.0

        return self._weightiest_sentence(node, end, years, weight, taken)

    def each_about(
        self, node: Node, end: int, years: Sequence[int], direction: int, taken: Sequence[str] = ()
    ) -> Iterator[Quotation]:
        """Yield the sentences that say most of a node's development, as `about` does, one after the other."""
        taken = [*taken]
        while quotation := self.about(node, end, years, direction, taken):
            taken.append(quotation.quote)
            yield quotation

    def factor(self, node: Node, end: int, years: Sequence[int], taken: Sequence[str] = ()) -> Quotation | None:
        """Find the sentence of running text that says what the level of a node depends on, as `about` does."""

        def weight(naming: _Naming, name: float) -> float:
            return name if self._phrasings.tells("cause", naming.quotation.quote) else 0.0

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
        weight: Callable[[_Naming, float], float],
        taken: Sequence[str],
    ) -> Quotation | None:
        """Find the first of the sentences on a node that weigh most, if any weighs, by itself and how it names it."""
        best: tuple[float, Quotation | None] = (0.0, None)
        for naming in self._sentences_naming(node):
            quote = naming.quotation.quote
            name = naming.weight(end, years)
            if name and quote not in taken and (found := weight(naming, name)) > best[0]:
                best = (found, naming.quotation)
        return best[1]

    def _sentences_naming(self, node: Node) -> list[_Naming]:
        """List the sentences of running text that name a node, but for its definition."""
        if node.id not in self._naming:
            names = self._definition.own_names(node)
            found: list[_Naming] = []
            before: Quotation | None = None
            for quotation in self._statements:
                quote, passage = quotation.quote, quotation.passage
                is_named = any(name in quote for name in names)
                if is_named and not (node.definition and node.definition in passage.text):
                    plain, years = self._without_longer_names(node, quote), self._years_of(quotation)
                    found.append(_Naming(quotation, years, node.name in quote, any(name in plain for name in names)))
                elif before and before.passage == passage and not self._any_name.search(quote):
                    years = self._years_of(quotation)
                    found.append(_Naming(quotation, years, in_full=False, by_own_name=True, follows=True))
                before = quotation if is_named else None
            self._naming[node.id] = found
        return self._naming[node.id]

    def _years_of(self, quotation: Quotation) -> tuple[int, ...]:
        """List the years that a sentence names; one that counts from the year before is of the year named above it."""
        years = tuple(map(int, _YEAR.findall(quotation.quote)))
        if years or not self._phrasings.beside_previous.search(quotation.quote):
            return years
        above = quotation.passage.text.partition(quotation.quote)[0]
        return tuple(map(int, _YEAR.findall(above)))[-1:] or (0,)

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        """Match a name of any node."""
        names = {name for node in self._definition.nodes.values() for name in self._definition.own_names(node)}
        return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))

    @cached_property
    def _statements(self) -> list[Quotation]:
        """All whole sentences of running text, but for those on what is to be done; of long ones only the end."""
        to_be_done = self._chapters.headings_of("strategy")
        return [
            Quotation(passage, quote, 1.0)
            for passage in self._retriever.passages
            if not passage.is_table and not self._chapters.is_under(to_be_done, passage)
            for quote in _whole_sentences(passage.text)
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


def _whole_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text that end as such; of one that semicolons part, the last part if it is long."""
    begun = ""
    for part in sentences(text):
        begun += part
        if part.strip().endswith(SENTENCE_END):
            yield (begun if len(begun) <= _LONG_SENTENCE else part).strip()
            begun = ""
