"""What a question names: nodes, years, levels, data suppliers, places. Everything is read from the data folder."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.dates import Dates, with_digits
from assistant.phrasings import Phrasings
from assistant.spelling import Spelling, is_slip
from knowledge.tokens import fold as fold_text
from scoring import IndexDefinition, Level, Node
from scoring.names import fold

NODE, YEAR, LEVEL, SOURCE, PLACE, UNIT = "{node}", "{year}", "{level}", "{source}", "{place}", "{unit}"

_BLANK_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_UNIT_SUFFIXES = "市省区县州"
_IN_NO_PLACE = "全各本我每哪这那两与和及比跟在是社园地学小"
# What makes a longer name of a place of the short name of a unit.
_LONGER_PLACE = re.compile(rf"(?![{_IN_NO_PLACE}])[\u3400-\u9fff][{_UNIT_SUFFIXES}](?![域间别分场民政])")
# A name of another script before a suffix.
_LATIN_PLACE = re.compile(rf"(?P<name>(?<![a-z])[a-z][a-z' -]*[a-z][{_UNIT_SUFFIXES}])(?![域间别分场民政])")
_UNIT_SUFFIX = re.compile(rf"(?<=..)[{_UNIT_SUFFIXES}]$")
# Of an office, that it is the city's own.
_OFFICE = re.compile("(?:委员会|局|厅|委|办公室|办|中心|院|部|处|站)$")
# How an office is spoken of by its trade.
_DEPARTMENTS = ("部门", "主管部门", "系统")
_OWN = re.compile(rf"^[{_UNIT_SUFFIXES}](?=..)")
# Of an office inside another one, the other.
_HIGHER = re.compile(r"^.+[局委厅部院](?=..)")
_MOST_PIECES = 3
LONG_LATIN_WORD = re.compile(r"[a-z][a-z-]{3,}")
# How many words of a Latin name, and which share of them, tell that it is meant.
_FEWEST_WORDS, _MOST_OF_A_NAME = 3, 0.6
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_NAME = re.compile(r"(?<![a-z])[a-z]{5,}(?![a-z])")
_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{4,}(?![A-Za-z])")
_NEXT_WORD = re.compile(r" [a-z]+")
_RUNS = re.compile(r"[a-z]+|[\d.]+|[^\sa-z\d.]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names something."""

    start: int
    end: int
    text: str
    what: str
    nodes: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    level: int = 0
    unit: str = ""
    source: str = ""
    is_every_unit: bool = False
    misspelled: str = ""
    """The name that is meant, where it is written with a mistake."""
    is_reckoned: bool = False
    """Whether only the data tell which year is meant."""


def normalise(question: str) -> str:
    """Fold width, case, traditional characters and blanks, and mend years written with letters or Chinese digits."""
    text = " ".join(fold_text(question).split())
    text = _BLANK_IN_HAN.sub("", text)
    return with_digits(text)


def mask(text: str, mentions: Sequence[Mention]) -> str:
    """Put for each of some mentions, in order, what it names; the name of a unit leaves a gap."""
    for mention in reversed(mentions):
        shown = " " if mention.what == UNIT else mention.what
        text = f"{text[: mention.start]}{shown}{text[mention.end :]}"
    return text


def name_pattern(name: str) -> str:
    """Write a name as a pattern that blanks inside it may not upset; a Latin one stands alone or before a year."""
    name = fold_text(name)
    pattern = r"\s*".join(re.escape(run) for run in _RUNS.findall(name))
    left = r"(?<![a-z0-9])" if name[:1].isascii() else ""
    right = r"(?![a-z]|\d(?!\d{3}(?!\d)))" if name[-1:].isascii() else ""
    return f"{left}{pattern}{right}"


