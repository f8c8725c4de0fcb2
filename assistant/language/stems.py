"""Words of Latin letters by their stems, so that "punctual" and "buses" tell of a name that says "bus punctuality"."""

import re
from functools import lru_cache

import snowballstemmer

_stemmer = snowballstemmer.stemmer("porter")
_WORD = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Give the stem of an English word, as Porter (1980) finds it."""
    return str(_stemmer.stemWord(word.casefold()))


def stems(text: str) -> set[str]:
    """Give the stems of the words of a text, of three letters at least."""
    return {stem(word) for word in _WORD.findall(text.casefold())}
