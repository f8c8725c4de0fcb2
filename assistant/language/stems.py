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


def singular(noun: str) -> str:
    """Give the singular of a regular English noun."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun.removesuffix("s") if not noun.endswith("ss") else noun


def either_number(noun: str) -> str:
    """Match a regular English noun in the singular and in the plural."""
    return f"{re.escape(noun[:-1])}(?:y|ies)" if noun.endswith("y") else f"{re.escape(noun)}(?:e?s)?"