class Names:
    """All names that can stand in a question about one index."""

    def __init__(
        self,
        definition: IndexDefinition,
        years: Sequence[int],
        units: Sequence[str],
        phrasings: Phrasings,
        is_written: Callable[[str], bool] = lambda _: False,
    ):
        """`is_written` tells whether some words stand in the documents, so that they are no name with a mistake."""
        self._definition = definition
        self._is_written = is_written
        self.language = definition.language
        self.indicators = definition.indicators
        self._dates = Dates(years, phrasings)
        self._phrasings = phrasings
        self._all_units = tuple(units)
        self._units = {_UNIT_SUFFIX.sub("", unit): unit for unit in units} | {unit: unit for unit in units}
        self._units |= dict.fromkeys(definition.unit_aliases, definition.default_unit)

    @cached_property
    def _lookup(self) -> tuple[re.Pattern[str], dict[str, Mention]]:
        """One pattern over all names, longest first, and what each name (without blanks) stands for."""
        found: dict[str, Mention] = {}
        for place in self._phrasings.places:
            found[place] = Mention(0, 0, place, PLACE)
        for suffix in _UNIT_SUFFIXES:
            for unit in filter(_UNIT_SUFFIX.search, self._all_units):
                found[fold_text(unit[:-1] + suffix)] = Mention(0, 0, unit[:-1] + suffix, PLACE)
        for name, unit in self._units.items():
            found[fold_text(name)] = Mention(0, 0, name, UNIT, unit=unit)
        for depth, level in enumerate(self._definition.levels, 1):
            for name in _level_names(level):
                nodes = self._definition.indicators if depth == len(self._definition.levels) else ()
                found.setdefault(name, Mention(0, 0, name, LEVEL, nodes=nodes, level=depth))
        deepest = self._definition.lowest_level
        for depth, names in enumerate(self._phrasings.levels_by_number, 1):
            for name in names:
                nodes = self._definition.indicators if depth == deepest else ()
                found.setdefault(name, Mention(0, 0, name, LEVEL, nodes=nodes, level=depth))
        for source in {node.source for node in self._definition.nodes.values() if node.source}:
            trade = _OFFICE.sub("", _OWN.sub("", source))
            for name in (source, _OWN.sub("", source), _HIGHER.sub("", source), *(trade + end for end in _DEPARTMENTS)):
                found[fold_text(name)] = Mention(0, 0, name, SOURCE, source=source)
        for name in self._phrasings.whole:
            found[name] = Mention(0, 0, name, NODE, nodes=(self._definition.root,))
        for name, nodes in _node_names(self._definition):
            found[name] = Mention(0, 0, name, NODE, nodes=nodes)
        names = sorted(filter(str.strip, found), key=len, reverse=True)
        return re.compile("|".join(map(name_pattern, names))), {fold(name): found[name] for name in names}

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(name for name, nodes in _node_names(self._definition) if len(nodes) == 1)

    def find(self, question: str) -> list[Mention]:
        """Find what a normalised question names, in order; the longest name wins and none overlap."""
        pattern, meanings = self._lookup
        exact = [
            _or_longer(replace(meaning, start=match.start(), end=match.end(), text=match[0]), question)
            for match in pattern.finditer(question)
            for meaning in [meanings[fold(match[0])]]
        ]
        exact += [
            found
            for found in (*self._find_districts(question), *self._find_all_units(question))
            if all(_are_apart(found, mention) or _is_within(mention, found) for mention in exact)
            if not any(mention.what in (UNIT, PLACE) and _is_within(mention, found) for mention in exact)
        ]
        mistaken = [
            m
            for m in (*self._find_misspelled(question), *self._find_misspelled_units(question))
            if all(_are_apart(e, m) or (_is_within(e, m) and not _is_within(m, e)) for e in exact)
        ]
        mistaken = [replace(m, misspelled="") if self._was_meant_to_end_before(m, exact) else m for m in mistaken]
        mentions = [m for m in exact if not any(_is_within(m, other) for other in mistaken)] + mistaken
        mentions = [m for m in mentions if len(m.nodes) < 2 or not self._begins_a_longer_word(m, question)]
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

    def nodes_named_with(self, piece: str) -> tuple[Node, ...]:
        """List the nodes one of whose names begins or ends with a piece of it; the whole index only for want of others.

        An alias counts where no full name fits. Of Latin names, each word of the piece begins a word of the name.
        """
        nodes = self._definition.nodes.values()
        full = [
            node for node in nodes if any(_is_piece(piece, fold_text(n)) for n in (node.name, *node.names.values()))
        ]
        by_alias = [node for node in nodes if any(_is_piece(piece, fold_text(alias)) for alias in node.aliases)]
        root = self._definition.root
        below = [[node for node in found if node is not root] for found in (full, by_alias)]
        condensed = [node for node in nodes if _is_condensed(piece, fold_text(node.name))]
        return tuple(
            below[0] or below[1] or condensed or ([root] if len(piece) > 1 and piece in fold_text(root.name) else [])
        )

    def node_of_words(self, words: Set[str]) -> tuple[Node | None, Set[str]]:
        """Tell the node most of whose Latin name stands in some words, and which of them; none where two are as near.

        Short words, which any name may hold, do not count.
        """
        found = [
            (len(own & words) / len(own), node, own & words)
            for node, own in self._latin_words
            if len(own & words) >= _FEWEST_WORDS
        ]
        best = max((share for share, _, _ in found), default=0.0)
        nearest = [(node, held) for share, node, held in found if share == best >= _MOST_OF_A_NAME]
        return nearest[0] if len(nearest) == 1 else (None, set())

    @cached_property
    def _latin_words(self) -> list[tuple[Node, Set[str]]]:
        """The longer words of each Latin name."""
        return [
            (node, set(LONG_LATIN_WORD.findall(fold_text(name))))
            for node in self._definition.nodes.values()
            for name in node.names.values()
        ]

    def _find_misspelled(self, question: str) -> Iterable[Mention]:
        _, meanings = self._lookup
        amounts = [match.span() for match in self._phrasings.asks_number.finditer(question)]
        for start, end, name in self._spelling.find(question):
            if any(first < end < last for first, last in amounts):
                continue
            if self._is_of_the_documents(question, start, end, name):
                continue
            yield replace(meanings[fold(name)], start=start, end=end, text=question[start:end], misspelled=name)

    def _find_misspelled_units(self, question: str) -> Iterable[Mention]:
        """Find the words that are nearly the Latin name of a unit."""
        names = {fold_text(unit): unit for unit in self._all_units}
        for word in _LATIN_NAME.finditer(question):
            meant = [unit for name, unit in names.items() if is_slip(word[0], name)]
            if len(meant) == 1:
                yield Mention(word.start(), word.end(), word[0], UNIT, unit=meant[0], misspelled=meant[0])

    def _is_of_the_documents(self, question: str, start: int, end: int, name: str) -> bool:
        """Whether what looks like a name with a mistake is written so in the documents: of one too short, also on."""
        written = question[start : end + (end - start < len(name))]
        return written not in fold_text(name) and self._is_written(written)

    def _find_districts(self, question: str) -> Iterable[Mention]:
        for match in (*self._phrasings.districts.finditer(question), *_LATIN_PLACE.finditer(question)):
            place = Mention(match.start("name"), match.end("name"), match["name"], PLACE)
            meant = [unit for unit in self._all_units if _is_nearly(place.text, unit)]
            yield replace(place, what=UNIT, unit=meant[0], misspelled=meant[0]) if len(meant) == 1 else place

    def _find_all_units(self, question: str) -> Iterable[Mention]:
        """Find what speaks of the units as such: "各市", "which region"."""
        for match in self._every_unit.finditer(question) if len(self._all_units) > 1 else ():
            yield Mention(match.start(), match.end(), match[0], UNIT, is_every_unit=True)

    @cached_property
    def _every_unit(self) -> re.Pattern[str]:
        """Match what speaks of the units as such, also by the word that all their names end with: "both basins"."""
        last = {unit.casefold().split()[-1] for unit in self._all_units}
        if len(last) > 1:
            return self._phrasings.every_unit
        [word] = map(re.escape, last)
        one, several = f"(?:which|each|every|what) {word}", f"(?:(?:both|all|the|two|three|four) )*{word}s"
        own = f"(?<![a-z])(?:{one}|{several})(?![a-z])"
        return re.compile(f"{self._phrasings.every_unit.pattern}|{own}")

    def find_foreign(self, question: str, mentions: Sequence[Mention]) -> list[str]:
        """List what a question, as typed, names as a place in Latin letters and is none of the mentions.

        In a Chinese one an unknown word with a capital is such a name where the units have Latin names.
        """
        known = " ".join(fold(mention.text) for mention in mentions)
        named = [match["name"] or match["owner"] for match in self._phrasings.foreign.finditer(question)]
        languages = self._phrasings.answer_in.values()
        if _HAN.search(question) and len(self._all_units) > 1 and all(unit.isascii() for unit in self._all_units):
            named += [word[0] for word in _CAPITALISED.finditer(question) if self._is_unknown(word[0])]
        return [
            name
            for name in named
            if fold(name) not in known and not any(words.search(f"in {name}".casefold()) for words in languages)
        ]

    def _is_unknown(self, word: str) -> bool:
        """Whether a word is none that questions of any kind are asked with, nor one of the documents."""
        kinds = (kind.name for kind in self._phrasings.kinds)
        return not self._is_written(word) and all(self._phrasings.content(word.casefold(), kind) for kind in kinds)


