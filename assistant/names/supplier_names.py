"""The names of the suppliers of data, and what they are called for short."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assistant.names.mention import SOURCE, Mention
from assistant.names.place_names import UNIT_SUFFIXES
from knowledge.tokens import fold
from scoring import IndexDefinition

# Of an office, that it is the city's own.
_OWN = re.compile(rf"^[{UNIT_SUFFIXES}](?=..)")
_OFFICE = re.compile("(?:委员会|局|厅|委|办公室|办|中心|院|部|处|站)$")
# How an office is spoken of by its trade.
_DEPARTMENTS = ("部门", "主管部门", "系统")
# Of an office inside another one, the other.
_HIGHER = re.compile(r"^.+[局委厅部院](?=..)")
# What an office is called by its last character, and how long that is at least.
_OFFICE_CALLED = re.compile("[\u3400-\u9fff]{3,8}?[局委厅办署院队]")
_SHORTEST_OFFICE = 3
# Between the publication and the office of a supplier of data: "Labour Force Survey, Statistics Institute".
_LIST_SEPARATOR = ", "


class SupplierNames:
    """The suppliers of the data of one index."""

    def __init__(self, definition: IndexDefinition):
        sources = (node.source for node in definition.nodes.values() if node.source)
        self.all: Sequence[str] = tuple(dict.fromkeys(sources))

    @property
    def meanings(self) -> Mapping[str, Mention]:
        """What each name of a supplier stands for: in full, without the city or the office above it, by its trade."""
        found: dict[str, Mention] = {}
        for source in self.all:
            trade = _OFFICE.sub("", _OWN.sub("", source))
            for name in (source, _OWN.sub("", source), _HIGHER.sub("", source), *(trade + end for end in _DEPARTMENTS)):
                found[fold(name)] = Mention(0, 0, name, SOURCE, sources=(source,))
        return found

    @property
    def meanings_of_pieces(self) -> Mapping[str, Mention]:
        """What the parts stand for that the Latin names of several words are listed of, each for all that hold it."""
        pieces = (piece for source in self.all if source.isascii() for piece in source.split(_LIST_SEPARATOR))
        found: dict[str, Mention] = {}
        for piece in (piece for piece in pieces if " " in piece):
            bearers = tuple(source for source in self.all if piece in source.split(_LIST_SEPARATOR))
            found.setdefault(fold(piece), Mention(0, 0, piece, SOURCE, sources=bearers))
        return found

    def find(self, question: str) -> Iterable[Mention]:
        """Find what an office is called for short: characters of the name of one supplier of data, in their order."""
        for run in _OFFICE_CALLED.finditer(question):
            for start in range(run.start(), run.end() - _SHORTEST_OFFICE + 1):
                called = question[start : run.end()]
                meant = [source for source in self._folded if _is_short_for(called, self._folded[source])]
                if len(meant) == 1:
                    yield Mention(start, run.end(), called, SOURCE, sources=(meant[0],))
                    break

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {source: fold(source) for source in self.all}


def _is_short_for(called: str, name: str) -> bool:
    """Whether the characters of a text stand in a name in the same order, the last one at its end."""
    rest = iter(name)
    return called != name and called[-1] == name[-1] and all(character in rest for character in called)
