"""What a hypothetical question supposes: "降到15微克", "提高5分", "维持去年的得分"."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from assistant.language.patterns import ASSUMED, amounts_in
from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, NODE, YEAR, Mention
from assistant.supposed_nodes import LISTED, with_own_indicators
from scoring import Node

Kind = Literal["score", "raw", "weight", ""]

# By how much in per cent something moves that doubles, or halves.
_MULTIPLES: Mapping[str, float] = {"double": 100.0, "half": -50.0}
# A year whose score something is supposed to have.
_OF_YEAR = re.compile(r"\d{4}年?度?的?(?:得分|分数|分值|水平|成绩|表现|数值?|值)")
# Before a movement: that it went no further from the year before.
_ONLY = ("只", "仅", "才")
_POINTS = re.compile("分(?![钟贝])|point")
_SUPPOSING = re.compile(r"\b(?:if|suppose|supposing|should)\b|如果|假如|假设|要是|倘若")
_SIGNS: Mapping[str, int] = {"to": 1, "up": 1, "down": -1}
# Between a year and the name of what keeps the score of it.
_SCORE_FOR = re.compile(r"\s*(?:(?:scores?|levels?|values?|figures?) )?(?:(?:for|of|in|on) )?(?:both )?(?:the )?")
# Before a year that something is as in.
_ALIKE = re.compile(r"[和与跟同]\s*$")
# One value after the other, and what may stand between the unit of one and the next.
_VALUE = re.compile(r"\d+(?:\.\d+)?(?![\d年])")
_THEN = r"[^\d，,。；;？?、:：]{0,8}?\s*(?:[、,，和与及:：]|and)\s*(?:and )?"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption.

    Attributes
    ----------
    node : Node
        The indicator it is about.
    kind : str
        Whether it speaks of the score, the raw value or the weight; empty where that is open.
    number : float or None
        What it is set to, or what is added; None where it is taken from a year or is the best there is.
    is_step : bool
        Whether `number` is added rather than set.
    is_ratio : bool
        Whether `number` is a percentage of what there is.
    year : int or None
        The year whose value it is to have.
    is_reckoned : bool
        Whether that year is told by its relation to others, as "last year".
    is_unchanged : bool
        Whether it is to have the value of the year before.
    is_record : bool
        Whether it is to have the best score of all years.
    is_from_before : bool
        Whether what is added is added to what it was the year before.
    in_percent : bool
        Whether the number is one of per cent.
    """

    node: Node
    kind: Kind = ""
    number: float | None = None
    is_step: bool = False
    is_ratio: bool = False
    year: int | None = None
    is_reckoned: bool = False
    is_unchanged: bool = False
    is_record: bool = False
    is_from_before: bool = False
    in_percent: bool = False


# Behind the name of a further indicator, whose value goes without another verb: "and satisfaction 105 points".
_BARE_VALUE = re.compile(rf"\s*(?:得?分)?{ASSUMED}")