def _is_nearly(text: str, name: str) -> bool:
    """Whether a text is a name with one character wrong, or its end."""
    differing = sum(a != b for a, b in zip(text, name, strict=False))
    return (len(text) == len(name) > 2 and differing == 1 and text[-1] == name[-1]) or name.endswith(text)


def _or_longer(mention: Mention, question: str) -> Mention:
    """Take the short name of a unit that a longer name of a place begins with for that place."""
    longer = _LONGER_PLACE.match(question, mention.end)
    if mention.what != UNIT or longer is None or _UNIT_SUFFIX.search(mention.text):
        return mention
    return replace(mention, what=PLACE, unit="", end=longer.end(), text=mention.text + longer[0])


def _is_piece(piece: str, name: str) -> bool:
    if piece[0].isascii():
        words = iter(name.split())
        return all(any(word.startswith(part) for word in words) for part in piece.split())
    is_at_an_end = name.startswith(piece) or (len(piece) > 1 and name.endswith(piece))
    return is_at_an_end and len(piece) * _MOST_PIECES >= len(name)


def _is_condensed(piece: str, name: str) -> bool:
    """Whether a piece is two parts of a Chinese name, of two characters at least, without what stands between them."""
    parts = ((piece[:cut], piece[cut:]) for cut in range(2, len(piece) - 1))
    return any(first in name and last in name[name.index(first) + len(first) :] for first, last in parts)


def _is_within(mention: Mention, other: Mention) -> bool:
    return other.start <= mention.start and mention.end <= other.end


def _are_apart(mention: Mention, other: Mention) -> bool:
    return mention.end <= other.start or other.end <= mention.start


def _level_names(level: Level) -> Iterable[str]:
    return map(fold_text, (level.name, *level.aliases, *level.names.values()))


def _node_names(definition: IndexDefinition) -> Iterable[tuple[str, tuple[Node, ...]]]:
    spelled: Mapping[str, None] = {
        fold_text(name): None
        for node in definition.nodes.values()
        for name in (node.id, node.name, *node.names.values(), *node.aliases)
    }
    for name in spelled:
        yield name, definition.names[fold(name)]
