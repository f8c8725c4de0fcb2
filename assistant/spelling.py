"""Names written with one character wrong, missing or too many."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z ]*")
_INSIDE_LATIN = re.compile(r"[a-z]{2}")
# A shorter name with one character changed is soon another word.
_SHORTEST_HAN = 5
_SHORTEST_LATIN = 9


class Spelling:
    """Finds where a text nearly writes one of some names. The first character must be right."""

    def __init__(self, names: Iterable[str]):
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(names, key=len, reverse=True):
            if len(name) >= (_SHORTEST_LATIN if _LATIN.fullmatch(name) else _SHORTEST_HAN):
                self._by_first[name[0]].append(name)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a folded text nearly writes a name, and that name; the longest wins and none overlap."""
        end = 0
        for start, first in enumerate(text):
            for name in self._by_first.get(first, ()) if start >= end else ():
                if length := _length(text[start : start + len(name) + 1], name):
                    if _stands_alone(text, start, start + length):
                        end = start + length
                        yield start, end, name
                    break


def _length(text: str, name: str) -> int:
    """Give how much of the beginning of a text is a name with one mistake; 0 where that is none of it."""
    right = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, name, strict=False)))
    if right == len(name):
        return 0
    kind = _LATIN if _LATIN.fullmatch(name) else _HAN
    is_letter = bool(kind.fullmatch(text[right : right + 1]))
    if is_letter and text[right + 1 : len(name)] == name[right + 1 :]:
        return len(name)
    if right + 1 < len(name) and text[right : len(name) - 1] == name[right + 1 :]:
        return len(name) - 1
    if is_letter and text[right + 1 :] == name[right:]:
        return len(name) + 1
    return 0


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends inside a Latin word."""
    return not any(_INSIDE_LATIN.fullmatch(text[max(0, at - 1) : at + 1]) for at in (start, end))
