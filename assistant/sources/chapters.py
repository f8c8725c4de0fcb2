"""The parts of the documents, told by their headings."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.language.phrasings import Phrasings
from knowledge import Passage
from knowledge.documents import PATH_SEPARATOR
from scoring import IndexDefinition, Node

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever

_PART = re.compile(r"第(?P<number>[一二三四五六七八九十]|\d)(?:大?部分|章)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST_RUN, _LONG_RUN = 3, 4
_NUMERALS = str.maketrans("123456789", "一二三四五六七八九")


class Chapters:
    """The headings of the documents and what stands under them."""

    def __init__(self, retriever: "Retriever", definition: IndexDefinition, phrasings: Phrasings):
        self._retriever = retriever
        self._definition = definition
        self._phrasings = phrasings
        self._parts: dict[tuple[str, ...], Sequence[Passage]] = {}

    def path(self, passage: Passage) -> list[str]:
        """Give the headings above a passage, without the title that its whole document stands under."""
        return self._paths[passage.document, passage.section]

    @cached_property
    def _paths(self) -> Mapping[tuple[str, str], list[str]]:
        places = {(passage.document, passage.section) for passage in self._retriever.passages}
        paths = {place: place[1].split(PATH_SEPARATOR) for place in places}
        titled = {place for place, path in paths.items() if place[0] in self._titled and len(path) > 1}
        return {place: path[1:] if place in titled else path for place, path in paths.items()}

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

    def under(self, headings: Sequence[str]) -> Sequence[Passage]:
        """List the passages of the parts whose heading holds one of some words: those of kinds of question, so few."""
        of = tuple(headings)
        if of not in self._parts:
            self._parts[of] = [passage for passage in self._retriever.passages if self.is_under(of, passage)]
        return self._parts[of]

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

    def headed(self, headings: Sequence[str], text: str, least: int = _SHORTEST_RUN) -> list[Passage]:
        """List the passages of a part whose own heading shares the longest run of characters with a text.

        Only a run of at least some length counts that no other heading of the documents holds.
        """
        found: dict[str, list[Passage]] = {}
        for passage in self._retriever.passages:
            if headings and self.is_under(headings, passage) and len(self.path(passage)) > 1:
                found.setdefault(self.path(passage)[-1], []).append(passage)
        runs = {heading: next((len(run) for run in self._own_runs[heading] if run in text), 0) for heading in found}
        longest = max(runs.values(), default=0)
        if longest < least:
            return []
        return [passage for heading, run in runs.items() if run == longest for passage in found[heading]]

    def naming(self, headings: Sequence[str], node: Node) -> list[Passage]:
        """List the passages of a part whose own heading names a node."""
        names = self._definition.own_names(node)
        under = [passage for passage in self.under(headings) if len(self.path(passage)) > 1]
        return [passage for passage in under if any(name in self.path(passage)[-1] for name in names)]

    def like(self, headings: Sequence[str], node: Node) -> list[Passage]:
        """List the passages of a part whose own heading shares the longest of long runs of characters with a name.

        What the name of the whole index says tells nothing of a part of it.
        """
        under = [passage for passage in self.under(headings) if len(self.path(passage)) > 1]
        own, whole = (self._definition.own_names(each) for each in (node, self._definition.root))
        runs = {run for name in own for run in _runs(name) if len(run) >= _LONG_RUN}
        runs = {run for run in runs if node is self._definition.root or not any(run in name for name in whole)}
        shared = [
            (max((len(run) for run in runs if run in self.path(passage)[-1]), default=0), passage) for passage in under
        ]
        longest = max((length for length, _ in shared), default=0)
        return [passage for length, passage in shared if length == longest > 0]

    @cached_property
    def _own_runs(self) -> Mapping[str, Sequence[str]]:
        """The runs of Chinese characters of each heading that no other heading holds, the longest first."""
        headings = list(
            dict.fromkeys(heading for passage in self._retriever.passages for heading in self.path(passage))
        )
        return {
            heading: sorted(
                (
                    run
                    for piece in _HAN.findall(heading)
                    for run in _runs(piece)
                    if not any(run in other for other in headings if other != heading)
                ),
                key=len,
                reverse=True,
            )
            for heading in headings
        }

    def part_named(self, text: str) -> tuple[str, ...]:
        """Give the beginnings that the heading of the part has which a text names by its number; empty without one."""
        named = _PART.search(text)
        if named is None:
            return ()
        number = named["number"].translate(_NUMERALS)
        return f"{number}、", f"第{number}"

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


def _runs(text: str) -> list[str]:
    size = len(text)
    return [text[first:last] for first in range(size) for last in range(first + _SHORTEST_RUN, size + 1)]
