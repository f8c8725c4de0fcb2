"""How people ask, read from `language/phrasings.yaml`, and what they tell of a question."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.exemplars import Exemplars
from assistant.patterns import ASSUMED, any_of, by_name, expressions

_FILE = Path(__file__).parent / "language" / "phrasings.yaml"
_PLACEHOLDER = re.compile(r"\{\w+\}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:个?字)?")
_CUE_BONUS = 0.35
# Under this a question resembles no kind.
RESEMBLANCE = 0.3


@dataclass(frozen=True)
class Kind:
    """A kind of question: its cues as one pattern, words to widen a search with, and those of headings."""

    name: str
    cues: re.Pattern[str]
    expand: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Phrasings:
    """All kinds of question, and the words that turn up in any."""

    kinds: tuple[Kind, ...]
    exemplars: Exemplars
    directions: Mapping[str, re.Pattern[str]]
    relative_years: Mapping[str, re.Pattern[str]]
    asks_raw: re.Pattern[str]
    asks_ratio: re.Pattern[str]
    asks_score: re.Pattern[str]
    asks_points: re.Pattern[str]
    asks_amount: re.Pattern[str]
    asks_number: re.Pattern[str]
    asks_change: re.Pattern[str]
    asks_gap: re.Pattern[str]
    asks_becoming: re.Pattern[str]
    asks_growth: re.Pattern[str]
    asks_which_moved: re.Pattern[str]
    same_size: re.Pattern[str]
    to_what: re.Pattern[str]
    asks_base: re.Pattern[str]
    holds: re.Pattern[str]
    within_score: re.Pattern[str]
    pulls: re.Pattern[str]
    moving: Mapping[str, re.Pattern[str]]
    superlatives: Mapping[str, re.Pattern[str]]
    bounds: Mapping[str, re.Pattern[str]]
    assumptions: Mapping[str, re.Pattern[str]]
    points: Mapping[str, re.Pattern[str]]
    variants: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, int]
    number_words: re.Pattern[str]
    aspects: Mapping[str, re.Pattern[str]]
    says: Mapping[str, re.Pattern[str]]
    unbroken: Mapping[str, re.Pattern[str]]
    help_on: Mapping[str, re.Pattern[str]]
    list_form: re.Pattern[str]
    telling: Mapping[str, re.Pattern[str]]
    leaning: re.Pattern[str]
    linking: re.Pattern[str]
    unit_words: Mapping[str, tuple[str, ...]]
    comparing: re.Pattern[str]
    comparative: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    places_in_order: tuple[re.Pattern[str], ...]
    choices: Mapping[str, re.Pattern[str]]
    forms: Mapping[str, re.Pattern[str]]
    revising: Mapping[str, re.Pattern[str]]
    among: re.Pattern[str]
    beside: re.Pattern[str]
    contrast: re.Pattern[str]
    confirming: re.Pattern[str]
    beside_previous: re.Pattern[str]
    run: re.Pattern[str]
    composed: re.Pattern[str]
    components: re.Pattern[str]
    still: re.Pattern[str]
    movers: Mapping[str, re.Pattern[str]]
    several: re.Pattern[str]
    that_supplier: re.Pattern[str]
    up_to: re.Pattern[str]
    is_observed: re.Pattern[str]
    that_year: re.Pattern[str]
    part_of_year: re.Pattern[str]
    since_then: re.Pattern[str]
    rewordings: tuple[tuple[re.Pattern[str], str], ...]
    supposed_rewordings: tuple[tuple[re.Pattern[str], str], ...]
    other_one: re.Pattern[str]
    together: re.Pattern[str]
    towards: re.Pattern[str]
    dictated: re.Pattern[str]
    chosen: re.Pattern[str]
    each_share: re.Pattern[str]
    ever: re.Pattern[str]
    never: re.Pattern[str]
    how_moved: re.Pattern[str]
    asks_how: re.Pattern[str]
    asks_way: re.Pattern[str]
    asks_remedy: re.Pattern[str]
    asks_title: re.Pattern[str]
    writing: re.Pattern[str]
    both_years: re.Pattern[str]
    scene: re.Pattern[str]
    also: re.Pattern[str]
    found: re.Pattern[str]
    both: re.Pattern[str]
    one: re.Pattern[str]
    since: Mapping[str, re.Pattern[str]]
    which_indicators: re.Pattern[str]
    periods: Mapping[str, tuple[int, int]]
    years_back: Mapping[str, int]
    named_years: Mapping[str, tuple[int, ...]]
    fillers: re.Pattern[str]
    latin_fillers: tuple[str, ...]
    particles: str
    counting: re.Pattern[str]
    answer_in: Mapping[str, re.Pattern[str]]
    abstract: re.Pattern[str]
    supplying: re.Pattern[str]
    excluding: re.Pattern[str]
    districts: re.Pattern[str]
    every_unit: re.Pattern[str]
    against_year: re.Pattern[str]
    of_parts: re.Pattern[str]
    sides: Mapping[str, re.Pattern[str]]
    same: re.Pattern[str]
    reference: re.Pattern[str]
    levels_by_number: tuple[tuple[str, ...], ...]
    foreign: re.Pattern[str]
    whole: tuple[str, ...]
    overall: re.Pattern[str]
    places: tuple[str, ...]

    def rank(self, masked: str) -> list[tuple[str, float]]:
        """Rank the kinds for a question whose names are masked, best first, with a likeness of 0 to about 1.35."""
        likeness = self.exemplars.likeness(masked)
        plain = _PLACEHOLDER.sub(" ", masked)
        scores = [
            (kind.name, likeness[kind.name] + (_CUE_BONUS if kind.cues.search(plain) else 0.0)) for kind in self.kinds
        ]
        return sorted(scores, key=lambda pair: -pair[1])

    def reworded(self, text: str) -> str:
        """Say in plainer words what a text says in a roundabout way, some of it only where something is supposed."""
        supposes = self.has_cue("what_if", text)
        for words, said in (*self.rewordings, *(self.supposed_rewordings if supposes else ())):
            text = words.sub(said, text)
        return text

    def kind(self, name: str) -> Kind:
        """Give a kind by its name."""
        return next(kind for kind in self.kinds if kind.name == name)

    def has_cue(self, kind: str, masked: str) -> bool:
        """Whether a masked question holds a cue of a kind."""
        return bool(kind and self.kind(kind).cues.search(_PLACEHOLDER.sub(" ", masked)))

    def tells(self, kind: str, sentence: str) -> bool:
        """Whether a sentence says what a kind of question asks for, by words that only such sentences hold."""
        words = self.telling.get(kind)
        return words is None or bool(words.search(sentence))

    def content(self, masked: str, kind: str) -> str:
        """Give what a masked question is about beside the names: what neither the kind's cues nor fillers say."""
        text = _PLACEHOLDER.sub(" ", masked)
        said = (self.directions, self.superlatives, self.bounds, self.relative_years, self.points, self.sides)
        of_words = (pattern for words in said for pattern in words.values())
        for pattern in (
            *self.places_in_order,
            *of_words,
            self.asks_ratio,
            self.asks_raw,
            self.asks_gap,
            self.comparing,
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
        """List the ways to write a unit of measure; none where there is no unit."""
        return (measure_unit.casefold(), *self.unit_words.get(measure_unit, ())) if measure_unit else ()

    def in_unit(self, measure_unit: str) -> re.Pattern[str]:
        """Match a number of a unit of measure, or the asking for one."""
        units = "|".join(map(re.escape, sorted(self.words_of_unit(measure_unit), key=len, reverse=True)))
        return re.compile(rf"(?P<number>[几\d]|多少|how many)\s*个?(?:{units})数?|(?:{units})[数值]")

    def without_fillers(self, text: str) -> str:
        """Drop the words that carry nothing to look for."""
        text = self.counting.sub(" ", self.fillers.sub(" ", text))
        words = (word.strip(f"{self.particles}.-") for word in text.split())
        return " ".join(word for word in words if word and not _NUMBER.fullmatch(word))


@cache
def phrasings() -> Phrasings:
    """Load the phrasings."""
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), yaml.CSafeLoader)
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
        exemplars=Exemplars({name: kind["exemplars"] for name, kind in content["kinds"].items()}),
        directions=by_name(content["directions"]),
        relative_years=by_name(content["relative_years"]),
        comparative=expressions(content["comparative"]),
        comparing=expressions(content["comparing"]),
        ordinals=tuple(map(any_of, content["ordinals"])),
        places_in_order=tuple(map(any_of, content["places_in_order"])),
        choices=by_name(content["choices"]),
        forms=by_name(content["forms"]),
        revising=by_name(content["revising"]),
        among=any_of(content["among"]),
        contrast=any_of(content["contrast"]),
        confirming=expressions(content["confirming"]),
        beside_previous=expressions(content["beside_previous"]),
        run=re.compile(content["run"]),
        components=expressions(content["components"]),
        composed=expressions(content["composed"]),
        still=expressions(content["still"]),
        movers={name: re.compile("|".join(words)) for name, words in content["movers"].items()},
        several=expressions(content["several"]),
        that_supplier=expressions(content["that_supplier"]),
        up_to=expressions(content["up_to"]),
        is_observed=expressions(content["is_observed"]),
        part_of_year=expressions(content["part_of_year"]),
        that_year=expressions(content["that_year"]),
        rewordings=tuple((re.compile(words), said) for words, said in content["rewordings"]),
        supposed_rewordings=tuple((re.compile(words), said) for words, said in content["supposed_rewordings"]),
        since_then=any_of(content["since_then"]),
        other_one=expressions(content["other_one"]),
        together=any_of(content["together"]),
        towards=expressions(content["towards"]),
        dictated=expressions(content["dictated"]),
        chosen=expressions(content["chosen"]),
        each_share=expressions(content["each_share"]),
        ever=expressions(content["ever"]),
        never=expressions(content["never"]),
        how_moved=expressions(content["how_moved"]),
        asks_way=expressions(content["asks_way"]),
        asks_how=expressions(content["asks_how"]),
        asks_remedy=expressions(content["asks_remedy"]),
        asks_title=expressions(content["asks_title"]),
        writing=expressions(content["writing"]),
        both_years=expressions(content["both_years"]),
        beside=expressions(content["beside"]),
        scene=expressions(content["scene"]),
        also=any_of(content["also"]),
        found=any_of(content["found"]),
        both=any_of(content["both"]),
        one=expressions(content["one"]),
        since=by_name(content["since"]),
        asks_ratio=any_of(content["asks_ratio"]),
        asks_score=any_of(content["asks_score"]),
        asks_points=any_of(content["asks_points"]),
        asks_amount=any_of(content["asks_amount"]),
        asks_number=any_of(content["asks_number"]),
        asks_change=any_of(content["asks_change"]),
        asks_gap=expressions(content["asks_gap"]),
        asks_becoming=expressions(content["asks_becoming"]),
        asks_growth=expressions(content["asks_growth"]),
        asks_which_moved=expressions(content["asks_which_moved"]),
        same_size=expressions(content["same_size"]),
        to_what=expressions(content["to_what"]),
        asks_base=expressions(content["asks_base"]),
        holds=expressions(content["holds"]),
        within_score=expressions(content["within_score"]),
        pulls=any_of(content["pulls"]),
        moving={name: expressions(patterns) for name, patterns in content["moving"].items()},
        assumptions=by_name(content["assumptions"]),
        points=by_name(content["points"]),
        variants=by_name(content["variants"]),
        numbers=content["numbers"],
        number_words=re.compile(f"(?:{any_of(content['numbers']).pattern})(?={content['number_units']})"),
        aspects=by_name(content["aspects"]),
        telling=by_name(content["telling"]),
        leaning=any_of(content["leaning"]),
        linking=any_of(content["linking"]),
        says=by_name(content["says"]),
        help_on=by_name(content["help_on"]),
        list_form=any_of(content["list_form"]),
        unit_words={unit: tuple(words) for unit, words in content["unit_words"].items()},
        superlatives=by_name(content["superlatives"]),
        bounds=by_name(content["bounds"]),
        asks_raw=any_of(content["asks_raw"]),
        which_indicators=any_of(content["which_indicators"]),
        periods={name: (first, last) for name, (first, last) in content["periods"].items()},
        years_back=content["years_back"],
        named_years={name: tuple(places) for name, places in content["named_years"].items()},
        fillers=re.compile(any_of(content["fillers"]).pattern + r"|[^\w%.-]+"),
        latin_fillers=tuple(word for word in content["fillers"] if word.isascii() and len(word) > 2),
        particles=content["particles"],
        counting=re.compile(content["counting"]),
        answer_in=by_name(content["answer_in"]),
        abstract=any_of(content["abstract"]),
        supplying=any_of(content["supplying"]),
        excluding=re.compile("|".join(content["excluding"])),
        districts=re.compile(content["districts"]),
        every_unit=re.compile(content["every_unit"]),
        against_year=any_of(content["against_year"]),
        of_parts=any_of(content["of_parts"]),
        sides={name: re.compile("|".join(words)) for name, words in content["sides"].items()},
        unbroken={name: re.compile("|".join(words)) for name, words in content["unbroken"].items()},
        same=any_of(content["same"]),
        reference=re.compile(content["reference"]),
        levels_by_number=tuple(map(tuple, content["levels_by_number"])),
        foreign=re.compile(content["foreign"]),
        whole=tuple(content["whole"]),
        overall=any_of(content["overall"]),
        places=tuple(content["places"]),
    )
