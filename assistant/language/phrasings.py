"""How people ask, read from the words and the whole questions of each kind, and what they tell of a question."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from assistant.language.exemplars import Exemplars
from assistant.language.patterns import ASSUMED, LATIN_WORD, any_of, expressions
from assistant.language.stems import stems
from assistant.language.word_lists import WordLists, read_lists
from scoring import Level

# What a Latin unit of measure counts, and for each of what.
_PER = re.compile(r" per |/(?=[a-z])")
_WORDS = Path(__file__).parent / "words"
_QUESTIONS = Path(__file__).parent / "questions"
_PLACEHOLDER = re.compile(r"\{\w+\}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:个?字)?")
_LAST_HAN_RUN = re.compile(r"[\u3400-\u9fff]+$")
_CUE_BONUS = 0.35
_HYPOTHESIS, _WEIGHT, _YEAR = "what_if", "weight", "{year}"
# What the probability of a kind counts beside the likeness of the nearest exemplar.
_PROBABILITY_WEIGHT = 0.3
# From the first likeness on a question plainly asks for its kind, under the second it resembles none; what is probably
# of a kind may be less like it.
PLAIN_RESEMBLANCE, RESEMBLANCE = 0.6, 0.3
_FAIR_RESEMBLANCE, _SLIGHT_RESEMBLANCE = 0.4, 0.2
_ALL_BUT_SURE, _PROBABLE = 0.85, 0.6

# What is said in a roundabout way, and what stands for it.
Rewording = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


@dataclass(frozen=True)
class Kind:
    """A kind of question: its cues as one pattern, words to widen a search with, and those of headings."""

    name: str
    cues: re.Pattern[str]
    expand: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Phrasings(WordLists):
    """All kinds of question, and the words that turn up in any."""

    kinds: tuple[Kind, ...]
    exemplars: Exemplars
    numbers: Mapping[str, int]
    number_words: re.Pattern[str]
    unit_words: Mapping[str, tuple[str, ...]]
    ordinals: tuple[re.Pattern[str], ...]
    places_in_order: tuple[re.Pattern[str], ...]
    rewordings: tuple[Rewording, ...]
    supposed_rewordings: tuple[Rewording, ...]
    periods: Mapping[str, tuple[int, int]]
    years_back: Mapping[str, int]
    named_years: Mapping[str, tuple[int, ...]]
    fillers: re.Pattern[str]
    common_words: tuple[str, ...]
    english_words: frozenset[str]
    particles: str
    excluding: re.Pattern[str]
    levels_by_number: tuple[tuple[str, ...], ...]
    all_counted: tuple[str, ...]
    usual_levels: Mapping[str, tuple[str, ...]]
    level_words: Mapping[str, tuple[str, ...]]
    whole: tuple[str, ...]
    places: tuple[str, ...]

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """The stems of the English words that may stand in any question."""
        return frozenset(found for words in self.common_words for found in stems(words))

    def counted_indicators(self, count: int) -> list[str]:
        """List how all indicators of an index are called by their number: "九项"."""
        written = [str(count), *(word for word, number in self.numbers.items() if number == count)]
        return [form.replace("{count}", number) for form in self.all_counted for number in written]

    def words_of_level(self, level: Level) -> tuple[str, ...]:
        """List the Chinese words for a storey of an index that has none of its own for it."""
        own = (level.name, *level.aliases, *level.names.values())
        words = (self.level_words.get(name.casefold(), ()) for name in own)
        return () if any(not name.isascii() for name in own) else next(filter(None, words), ())

    def rank(self, masked: str) -> list[tuple[str, float]]:
        """Rank the kinds for a question whose names are masked, best first, with a likeness of 0 to about 1.35."""
        likeness, probability = self.exemplars.compared(masked)
        plain = _PLACEHOLDER.sub(" ", masked)
        for kind in self.kinds:
            if likeness[kind.name] >= _FAIR_RESEMBLANCE and probability[kind.name] >= _ALL_BUT_SURE:
                likeness[kind.name] = max(likeness[kind.name], PLAIN_RESEMBLANCE)
            elif likeness[kind.name] >= _SLIGHT_RESEMBLANCE and probability[kind.name] >= _PROBABLE:
                likeness[kind.name] = max(likeness[kind.name], RESEMBLANCE)
            if kind.cues.search(plain):
                likeness[kind.name] += _CUE_BONUS
        if not self._may_suppose(masked):
            likeness[_HYPOTHESIS] = 0.0
        return sorted(likeness.items(), key=lambda pair: -pair[1] - _PROBABILITY_WEIGHT * probability[pair[0]])

    def _may_suppose(self, masked: str) -> bool:
        """Whether a masked question holds anything to suppose: a number, a state, another year, or a word for it."""
        states = (words for name, words in self.assumptions.items() if name != "to")
        return bool(
            self.has_cue(_HYPOTHESIS, masked)
            or any(character.isdigit() for character in masked)
            or masked.count(_YEAR) > 1
            or any(words.search(masked) for words in states)
        )

    def reworded(self, text: str) -> str:
        """Say in plainer words what a text says in a roundabout way, some of it only where something is supposed."""
        supposes = self.has_cue(_HYPOTHESIS, text)
        for words, said in (*self.rewordings, *(self.supposed_rewordings if supposes else ())):
            text = words.sub(said, text)
        return text

    def without_orders(self, text: str) -> str:
        """Leave out the orders to answer otherwise than by the data; a text of nothing else stays."""
        rest = self.overriding.sub("", text)
        return text if rest in ("", text) else self.without_orders(rest)

    def without_courtesies(self, text: str) -> str:
        """Leave out what stands before and behind a question out of courtesy or haste; a text of nothing else stays."""
        rest = text
        while (opening := self.courtesies["before"].match(rest)) and opening.end():
            rest = rest[opening.end() :]
        while closing := next((c for c in self.courtesies["behind"].finditer(rest) if c.end() == len(rest)), None):
            rest = rest[: closing.start()]
        return rest if len(rest) > 1 else text

    def kind(self, name: str) -> Kind:
        """Give a kind by its name."""
        return next(kind for kind in self.kinds if kind.name == name)

    def has_cue(self, kind: str, masked: str) -> bool:
        """Whether a masked question holds a cue of a kind."""
        return bool(kind and self.kind(kind).cues.search(_PLACEHOLDER.sub(" ", masked)))

    def is_only_names(self, masked: str) -> bool:
        """Whether a masked question holds nothing but names and what joins them."""
        return not re.search(r"[a-z]{4,}|[\u3400-\u9fff]{2,}|\d", self.instead.sub(" ", _PLACEHOLDER.sub(" ", masked)))

    def tells(self, kind: str, sentence: str) -> bool:
        """Whether a sentence says what a kind of question asks for, by words that only such sentences hold."""
        words = self.telling.get(kind)
        return words is None or bool(words.search(sentence))

    def content(self, masked: str, kind: str) -> str:
        """Give what a masked question is about beside the names: what neither the kind's cues nor fillers say."""
        text = _PLACEHOLDER.sub(" ", self.outpaced.sub(" ", masked))
        said = (
            self.directions,
            self.superlatives,
            self.bounds,
            self.relative_years,
            self.points,
            self.sides,
            self.variants,
        )
        of_words = (pattern for words in said for pattern in words.values())
        for pattern in (
            *self.places_in_order,
            *of_words,
            self.as_table,
            self.asks_ratio,
            self.asks_raw,
            self.asks_gap,
            self.comparing,
            self.same_way,
            self.offsetting,
            self.asks_change,
            *([self.composed] if kind == _WEIGHT else ()),
        ):
            text = pattern.sub(" ", text)
        text = self.kind(kind).cues.sub(" ", text)
        return self.without_fillers(text)

    def set_values(self, masked: str, *, also_steps: bool) -> Iterator[int]:
        """Yield where a value ends that a masked question has something move to, or also a step to move by."""
        for words in ("to", "by") if also_steps else ("to",):
            for value in re.finditer(rf"(?:{self.moving[words].pattern}){ASSUMED}", masked):
                if not self.moving["from"].search(masked[: value.start()]):
                    yield value.end("number")

    def place(self, masked: str) -> int:
        """Tell which place in an order a masked question asks for; 0 where none."""
        return next((place for place, words in enumerate(self.places_in_order, 2) if words.search(masked)), 0)

    def words_of_unit(self, measure_unit: str) -> tuple[str, ...]:
        """List the ways to write a unit of measure, "days per branch" also as days; none where there is no unit."""
        if not measure_unit:
            return ()
        counted, *per = _PER.split(measure_unit, maxsplit=1)
        written = (measure_unit.casefold(), *self.unit_words.get(measure_unit, ()))
        return (*written, f"{counted} per {per[0]}".casefold(), *self.words_of_unit(counted)) if per else written

    def in_unit(self, measure_unit: str) -> re.Pattern[str]:
        """Match a number of a unit of measure, or the asking for one."""
        units = "|".join(map(re.escape, sorted(self.words_of_unit(measure_unit), key=len, reverse=True)))
        return re.compile(
            rf"(?P<number>[几\d]|多少|how many)\s*个?(?:{units})数?|(?:{units})[数值]"
            rf"|(?<=\}} )(?:{units})(?![a-z])|(?<![a-z])in (?:{units})(?![a-z])"
        )

    def last_word(self, text: str, kind: str) -> str:
        """Give the Chinese word that a text ends with, if it is no single character and none of those of a kind."""
        run = _LAST_HAN_RUN.search(text)
        content = self.content(run[0], kind).split()[-1:] if run else []
        return content[0] if content and len(content[0]) > 1 and text.endswith(content[0]) else ""

    def without_fillers(self, text: str) -> str:
        """Drop the words that carry nothing to look for."""
        text = self.counting.sub(" ", self.fillers.sub(" ", text))
        words = (word.strip(f"{self.particles}.-") for word in text.split())
        return " ".join(word for word in words if word and not _NUMBER.fullmatch(word))


