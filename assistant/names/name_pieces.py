"""Which node a piece of a name tells: its beginning or end, two parts of it, or its words in another form."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from assistant.language.phrasings import Phrasings
from assistant.language.stems import stem, stems
from knowledge.tokens import fold
from scoring import IndexDefinition, Node

# The comparative or superlative of an adjective, and how long what its noun begins with is at least.
_COMPARATIVE = re.compile(r"[a-z]{3,}(?:er|est)")
_SHORTEST_ADJECTIVE = 4
# How many times longer than its piece a name may be.
_MOST_PIECES = 3


class NamePieces:
    """The names of the nodes of one index, to be found by pieces of them."""

    def __init__(self, definition: IndexDefinition, phrasings: Phrasings):
        self._definition = definition
        self._phrasings = phrasings

    def nodes_named_with(self, piece: str) -> tuple[Node, ...]:
        """List the nodes one of whose names begins or ends with a piece of it; the whole index only for want of others.

        An alias counts where no full name fits, and the inside of a Chinese name that is of no other. Of Latin names,
        each word of the piece begins a word of the name.
        """
        root = self._definition.root
        for names in (self._full_names, self._aliases):
            if found := tuple(node for node in names.nodes_of(piece) if node is not root):
                return found
        named = [(node, names[0]) for node, names in self._full_names.of.items() if piece[:2] in names[0]]
        condensed = tuple(node for node, name in named if _is_condensed(piece, name))
        inside = [node for node, name in named if len(piece) > 1 and piece in name]
        if not condensed and len(inside) == 1 and inside[0] is not root and not piece.isascii():
            return tuple(inside)
        return condensed or ((root,) if len(piece) > 1 and piece in self._full_names.of[root][0] else ())

    def is_of_whole(self, piece: str) -> bool:
        """Whether a piece of the name of the whole index tells all that it is of: "营商环境" of "营商环境质量指数"."""
        name = self._full_names.of[self._definition.root][0]
        return name.startswith(piece) and bool(self._phrasings.ending_of_whole.fullmatch(name, len(piece)))

    def node_ending_with(self, piece: str) -> Node | None:
        """Tell the one node whose name ends with a piece; None where that of the whole index does too."""
        bearers = [node for node, (name, *_) in self._full_names.of.items() if name.endswith(piece)]
        return bearers[0] if len(bearers) == 1 and bearers[0] is not self._definition.root else None

    @cached_property
    def _full_names(self) -> "_Folded":
        """The names of each node in all languages."""
        nodes = self._definition.nodes.values()
        return _Folded({node: list(map(fold, (node.name, *node.names.values()))) for node in nodes})

    @cached_property
    def _aliases(self) -> "_Folded":
        return _Folded({node: list(map(fold, node.aliases)) for node in self._definition.nodes.values()})

    def stems_meant(self, word: str) -> set[str]:
        """Give the stem of a Latin word, of a comparative also those that its adjective begins: "safer", "safety"."""
        found = {stem(word)}
        if _COMPARATIVE.fullmatch(word):
            shorter = tuple(part for part in (word[:-1], word[:-2]) if len(part) >= _SHORTEST_ADJECTIVE)
            found |= {known for known in self._stems_of_one if known.startswith(shorter)}
        return found

    def node_of_stems(self, spoken: Set[str]) -> tuple[Node | None, Set[str]]:
        """Tell the node of whose Latin names most stems are spoken, one of them of no other; none where two are near.

        Stems of words with which any question may be asked do not count.
        """
        in_full = {
            node: own for node, names in self._stems_of_names.items() for own in names if len(own) > 1 and own <= spoken
        }
        if len(in_full) == 1:
            return next(iter(in_full.items()))
        held = {node: own & spoken for node, own in self._telling_stems.items()}
        telling = {node: own for node, own in held.items() if own & self._stems_of_one}
        most = max(map(len, held.values()), default=0)
        nearest = [node for node, own in telling.items() if len(own) == most]
        return (nearest[0], telling[nearest[0]]) if len(nearest) == 1 else (None, set())

    @cached_property
    def _stems_of_names(self) -> dict[Node, list[Set[str]]]:
        """The stems of each Latin name of each node but the whole."""
        nodes = (node for node in self._definition.nodes.values() if node is not self._definition.root)
        return {node: [stems(name) for name in names_of(node) if name.isascii()] for node in nodes}

    @cached_property
    def _telling_stems(self) -> dict[Node, Set[str]]:
        """Those of all names of a node together, without what tells nothing."""
        common = self._phrasings.common_stems.union(*map(stems, names_of(self._definition.root)))
        return {node: set[str]().union(*names) - common for node, names in self._stems_of_names.items()}

    @cached_property
    def _stems_of_one(self) -> Set[str]:
        """Those that tell one node alone."""
        bearers = Counter(each for own in self._telling_stems.values() for each in own)
        return {each for each, count in bearers.items() if count == 1}


def names_of(node: Node) -> tuple[str, ...]:
    """Give every name that a node is called by: its id, those in all languages, and its aliases."""
    return node.id, node.name, *node.names.values(), *node.aliases


class _Folded:
    """Names of nodes, folded."""

    def __init__(self, of: Mapping[Node, Sequence[str]]):
        self.of = of
        self._words = {node: [_with_stems(name) for name in names] for node, names in of.items()}
        words = {pair for names in self._words.values() for name in names for pair in name}
        self._stems = {root for _, root in words}
        self._beginnings = {word[:size] for word, _ in words for size in range(1, len(word) + 1)}
        self._by_end: defaultdict[str, dict[Node, None]] = defaultdict(dict)
        self._telling: defaultdict[str, dict[Node, None]] = defaultdict(dict)
        for node, name in ((node, name) for node, names in of.items() for name in names):
            for size in range(1, len(name) + 1):
                ends = (name[:size], name[-size:]) if size > 1 else (name[:size],)
                for end in ends:
                    self._by_end[end][node] = None
                    if size * _MOST_PIECES >= len(name):
                        self._telling[end][node] = None

    def nodes_of(self, piece: str) -> Iterable[Node]:
        """Give the nodes one of whose names begins or ends with a piece; a Latin one begins words of it.

        That of a much longer name tells that alone only beside several others.
        """
        if piece[0].isascii():
            parts = _with_stems(piece)
            if not all(part in self._beginnings or root in self._stems for part, root in parts):
                return ()
            return (node for node, names in self._words.items() if any(_begin(parts, words) for words in names))
        telling = self._telling.get(piece, {})
        return self._by_end[piece] if len(telling) > 1 else telling


def _with_stems(text: str) -> list[tuple[str, str]]:
    return [(word, stem(word)) for word in text.split()]


def _begin(parts: Sequence[tuple[str, str]], words: Sequence[tuple[str, str]]) -> bool:
    """Whether some words with their stems begin others, in the same order, or have their stem."""
    rest = iter(words)
    return all(any(word.startswith(part) or root == of_part for word, root in rest) for part, of_part in parts)


def _is_condensed(piece: str, name: str) -> bool:
    """Whether a piece is two parts of a Chinese name, of two characters at least, without what stands between them."""
    parts = ((piece[:cut], piece[cut:]) for cut in range(2, len(piece) - 1)) if piece[-2:] in name else ()
    return any(first in name and last in name[name.index(first) + len(first) :] for first, last in parts)
