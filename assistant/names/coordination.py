"""Names that share their end and are spoken of together: "蔬菜和水产品两项合格率" for the pass rate of either."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_SHORTEST_END = 3
_AND = re.compile("[、和与及]|以及")
# How many they are, before the end that they share.
_COUNTED = r"(?:[这的]?[两二三四五六七八九\d][项个类者种]的?)?"


@dataclass(frozen=True)
class _SharedEnd:
    """The end of several names, and what stands before it in each."""

    end: str
    beginnings: Sequence[str]

    def in_full(self, text: str) -> str:
        """Write out the names that a text gives with this one end."""
        return self._together.sub(lambda told: self._each(told["beginnings"]), text)

    def _each(self, beginnings: str) -> str:
        return "和".join(beginning + self.end for beginning in re.findall(self._one, beginnings))

    @cached_property
    def _one(self) -> str:
        return "|".join(map(re.escape, sorted(self.beginnings, key=len, reverse=True)))

    @cached_property
    def _together(self) -> re.Pattern[str]:
        several = rf"(?:{self._one})(?:(?:{_AND.pattern})(?:{self._one}))+"
        return re.compile(rf"(?P<beginnings>{several}){_COUNTED}{re.escape(self.end)}")


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
                text = shared.in_full(text)
        return text


def _shared_ends(names: Sequence[str]) -> Sequence[_SharedEnd]:
    """Find the ends of at least two names, the longest first."""
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for cut in range(1, len(name) - _SHORTEST_END + 1):
            beginnings[name[cut:]].append(name[:cut])
    shared = sorted((end for end, found in beginnings.items() if len(found) > 1), key=len, reverse=True)
    return [_SharedEnd(end, beginnings[end]) for end in shared]
