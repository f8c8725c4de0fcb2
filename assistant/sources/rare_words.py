"""Runs of Chinese characters, and Latin words, that few passages hold: what tells what a text is about."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge import Passage
from knowledge.tokens import fold

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever

_HAN = re.compile(r"[\u3400-\u9fff]+")
# So many characters count for a Latin word, of which the shortest are common ones.
_OF_A_WORD, _WORD = 2, re.compile(r"[a-z]{4,}")
# In how many passages words may stand that tell what a question is about.
_FEW = 4


class RareWords:
    """The words of the documents, by how many passages hold them."""

    def __init__(self, retriever: "Retriever"):
        self._retriever = retriever

    def shared_length(self, text: str, passage: Passage, among: Sequence[Passage] = ()) -> int:
        """Count the Chinese characters in the runs, of two at least, that a text and a passage share and few others.

        The others are those `among` which it stands, or all.
        """
        held = self._folded[passage.id]
        length = 0
        for han in _HAN.findall(fold(text)):
            start = 0
            while start < len(han) - 1:
                run = _longest_in(han[start:], held)
                is_rare = self._is_rare(run, among)
                length += len(run) if is_rare else 0
                start += len(run) if is_rare else 1
        return length + sum(_OF_A_WORD for word in _words(text) & _words(held) if self._is_rare(word, among))

    def held_share(self, text: str, other: str) -> float:
        """Tell which share of the Chinese characters of a text, 0..1, stands in another in runs of two at least."""
        held, count = fold(other), 0
        runs = _HAN.findall(fold(text))
        for han in runs:
            start = 0
            while start < len(han) - 1:
                run = _longest_in(han[start:], held)
                count += len(run)
                start += len(run) or 1
        words = _words(text)
        count += _OF_A_WORD * len(words & _words(held))
        return count / max(1, sum(map(len, runs)) + _OF_A_WORD * len(words))

    def shared_words(self, text: str, least: int) -> list[str]:
        """List the runs of some Chinese characters at least that a text and few passages share, the longest first."""
        texts = list(self._folded.values())
        pieces = [han[start:] for han in _HAN.findall(fold(text)) for start in range(len(han) - least + 1)]
        runs = (max((_longest_in(piece, held) for held in texts), key=len, default="") for piece in pieces)
        return sorted({run for run in runs if len(run) >= least and self._is_rare(run)}, key=len, reverse=True)

    def hold(self, words: str) -> bool:
        """Whether any passage holds some words."""
        folded = fold(words)
        return any(folded in text for text in self._folded_with_headings)

    def shares_a_word(self, text: str, other: str) -> bool:
        """Whether two texts share a run of Chinese characters that few passages hold."""
        held = fold(other)
        runs = [_longest_in(han[start:], held) for han in _HAN.findall(fold(text)) for start in range(len(han) - 1)]
        return any(map(self._is_rare, (*runs, *(_words(text) & _words(held)))))

    def _is_rare(self, run: str, among: Sequence[Passage] = ()) -> bool:
        texts = [self._folded[passage.id] for passage in among] or self._folded.values()
        return bool(run) and sum(run in text for text in texts) <= _FEW

    @cached_property
    def _folded_with_headings(self) -> list[str]:
        """The same with the headings and captions that the passages stand under."""
        return [fold(passage.index_text) for passage in self._retriever.passages]

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The texts of the passages, by id, without differences of width, case and script."""
        return {passage.id: fold(passage.text) for passage in self._retriever.passages}


def _words(text: str) -> set[str]:
    """List the longer Latin words of a text, without the endings of most plurals."""
    return {word.removesuffix("s") for word in _WORD.findall(fold(text))}


def _longest_in(han: str, text: str) -> str:
    """Give the longest beginning of a run, of two characters at least, that stands in a text."""
    length = next((size for size in range(len(han), 1, -1) if han[:size] in text), 0)
    return han[:length]
