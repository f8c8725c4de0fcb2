"""How the scored units are named, and other places: in full, for short, with a slip, or as units at all."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.language.phrasings import Phrasings
from assistant.language.spelling import is_slip
from assistant.language.stems import either_number, singular, stem, stems
from assistant.names.mention import PLACE, UNIT, Mention
from knowledge.tokens import fold as fold_text
from scoring import IndexDefinition
from scoring.names import fold

UNIT_SUFFIXES = "市省区县州"
_IN_NO_PLACE = "全各本我每哪这那两与和及比跟在是社园地学小"
# What makes a longer name of a place of the short name of a unit.
_LONGER_PLACE = re.compile(rf"(?![{_IN_NO_PLACE}])[\u3400-\u9fff][{UNIT_SUFFIXES}](?![域间别分场民政])")
# A name of another script before a suffix.
_LATIN_PLACE = re.compile(rf"(?P<name>(?<![a-z])[a-z][a-z' -]*[a-z][{UNIT_SUFFIXES}])(?![域间别分场民政])")
_UNIT_SUFFIX = re.compile(rf"(?<=..)[{UNIT_SUFFIXES}]$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_NAME = re.compile(r"(?<![a-z])[a-z]{5,}(?![a-z])")
# What speaks of each of several units by a word for one of them, which is nothing else.
_OF_EACH = (
    r"(?<![a-z\d,.])(?:(?:both|each|every|either|(?:the )?(?:two|three|four|five|six|{count}))(?: of)?(?: the)?"
    r"(?: two| three| four| five| six)? (?:{nouns})(?![a-z])"
    r"|which (?:of the )?(?:two |three |four |five |six )?(?:{nouns})"
    r"(?= (?:had|has|have|scored|scores|did|does|do|is|was|are|were|came|comes|improved|leads?|led|gained|fell|rose"
    r"|lost|got)(?![a-z])))"
)
# A shorter name with another character is that of another place.
_SHORTEST_MISSPELLED = 4
# A name written in two.
_TWO_WORDS = re.compile(r"(?<![a-z])(?=(?P<first>[a-z]{3,}) (?P<second>[a-z]{3,})(?![a-z]))")
_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{4,}(?![A-Za-z])")


class PlaceNames:
    """The names of the scored units, and of places that are none."""

    def __init__(
        self,
        definition: IndexDefinition,
        units: Sequence[str],
        phrasings: Phrasings,
        is_written: Callable[[str], bool],
    ):
        self._definition = definition
        self._units = tuple(units)
        self._phrasings = phrasings
        self._is_written = is_written

    @property
    def meanings(self) -> Mapping[str, Mention]:
        """What each name stands for."""
        other_places = (place for place in self._phrasings.places if not self._speaks_of_units(place))
        found = {place: Mention(0, 0, place, PLACE) for place in other_places}
        for suffix in UNIT_SUFFIXES:
            for unit in filter(_UNIT_SUFFIX.search, self._units):
                found[fold_text(unit[:-1] + suffix)] = Mention(0, 0, unit[:-1] + suffix, PLACE)
        names = {_UNIT_SUFFIX.sub("", unit): unit for unit in self._units} | {unit: unit for unit in self._units}
        names |= self._short_names | dict.fromkeys(self._definition.unit_aliases, self._definition.default_unit)
        return found | {fold_text(name): Mention(0, 0, name, UNIT, unit=unit) for name, unit in names.items()}

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """The one word by which a unit of several Latin words is called: its first or its last, if it tells."""
        words = {unit: fold_text(unit).split() for unit in self._units if unit.isascii()}
        bearers = Counter(word for own in words.values() for word in {*own})
        found: dict[str, str] = {}
        for unit, own in words.items():
            ends = (own[0], own[-1]) if len(own) > 1 else ()
            telling = [
                word for word in ends if _LATIN_NAME.fullmatch(word) and bearers[word] == 1 and self._is_new(word)
            ]
            found |= dict.fromkeys(telling, unit)
        return found

    def _speaks_of_units(self, words: str) -> bool:
        """Whether some words speak of the units as such, where there are several."""
        return len(self._units) > 1 and self._every_unit.fullmatch(words) is not None

    def find(self, question: str) -> Iterable[Mention]:
        """Find districts by their endings, and what speaks of the units as such."""
        yield from self._find_districts(question)
        yield from self._find_all(question)

    def find_misspelled(self, question: str) -> Iterable[Mention]:
        """Find the words that are nearly the Latin name of a unit."""
        names = {fold_text(unit): unit for unit in self._units} | self._short_names
        for pair in _TWO_WORDS.finditer(question):
            if (joined := pair["first"] + pair["second"]) in names:
                start, end = pair.start("first"), pair.end("second")
                yield Mention(start, end, question[start:end], UNIT, unit=names[joined], misspelled=names[joined])
        for word in _LATIN_NAME.finditer(question):
            meant = [unit for name, unit in names.items() if is_slip(word[0], name)]
            if len(meant) == 1:
                yield Mention(word.start(), word.end(), word[0], UNIT, unit=meant[0], misspelled=meant[0])

    def is_nearly_a_unit(self, word: str) -> bool:
        """Whether a word is the Latin name of a unit, or nearly so."""
        return any(is_slip(word, name) for name in (*map(fold_text, self._units), *self._short_names))

    def _find_districts(self, question: str) -> Iterable[Mention]:
        for match in (*self._phrasings.districts.finditer(question), *_LATIN_PLACE.finditer(question)):
            place = Mention(match.start("name"), match.end("name"), match["name"], PLACE)
            meant = [unit for unit in self._units if _is_nearly(place.text, unit)]
            yield replace(place, what=UNIT, unit=meant[0], misspelled=meant[0]) if len(meant) == 1 else place

    def _find_all(self, question: str) -> Iterable[Mention]:
        """Find what speaks of the units as such: "各市", "which region"."""
        for match in self._every_unit.finditer(question) if len(self._units) > 1 else ():
            yield Mention(match.start(), match.end(), match[0], UNIT, is_every_unit=True)

    @cached_property
    def _last_word(self) -> str:
        """The word that the names of all units end with, where there are several; empty where there is none."""
        if len(self._units) < 2:
            return ""
        ends = {unit.casefold().split()[-1]: unit.split()[-1] for unit in self._units}
        return next(iter(ends.values())) if len(ends) == 1 else ""

    @cached_property
    def _like_a_unit(self) -> re.Pattern[str]:
        """Match a name that ends with the word that the Latin names of all units end with: "Eastern Circuit"."""
        if not (self._last_word and self._last_word.isascii()):
            return re.compile("(?!)")
        word = re.escape(self._last_word)
        return re.compile(rf"(?<![A-Za-z])(?!The |Which |Each |Every |Either |Other )[A-Z][a-z]+ {word}(?![A-Za-z])")

    @cached_property
    def _every_unit(self) -> re.Pattern[str]:
        """Match what speaks of the units as such, also by words of the index itself: "both basins", "each theatre"."""
        patterns = [self._phrasings.every_unit.pattern]
        if self._last_word:
            word = re.escape(self._last_word.casefold())
            one, several = f"(?:which|each|every|what) {word}", f"(?:(?:both|all|the|two|three|four) )*{word}s"
            patterns.append(f"(?<![a-z])(?:{one}|{several})(?![a-z])")
        if nouns := "|".join(map(either_number, sorted(self._own_nouns))):
            patterns.append(_OF_EACH.format(nouns=nouns, count=len(self._units)))
        return re.compile("|".join(patterns))

    @cached_property
    def _own_nouns(self) -> set[str]:
        """The words of the name of the index and of the definitions, but for those of a name and common ones."""
        definition = self._definition
        below = [node for node in definition.nodes.values() if node is not definition.root]
        names = (name for named in (*below, *definition.levels) for name in (named.name, *named.aliases))
        known = {*self._phrasings.common_stems, *(found for name in names for found in stems(name))}
        texts = (definition.root.name, *(node.definition for node in below))
        words = (word for text in texts for word in _LATIN_NAME.findall(text.casefold()))
        return {singular(word) for word in words if stem(word) not in known}

    def find_foreign(self, question: str, mentions: Sequence[Mention]) -> list[str]:
        """List what a question, as typed, names as a place in Latin letters and is none of the mentions.

        In a Chinese one an unknown word with a capital is such a name where the units have Latin names.
        """
        units_of_measure = (node.measure_unit for node in self._definition.indicators)
        known = " ".join(map(fold, (*(mention.text for mention in mentions), *units_of_measure)))
        named = [next(filter(None, match.groups())) for match in self._phrasings.foreign.finditer(question)]
        named += self._like_a_unit.findall(question)
        languages = self._phrasings.answer_in.values()
        if _HAN.search(question) and len(self._units) > 1 and all(unit.isascii() for unit in self._units):
            named += [word[0] for word in _CAPITALISED.finditer(question) if self._is_unknown(word[0])]
        return [
            name
            for name in named
            if fold(name) not in known and not any(words.search(f"in {name}".casefold()) for words in languages)
        ]

    def _is_unknown(self, word: str) -> bool:
        """Whether a word is none that questions of any kind are asked with, nor one of the documents."""
        return not self._is_written(word) and self._is_new(word)

    def _is_new(self, word: str) -> bool:
        """Whether a word is none that questions of any kind are asked with."""
        kinds = (kind.name for kind in self._phrasings.kinds)
        return all(self._phrasings.content(word.casefold(), kind) for kind in kinds)


def _is_nearly(text: str, name: str) -> bool:
    """Whether a text is a name with one character wrong, or its end."""
    differing = sum(a != b for a, b in zip(text, name, strict=False))
    is_misspelled = len(text) == len(name) >= _SHORTEST_MISSPELLED and differing == 1 and text[-1] == name[-1]
    return is_misspelled or name.endswith(text)


def or_longer(mention: Mention, question: str) -> Mention:
    """Take the short name of a unit that a longer name of a place begins with for that place."""
    longer = _LONGER_PLACE.match(question, mention.end)
    if mention.what != UNIT or longer is None or _UNIT_SUFFIX.search(mention.text):
        return mention
    return replace(mention, what=PLACE, unit="", end=longer.end(), text=mention.text + longer[0])
