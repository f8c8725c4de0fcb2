"""How text is cut for searching: terms (Chinese characters, words of Latin letters, numbers) and pairs of them."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from opencc import OpenCC

_TERM = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)*")
_RUN = re.compile(
    r"(?P<han>[\u3400-\u9fff]+)|(?:[^\W\d_\u3400-\u9fff]+|\d+(?:[.,]\d+)*)(?:[\s\-‐–—/_.]{0,2}\d+(?:[.,]\d+)*)*"
)
_PLURAL = re.compile(r"[a-z]{2,}s")
_LABEL = re.compile(r"(?P<kind>[表图]|\b(?:table|fig(?:ure|\.))\s)\s*(?P<number>\d+)")
_KIND = {"表": "表", "图": "图", "t": "表", "f": "图"}
_BEFORE_NUMBERS = "表图第"


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


# A query is cut in several ways, one after the other.
@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Fold width, case and traditional characters away."""
    return _simplifier().convert(unicodedata.normalize("NFKC", text).casefold())


def terms(text: str) -> list[str]:
    """Cut a text into its smallest terms: a Chinese character, a word of letters, a number."""
    return [_singular(term.replace(",", "")) for term in _TERM.findall(fold(text))]


def _singular(term: str) -> str:
    """Take the ending of a plural off a Latin word, as the S-stemmer of Harman (1991) does."""
    if not _PLURAL.fullmatch(term):
        return term
    if term.endswith("ies") and not term.endswith(("eies", "aies")):
        return f"{term[:-3]}y"
    return term[:-1] if not term.endswith(("us", "ss", "aes", "ees", "oes")) else term


def pairs(text: str) -> list[str]:
    """Join neighbouring terms: Chinese bigrams, `pm2.5`, `gb3838`, `表2`; a word or number without such a neighbour."""
    found: list[str] = []
    folded = fold(text)
    for run in _RUN.finditer(folded):
        characters = run["han"]
        if characters:
            found += [characters[i : i + 2] for i in range(len(characters) - 1)]
            continue
        joined = [_singular(term.replace(",", "")) for term in _TERM.findall(run[0])]
        before = folded[max(0, run.start() - 2) : run.start()].rstrip()[-1:]
        if before in _BEFORE_NUMBERS and before and joined[0][0].isdigit():
            joined.insert(0, before)
        found += [first + second for first, second in pairwise(joined)] or joined
    return found


def tokens(text: str) -> list[str]:
    """Cut a text into what carries meaning: its pairs, and a character that stands alone."""
    found = pairs(text)
    held = "".join(found)
    return [*found, *(term for term in terms(text) if "\u3400" <= term <= "\u9fff" and term not in held)]


def labels(text: str) -> set[str]:
    """Find the tables and figures that a text names, in either language, as `表2`."""
    return {_KIND[label["kind"][0]] + label["number"] for label in _LABEL.finditer(fold(text))}


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure."""
    return bool(_LABEL.match(fold(line)))
