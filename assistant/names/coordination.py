"""Names that share their end and are spoken of together: "蔬菜和水产品两项合格率" for the pass rate of either."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SHORTEST_END = 3
_AND = re.compile("[、和与及]|以及")
# How many they are, before the end that they share.
_COUNTED = r"(?:[这的]?[两二三四五六七八九\d][项个类者种]的?)?"


@dataclass(frozen=True, slots=True)
class _SharedEnd:
    """The end of several names, what stands before it in each, and a pattern for some of these with one end."""

    end: str
    beginning: re.Pattern[str]
    together: re.Pattern[str]


class Coordination:
    """The ends that Chinese names share."""

    def __init__(self, names: Iterable[str]):
        self._ends = _shared_ends([name for name in dict.fromkeys(names) if not name.isascii()])

    def in_full(self, text: str) -> str:
        """Write each of some names out that a text gives with one end for all."""
        if not _AND.search(text):
            return text
        for shared in self._ends:
            if shared.end in text:
                text = shared.together.sub(lambda told, shared=shared: _each(told["beginnings"], shared), text)
        return text


def _shared_ends(names: Sequence[str]) -> Sequence[_SharedEnd]:
    """Find the ends of at least two names, the longest first."""
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for cut in range(1, len(name) - _SHORTEST_END + 1):
            beginnings[name[cut:]].append(name[:cut])
    shared = sorted((end for end, found in beginnings.items() if len(found) > 1), key=len, reverse=True)
    return [_shared_end(end, beginnings[end]) for end in shared]


def _shared_end(end: str, beginnings: Iterable[str]) -> _SharedEnd:
    one = "|".join(map(re.escape, sorted(beginnings, key=len, reverse=True)))
    together = rf"(?P<beginnings>(?:{one})(?:(?:{_AND.pattern})(?:{one}))+){_COUNTED}{re.escape(end)}"
    return _SharedEnd(end, re.compile(one), re.compile(together))


def _each(beginnings: str, shared: _SharedEnd) -> str:
    return "和".join(beginning + shared.end for beginning in shared.beginning.findall(beginnings))