@cache
def phrasings() -> Phrasings:
    """Load the phrasings."""
    content = read_words()
    exemplars = {kind: (_QUESTIONS / f"{kind}.txt").read_text("utf-8").splitlines() for kind in content["kinds"]}
    return Phrasings(
        kinds=tuple(
            Kind(
                name,
                expressions(kind["cues"]),
                " ".join(kind.get("expand", ())),
                tuple(kind.get("headings", ())),
            )
            for name, kind in content["kinds"].items()
        ),
        exemplars=Exemplars(exemplars),
        ordinals=tuple(map(any_of, content["ordinals"])),
        places_in_order=tuple(map(any_of, content["places_in_order"])),
        rewordings=tuple(_rewording(*pair) for pair in content["rewordings"]),
        supposed_rewordings=tuple(_rewording(*pair) for pair in content["supposed_rewordings"]),
        numbers=content["numbers"],
        number_words=re.compile(f"(?:{any_of(content['numbers']).pattern})(?={content['number_units']})"),
        unit_words={unit: tuple(words) for unit, words in content["unit_words"].items()},
        periods={name: (first, last) for name, (first, last) in content["periods"].items()},
        years_back=content["years_back"],
        named_years={name: tuple(places) for name, places in content["named_years"].items()},
        fillers=re.compile(any_of([*content["fillers"], *content["common_words"]]).pattern + r"|[^\w%.-]+"),
        common_words=tuple(_common_words(content)),
        english_words=frozenset(_english_words(content, chain.from_iterable(exemplars.values()))),
        particles=content["particles"],
        excluding=re.compile("|".join(content["excluding"])),
        levels_by_number=tuple(map(tuple, content["levels_by_number"])),
        all_counted=tuple(content["all_counted"]),
        usual_levels={storey: tuple(words) for storey, words in content["usual_levels"].items()},
        level_words={level: tuple(words) for level, words in content["level_words"].items()},
        whole=tuple(content["whole"]),
        places=tuple(content["places"]),
        **read_lists(content),
    )


def _rewording(words: str, said: str) -> Rewording:
    """Give a pattern with what stands for it; a template with groups is filled in only where the pattern is found."""
    return re.compile(words), (lambda found: found.expand(said)) if "\\" in said else said


def read_words() -> dict[str, Any]:
    """Read the words of all files, each list by its name."""
    files = (yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in sorted(_WORDS.glob("*.yaml")))
    return {name: words for content in files for name, words in content.items()}


def _english_words(content: Mapping[str, Any], exemplars: Iterable[str]) -> Iterator[str]:
    """Yield the longer English words with which questions are asked."""
    for asked in (*exemplars, *_common_words(content)):
        yield from LATIN_WORD.findall(asked.casefold())


def _common_words(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the English words of more than two letters that may stand in any question."""
    moving = (words for name in ("directions", "superlatives", "bounds") for words in content[name].values())
    lists = (content["fillers"], content["common_words"], content["measuring_words"], *moving)
    yield from (word for words in lists for word in words if word.isascii() and len(word) > 2)
