"""How text is cut for searching: terms (Chinese characters, words of Latin letters, numbers) and pairs of them."""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from opencc import OpenCC

_TERM = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)*")
_JOINT = re.compile(r"[\s\-‐–—/_.]{0,2}")
_LABEL = re.compile(r"[表图]\s*\d+")
_BEFORE_NUMBERS = "表图第"


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Fold width, case and traditional characters away."""
    return _simplifier().convert(unicodedata.normalize("NFKC", text).casefold())


def terms(text: str) -> list[str]:
    """Cut a text into its smallest terms: a Chinese character, a word of letters, a number."""
    return [term.replace(",", "") for term in _TERM.findall(fold(text))]


def pairs(text: str) -> list[str]:
    """Join neighbouring terms: Chinese bigrams, `pm2.5`, `gb3838`, `表2`; a word or number without such a neighbour."""
    found: list[str] = []
    folded = fold(text)
    joined = False
    matches = list(_TERM.finditer(folded))
    for first, second in pairwise([*matches, None]):
        assert first is not None
        term = first[0].replace(",", "")
        if second and _are_one(first[0], second[0], folded[first.end() : second.start()]):
            found.append(term + second[0].replace(",", ""))
            joined = True
        else:
            if not joined and not _is_han(term):
                found.append(term)
            joined = False
    return found


def _are_one(first: str, second: str, between: str) -> bool:
    if _is_han(first) and _is_han(second):
        return not between
    if _is_han(first):
        return first in _BEFORE_NUMBERS and second[0].isdigit() and not between.strip()
    return not _is_han(second) and second[0].isdigit() and bool(_JOINT.fullmatch(between))


def _is_han(term: str) -> bool:
    return "\u3400" <= term[0] <= "\u9fff"


def tokens(text: str) -> list[str]:
    """Cut a text into what carries meaning: its pairs, and a character that stands alone."""
    found = pairs(text)
    held = "".join(found)
    return [*found, *(term for term in terms(text) if _is_han(term) and term not in held)]


def labels(text: str) -> set[str]:
    """Find the tables and figures that a text names, as `表2`."""
    return {"".join(label.split()) for label in _LABEL.findall(fold(text))}


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure."""
    return bool(_LABEL.match(fold(line)))
