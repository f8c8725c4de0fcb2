"""What a question names: nodes, years, levels, data suppliers, places. Everything is read from the data folder."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.language.patterns import LATIN_WORD
from assistant.language.phrasings import Phrasings
from assistant.language.respelling import Respelling
from assistant.language.spelling import Spelling
from assistant.names.coordination import Coordination
from assistant.names.dates import Dates, with_digits
from assistant.names.level_names import level_meanings
from assistant.names.mention import LEVEL, NODE, PLACE, SOURCE, UNIT, YEAR, Mention
from assistant.names.name_pieces import NamePieces, names_of
from assistant.names.place_names import PlaceNames, or_longer
from assistant.names.supplier_names import SupplierNames
from knowledge.tokens import fold as fold_text
from scoring import IndexDefinition, Node
from scoring.names import fold

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BLANK_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
# How many characters a piece of a name may have before the word for the whole that ends it.
_LONGEST_BEGINNING = 8
_NEXT_WORD = re.compile(r" [a-z]+")
_RUNS = re.compile(r"[a-z]+|[\d.]+|[^\sa-z\d.]+")


def normalise(question: str) -> str:
    """Fold width, case, traditional characters, blanks and thousands, and mend years in letters or Chinese digits."""
    text = " ".join(fold_text(question).split())
    text = _THOUSANDS.sub("", _BLANK_IN_HAN.sub("", text))
    return with_digits(text)


def name_pattern(name: str) -> str:
    """Write a name as a pattern that blanks inside it may not upset; a Latin one stands alone or before a year.

    A hyphen may join the words of a Latin one: "tap-water".
    """
    name = fold_text(name)
    pattern = (r"[\s-]*" if name.isascii() else r"\s*").join(re.escape(run) for run in _RUNS.findall(name))
    left = r"(?<![a-z0-9])(?<![a-z]-)" if name[:1].isascii() else ""
    right = r"(?![a-z]|\d(?!\d{3}(?!\d)))" if name[-1:].isascii() else ""
    return f"{left}{pattern}{right}"


_COUNTED = re.compile(
    r"(?<!top )(?<!bottom )(?<!first )(?<!best )(?<!worst )(?<!est )(?<!前)"
    r"(?<!最[高低好差大小多少强弱快慢]的)([一二两三四五六七八九]|\d{1,2})\s*个?\s*$"
)
# A Latin name of several words that may be spoken of as one or as several: "clinic waits".
_SEVERAL = re.compile(r"[a-z]+(?:[ -][a-z]+)*[ -][a-z]{2,}[b-rt-xz]s?")


class Names:
    """All names that can stand in a question about one index."""

    def __init__(
        self,
        definition: IndexDefinition,
        years: Sequence[int],
        units: Sequence[str],
        phrasings: Phrasings,
        is_written: Callable[[str], bool] = lambda _: False,
        storeys: Mapping[str, int] | None = None,
    ):
        """Read the names of an index; `storeys` are those that the documents name, by what they call them.

        `is_written` tells whether some words stand in the documents, so that they are no name with a mistake.
        """
        self._storeys = storeys or {}
        self._definition = definition
        self._is_written = is_written
        self.language = definition.language
        self.indicators = definition.indicators
        of_nodes = [definition.storey(node.id) for node in definition.nodes.values()]
        self._sizes = {depth: of_nodes.count(depth) for depth in of_nodes}
        self._dates = Dates(years, phrasings, definition.base_year)
        self._phrasings = phrasings
        self.pieces = NamePieces(definition, phrasings)
        self._suppliers = SupplierNames(definition)
        self._places = PlaceNames(definition, units, phrasings, is_written)

    @property
    def root(self) -> Node:
        """The whole index."""
        return self._definition.root

    @cached_property
    def per_what(self) -> re.Pattern[str]:
        """Match what the units of measure count for: "per 100 towers"."""
        units = (node.measure_unit.casefold().partition(" per ") for node in self.indicators)
        counted = sorted({per for _, _, per in units if per}, key=len, reverse=True)
        return re.compile(f"per (?:{'|'.join(map(re.escape, counted))})" if counted else r"(?!)")

    def storey(self, node: Node) -> int:
        """Tell on which storey of the tree a node stands."""
        return self._definition.storey(node.id)

    @cached_property
    def _lookup(self) -> tuple[re.Pattern[str], dict[str, Mention]]:
        """One pattern over all names, longest first, and what each name (without blanks) stands for."""
        found = {**level_meanings(self._definition, self._phrasings, self._storeys), **self._places.meanings}
        found |= self._suppliers.meanings
        for piece, meaning in self._suppliers.meanings_of_pieces.items():
            found.setdefault(piece, meaning)
        for name in self._phrasings.whole:
            found[name] = Mention(0, 0, name, NODE, nodes=(self._definition.root,))
        for name, nodes in _node_names(self._definition):
            found[name] = Mention(0, 0, name, NODE, nodes=nodes)
        names = sorted(filter(str.strip, found), key=len, reverse=True)
        first = "".join(sorted({re.escape(fold_text(name)[0]) for name in names}))
        pattern = rf"(?=[{first}])(?:{'|'.join(map(name_pattern, names))})"
        return re.compile(pattern), {fold(name): found[name] for name in names}

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(name for name, nodes in _node_names(self._definition) if len(nodes) == 1)

    def in_full(self, question: str) -> str:
        """Write out the names that a normalised question gives with one end for several."""
        return self._coordination.in_full(question)

    @cached_property
    def _coordination(self) -> Coordination:
        return Coordination(name for name, _ in _node_names(self._definition))

    def respelled(self, question: str) -> str:
        """Mend slips in the common words of a normalised question, and in those of names."""
        return self._respelling.mended(question)

    @cached_property
    def _respelling(self) -> Respelling:
        named = " ".join((*(name for name, _ in _node_names(self._definition)), *map(fold_text, self._suppliers.all)))
        words = {*self._phrasings.english_words, *LATIN_WORD.findall(named)}
        return Respelling(words, lambda word: self._is_written(word) or self._places.is_nearly_a_unit(word))

    def find(self, question: str) -> list[Mention]:
        """Find what a normalised question names, in order; the longest name wins and none overlap."""
        pattern, meanings = self._lookup
        exact = [
            or_longer(replace(meaning, start=match.start(), end=match.end(), text=match[0]), question)
            for match in pattern.finditer(question)
            for meaning in [meanings.get(fold(match[0])) or meanings[fold(match[0].replace("-", ""))]]
        ]
        exact += [
            found for found in self._suppliers.find(question) if all(_are_apart(found, mention) for mention in exact)
        ]
        exact += [
            found
            for found in self._places.find(question)
            if all(_are_apart(found, mention) or _is_within(mention, found) for mention in exact)
            if not any(mention.what in (UNIT, PLACE) and _is_within(mention, found) for mention in exact)
        ]
        mistaken = [
            m
            for m in (*self._find_misspelled(question), *self._places.find_misspelled(question))
            if all(_are_apart(e, m) or (_is_within(e, m) and not _is_within(m, e)) for e in exact)
        ]
        mistaken = [replace(m, misspelled="") if self._was_meant_to_end_before(m, exact) else m for m in mistaken]
        mentions = [m for m in exact if not any(_is_within(m, other) for other in mistaken)] + mistaken
        mentions = [m for m in mentions if len(m.nodes) < 2 or not self._begins_a_longer_word(m, question)]
        mentions = [m for m in mentions if m.what != NODE or not self._phrasings.other_things.match(question, m.end)]
        mentions = [self._or_with_beginning(m, question) for m in mentions]
        if not any(m.what == NODE and m.text not in self._phrasings.whole for m in mentions):
            mentions = [self._as_counted(m, question) for m in mentions]
        mentions = _with_level_behind(self._without_word_for_whole(mentions), question)
        mentions = [m for m in mentions if not any(m is not other and _is_within(m, other) for other in mentions)]
        taken = [(mention.start, mention.end) for mention in mentions]
        years = [
            Mention(
                dated.start, dated.end, question[dated.start : dated.end], YEAR,
                years=dated.years, is_range=dated.is_range, is_reckoned=dated.is_reckoned,
            )
            for dated in self._dates.find(question)
            if not any(dated.start < end and start < dated.end for start, end in taken)
        ]  # fmt: skip
        return sorted([*mentions, *years], key=lambda mention: mention.start)

    def _without_word_for_whole(self, mentions: Sequence[Mention]) -> Iterable[Mention]:
        """Let a name take in the word for the whole index right behind it, as in "safety index"."""
        wholes = {m.start: m for m in mentions if m.what == NODE and m.text in self._phrasings.whole}
        for mention in mentions:
            behind = wholes.get(mention.end) if mention.what == NODE else None
            if behind:
                yield replace(mention, end=behind.end, text=mention.text + behind.text)
            elif not any(m.what == NODE and m.end == mention.start and mention.start in wholes for m in mentions):
                yield mention

    def _or_with_beginning(self, mention: Mention, question: str) -> Mention:
        """Take for the word for the whole index that ends a longer piece of a name the node of that name."""
        if mention.text not in self._phrasings.whole:
            return mention
        for start in range(max(0, mention.start - _LONGEST_BEGINNING), mention.start - 1):
            piece = question[start : mention.end]
            if node := self.pieces.node_ending_with(piece):
                return replace(mention, start=start, text=piece, nodes=(node,), misspelled=node.name)
        return mention

    def _as_counted(self, mention: Mention, question: str) -> Mention:
        """Take a level of which another number is given than it has nodes for the one level that has so many."""
        counted = _COUNTED.search(question, 0, mention.start) if mention.what == LEVEL else None
        number = self._phrasings.numbers.get(counted[1]) or int(counted[1]) if counted else 0
        others = [depth for depth, size in self._sizes.items() if size == number and depth > 1]
        if not number or number == self._sizes.get(mention.level) or len(others) != 1:
            return mention
        name = self._definition.levels[others[0] - 1].name if len(self._definition.levels) >= others[0] else ""
        return replace(mention, level=others[0], misspelled=name)

    def _was_meant_to_end_before(self, mention: Mention, exact: Sequence[Mention]) -> bool:
        """Whether a name with a mistake begins with one without, of the same node, and goes on in common words."""
        return any(
            other.start == mention.start
            and other.nodes == mention.nodes
            and not self._phrasings.content(mention.text[other.end - other.start :], "value")
            for other in exact
        )

    def _begins_a_longer_word(self, mention: Mention, question: str) -> bool:
        """Whether a name of several nodes begins another word: a topic of the index, or a compound of Latin words."""
        if mention.what != NODE:
            return False
        if not mention.text[-1:].isascii():
            return any(t.startswith(mention.text) and question.startswith(t, mention.start) for t in self._topics)
        following = _NEXT_WORD.match(question, mention.end)
        return bool(following) and bool(self._phrasings.content(following[0], "value"))

    @cached_property
    def _topics(self) -> list[str]:
        return [fold_text(topic) for node in self._definition.nodes.values() for topic in node.topics]

    def _find_misspelled(self, question: str) -> Iterable[Mention]:
        _, meanings = self._lookup
        amounts = [match.span() for match in self._phrasings.asks_number.finditer(question)]
        for start, end, name in self._spelling.find(question):
            if any(first < end < last for first, last in amounts):
                continue
            if self._is_of_the_documents(question, start, end, name):
                continue
            yield replace(meanings[fold(name)], start=start, end=end, text=question[start:end], misspelled=name)

    def supplied(self, mention: Mention) -> list[Mention]:
        """Give for the mention of a supplier those of the indicators whose data it supplies; any other as it is."""
        if mention.what != SOURCE:
            return [mention]
        first, *others = [node for node in self.indicators if node.source in mention.sources]
        rest = [Mention(mention.end, mention.end, "", NODE, nodes=(node,)) for node in others]
        return [replace(mention, what=NODE, nodes=(first,), sources=()), *rest]

    def find_foreign(self, question: str, mentions: Sequence[Mention]) -> list[str]:
        """List what a question, as typed, names as a place in Latin letters and is none of the mentions."""
        return self._places.find_foreign(question, mentions)

    def _is_of_the_documents(self, question: str, start: int, end: int, name: str) -> bool:
        """Whether what looks like a name with a mistake is written so in the documents: of one too short, also on."""
        written = question[start : end + (end - start < len(name))]
        return written not in fold_text(name) and self._is_written(written)


def _with_level_behind(mentions: Iterable[Mention], question: str) -> list[Mention]:
    """Let a Latin name take in the name of a level, for one, right behind it: "the Environment pillar"."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        before = found[-1] if found else None
        is_one = mention.what == LEVEL and mention.text.isascii() and not mention.text.endswith("s")
        if is_one and before and before.what == NODE and question[before.end : mention.start].isspace():
            found[-1] = replace(before, end=mention.end, text=question[before.start : mention.end])
        else:
            found.append(mention)
    return found


def _is_within(mention: Mention, other: Mention) -> bool:
    return other.start <= mention.start and mention.end <= other.end


def _are_apart(mention: Mention, other: Mention) -> bool:
    return mention.end <= other.start or other.end <= mention.start


def _node_names(definition: IndexDefinition) -> Iterable[tuple[str, tuple[Node, ...]]]:
    spelled: Mapping[str, None] = {
        fold_text(name): None for node in definition.nodes.values() for name in names_of(node)
    }
    for name in spelled:
        yield name, definition.names[fold(name)]
        other = name.removesuffix("s") if name.endswith("s") else f"{name}s"
        if _SEVERAL.fullmatch(name) and other not in spelled:
            yield other, definition.names[fold(name)]