def find_assumptions(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> tuple[Assumption, ...]:
    """Find what a normalised question supposes of the nodes it names; several before one value share it.

    The name of the lowest storey stands for all indicators.
    """
    text = phrasings.all_else.sub(lambda words: " " * len(words[0]), text)
    text = phrasings.number_words.sub(lambda word: _digits(word[0], phrasings), text)
    named = [m for m in mentions if (m.what == NODE and len(m.nodes) == 1) or (m.what == LEVEL and m.nodes)]
    named = list(with_own_indicators(named, text))
    has_indicators = any(mention.nodes[0].is_indicator for mention in named)
    found: dict[Node, Assumption] = {}
    kind: Kind = ""
    alone: set[Node] = set()
    kept: tuple[Assumption, int] | None = None
    waiting: list[Node] = []
    named_end = 0
    for mention, following in zip_longest(named, named[1:]):
        if has_indicators and not mention.nodes[0].is_indicator:
            continue
        if _SUPPOSING.search(text, named_end, mention.start):
            waiting = []  # what was asked about before the hypothesis
        named_end = mention.end
        waiting += mention.nodes
        end = following.start if following else len(text)
        years = [
            (max(text.rfind(str(year), m.start, m.end), m.start) - mention.start, year)
            for m in mentions
            if m.what == YEAR and mention.end <= m.start < end
            for year in m.years[:: max(len(m.years) - 1, 1)]
        ]
        reckoned = {m.years[0] for m in mentions if m.is_reckoned}
        before = text[: mention.start]
        told = (
            _added_before(before, waiting[-1], phrasings)
            or _set_before(before, waiting[-1], phrasings)
            or _counted_before(before, waiting[-1], phrasings)
            or _kept_before(before, waiting[-1], mentions, phrasings)
        )
        if kept and LISTED.fullmatch(text, kept[1], mention.start) and waiting[-1].is_indicator:
            told = replace(kept[0], node=waiting[-1])
        kept = (told, mention.end) if told and told.year else None
        if value := told or next(_values(text[mention.start : end], years, reckoned, waiting[-1], phrasings), None):
            kind = "weight" if _is_of_weight(text[: mention.start], kind, value, phrasings) else value.kind
            value = replace(value, kind=kind)
            numbers = _listed(text[mention.start : end], value, len(waiting))
            each = zip(waiting, numbers or [value.number] * len(waiting), strict=True)
            found |= {node: replace(value, node=node, number=number) for node, number in each if node not in alone}
            alone |= set(waiting) if mention.what == NODE else set()
            waiting = []
        elif found and (bare := _BARE_VALUE.match(text, mention.end, end)) and mention.nodes[0].is_indicator:
            node = mention.nodes[0]
            found[node] = Assumption(node, _unit(bare["unit"], node, phrasings) or kind, float(bare["number"]))
            waiting = []
    return tuple(found.values()) or tuple(_in_own_unit(text, named, phrasings))


def _added_before(before: str, node: Node, phrasings: Phrasings) -> Assumption | None:
    """Read what is added of an indicator right before its name: "3 more direct services", "add 3 points to it"."""
    if not node.is_indicator:
        return None
    if points := phrasings.points_to.search(before):
        return Assumption(node, "score", float(points["more"] or 0) - float(points["less"] or 0), is_step=True)
    told = phrasings.more_of.search(before)
    if told is None:
        return None
    sign = -1 if told["fewer"] else 1
    return Assumption(node, "raw", sign * float(told["number"]), is_step=True)


def _set_before(before: str, node: Node, phrasings: Phrasings) -> Assumption | None:
    """Read what a node is to weigh, or to score, right before its name: "with weights of 20% for it"."""
    if phrasings.assumptions["weight"].search(before) and (told := phrasings.weighed_at.search(before)):
        return Assumption(node, "weight", float(told["number"]), in_percent=True)
    scored = phrasings.scored_at.search(before)
    return Assumption(node, "score", float(scored["number"])) if scored else None


def _counted_before(before: str, node: Node, phrasings: Phrasings) -> Assumption | None:
    """Read how many there are of what an indicator counts, right before its name: "with 1,400 active volunteers"."""
    told = phrasings.as_many.search(before) if node.is_indicator and node.measure_unit else None
    if told is None or bool(told["ratio"]) is not (node.measure_unit == "%"):
        return None
    return Assumption(node, "raw", float(told["number"].replace(",", "")))


def _kept_before(before: str, node: Node, mentions: Sequence[Mention], phrasings: Phrasings) -> Assumption | None:
    """Read the year whose score an indicator keeps, right before its name."""
    year = next((m for m in mentions if m.what == YEAR and _SCORE_FOR.fullmatch(before, m.end)), None)
    keeps = year and re.search(
        rf"(?:{phrasings.assumptions['as_in'].pattern})(?: (?:its|their|the))? $", before[: year.start]
    )
    return Assumption(node, "score", year=year.years[-1]) if year and keeps and node.is_indicator else None


def _in_own_unit(text: str, named: Sequence[Mention], phrasings: Phrasings) -> Iterator[Assumption]:
    """Yield what is supposed of the one indicator in whose unit a number is given, wherever that stands."""
    nodes = {mention.nodes[0] for mention in named if mention.what == NODE and mention.nodes[0].is_indicator}
    for node in nodes if len(nodes) == 1 else ():
        amounts = amounts_in(phrasings.words_of_unit(node.measure_unit), text)
        if len(amounts) == 1:
            yield Assumption(node, "raw", float(amounts[0]))


def _is_of_weight(before: str, last: Kind, value: Assumption, phrasings: Phrasings) -> bool:
    """Whether a value is one of the weight: by the words before the name, or as the value before it was."""
    words = phrasings.assumptions["weight"].pattern
    return bool(re.search(rf"(?:{words}) (?:of|on|for) (?:the )?$", before)) or (not value.kind and last == "weight")


def _listed(stretch: str, value: Assumption, count: int) -> list[float]:
    """List the values that as many names have one by one, the first of which was found: "90, 95 and 80 points"."""
    first = f"{abs(value.number):g}" if value.number else "0"
    other = f"{_THEN}{_VALUE.pattern}"
    series = re.search(rf"(?<![\d.]){re.escape(first)}(?:{other}){{{count - 1}}}(?!{other})", stretch)
    sign = -1 if (value.number or 0.0) < 0 else 1
    return [sign * float(number) for number in _VALUE.findall(series[0])] if series and count > 1 else []


def _digits(word: str, phrasings: Phrasings) -> str:
    """Write a number in digits, as long as the word so that all else stays in its place."""
    return str(phrasings.numbers[word]).ljust(len(word))


def _values(
    stretch: str, years: Sequence[tuple[int, int]], reckoned: Set[int], node: Node, phrasings: Phrasings
) -> Iterator[Assumption]:
    """Yield what a name and the words behind it set it to."""
    words = phrasings.assumptions
    if words["record"].search(stretch):
        yield Assumption(node, "score", is_record=True)
    if _is_as_before(stretch, phrasings):
        yield Assumption(node, "score", is_unchanged=True)
    if years and (as_in := words["as_in"].search(stretch)):
        # "与某年一样", or else "回到某年"; but not "stayed at 100 in that year".
        alike = [(at, year) for at, year in years if at < as_in.start() and _ALIKE.search(stretch[:at])]
        later = [(at, year) for at, year in years if at >= as_in.end()]
        at, year = next(iter(alike[-1:] or later), (len(stretch), years[-1][1]))
        if not re.search(rf"(?:{words['to'].pattern}){ASSUMED}", stretch[as_in.start() : at]):
            yield Assumption(node, _kind(stretch, phrasings) or "score", year=year, is_reckoned=year in reckoned)
    if words["unchanged"].search(stretch):
        yield Assumption(node, "score", is_unchanged=True)
    if words["full"].search(stretch) and not words["capped"].search(stretch):
        yield Assumption(node, "score")
    other_numbers = any(not _is_a_year(match, years) for _, match in _all_amounts(stretch, phrasings))
    if not other_numbers and (of_year := next((year for at, year in years if _OF_YEAR.match(stretch, at)), 0)):
        yield Assumption(node, "score", year=of_year)
    # "再降10%" speaks of what is measured where less is better; of the score otherwise.
    ratio_of: Kind = "raw" if node.direction == "lower" else "score"
    for name, percent in _MULTIPLES.items():
        if words[name].search(stretch):
            yield Assumption(node, _kind(stretch, phrasings) or "raw", percent, is_step=True, is_ratio=True)
    found = [
        (m, name)
        for name, m in _all_amounts(stretch, phrasings)
        if not (_is_a_year(m, years) or words["denied"].search(stretch[: m.start("number")]))
    ]
    for match, name in sorted(found, key=lambda pair: (pair[0].start("number"), -pair[0].end(), pair[0].start())):
        number = _SIGNS[name] * float(match["number"])
        unit = _unit(match["unit"], node, phrasings)
        kind = _kind(stretch[: match.end("number")], phrasings)  # a score spoken of behind it is what is asked for
        is_step = name != "to"
        is_ratio = match["unit"] == "%" and is_step and node.measure_unit != "%" and kind != "weight"
        from_before = is_step and stretch[: match.start()].endswith(_ONLY)
        yield Assumption(
            node,
            kind or ratio_of if is_ratio else unit or kind,
            number,
            is_step,
            is_ratio,
            is_from_before=from_before,
            in_percent=kind == "weight" and match["unit"].endswith(("%", "百分点")),
        )


def _is_as_before(stretch: str, phrasings: Phrasings) -> bool:
    """Whether a value is said to be that of the year before: "回到上一年的水平"."""
    as_in = phrasings.assumptions["as_in"].search(stretch)
    return bool(as_in and phrasings.relative_years["previous"].search(stretch, as_in.end()))


def _kind(text: str, phrasings: Phrasings) -> Kind:
    """Tell whether some words speak of a weight, of a score or of what is observed."""
    if phrasings.assumptions["weight"].search(text):
        return "weight"
    return "score" if phrasings.asks_score.search(text) else "raw" if phrasings.asks_raw.search(text) else ""


def _amounts(phrasings: Phrasings) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield how a value is set or moved: "to 5", "up 5", "5 points higher"."""
    words = phrasings.assumptions
    for name in _SIGNS:
        yield name, re.compile(rf"(?:{words[name].pattern})(?:\s+(?:only|just|merely))?{ASSUMED}")
    for name, behind in (("up", "more"), ("down", "less"), ("to", "at")):
        yield name, re.compile(rf"{ASSUMED}\s*(?:{words[behind].pattern})")


def _all_amounts(stretch: str, phrasings: Phrasings) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield every amount; what follows the number of one may be another, as behind a year: "是2023年达到95"."""
    for name, pattern in _amounts(phrasings):
        match = pattern.search(stretch)
        while match:
            yield name, match
            match = pattern.search(stretch, match.end("number"))


def _is_a_year(amount: re.Match[str], years: Sequence[tuple[int, int]]) -> bool:
    """Whether what looks like an amount is one of the years named."""
    return any(amount.start("number") <= at < amount.end("number") for at, _ in years)


def _unit(written: str, node: Node, phrasings: Phrasings) -> Kind:
    """Tell by its unit whether a number is a score or a raw value."""
    own = phrasings.words_of_unit(node.measure_unit)
    if any(written.startswith(word) for word in own):
        return "raw"
    if phrasings.asks_score.match(written) or _POINTS.match(written):
        return "score"
    return "raw" if written and any(word.startswith(written) for word in own) else ""
