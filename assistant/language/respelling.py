"""Common English words with a slip in them: two letters that changed places, one missing, one too many, one wrong."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from assistant.language.spelling import is_slip

_WORD = re.compile(r"(?<![\w'])[a-z]{5,}(?![\w'-])")
# From how many letters on a word may lack one or have one too many, and from how many on one may be wrong.
_LONG, _LONGER = 6, 8


class Respelling:
    """Mends words that are nearly one of some, and no word of their own."""

    def __init__(self, words: Iterable[str], is_word: Callable[[str], bool]):
        self._words = {word for word in words if _WORD.fullmatch(word)}
        self._is_word = is_word
        self._by_rest: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for rest in _without_one(word):
                self._by_rest[rest].add(word)

    def mended(self, text: str) -> str:
        """Put the one word that is meant for each with a slip; what may be several stays."""
        return _WORD.sub(lambda word: self._meant(word[0]), text)

    def _meant(self, written: str) -> str:
        if written in self._words or self._is_word(written):
            return written
        near = {word for rest in _without_one(written) for word in self._by_rest.get(rest, ())}
        near |= self._by_rest.get(written, set()) | (self._words & set(_without_one(written)))
        meant = [word for word in near if _is_meant(written, word)]
        return meant[0] if len(meant) == 1 else written


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_meant(written: str, word: str) -> bool:
    """Whether a word became another by one slip that is no other form of it, as at its end."""
    if not is_slip(written, word) or (written[:-1] == word[:-1] and len(written) == len(word)):
        return False
    if len(written) == len(word):
        return sorted(written) == sorted(word) or len(word) >= _LONGER
    is_a_form = written.startswith(word) or (word.startswith(written) and word[-1] != written[-1])
    return len(word) >= _LONG and not is_a_form
