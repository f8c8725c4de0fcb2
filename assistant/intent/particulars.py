"""What a question gives and asks for in particular: sizes, lengths, units, which end of an order."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from assistant.language.patterns import NOT_LONGER, amounts_in
from assistant.language.phrasings import Phrasings
from assistant.language.stems import stem, stems
from assistant.names.mention import NODE, YEAR, Mention, text_before
from assistant.query import SHORT_DRAFT
from scoring import Node

DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
# A number of points: with decimals, or followed by the word for points.
_CLAIM = re.compile(rf"(?<![\d.a-z])(\d{{1,3}}\.\d{{1,2}}|\d{{1,3}}(?=\s*(?:分{NOT_LONGER}|points?)))(?!\.?\d|%)")
# Behind a number that is more than the one written: "13 points and more".
_ROUGHLY = re.compile(r"\s*(?:分|points?)?\s*(?:多|余|出头|有余|有多|上下|左右|-odd)")
# The score that a goal names, whatever stands behind it.
_AMOUNT = re.compile(r"(?<![\d.,a-z])\d{1,3}(?:\.\d+)?(?!,\d|\.?\d|[%个项年名位])")
_LENGTH = re.compile(r"(\d{2,4})\s*(?:字|个字|characters|words)|(?:字数|篇幅|长度)\D{0,6}(\d{2,4})")
# How much of the length that a text is not to pass it is written for.
_UNDER = 0.9
_HUNDREDS = re.compile(r"([一二两三四五六七八九])百(?:来|多|余)?个?字")
# From how many letters on a word may tell something, and from which likeness on it is one with a mistake in it.
_SHORTEST_WORD, _SHORTEST_SLIP, _LIKE = 3, 6, 0.8
# Where an English question asks for a number of something, and for something of a node by the words next to its name.
_COUNTED = re.compile(r"\bhow (?:many|much)\b|\bnumber of\b")
_ASKING = re.compile(r"\b(?:what|which|how|give|show|tell|list|the|any)\b")
_BEHIND = re.compile(r"\{node\}(?:'s)?(?P<words>(?: [a-z-]+){1,3})")
_BEFORE = re.compile(r"(?P<words>(?:[a-z-]+ ){1,2})(?:of|for|behind) (?:the |its |our )?\{node\}")
_ASKED_FOR = re.compile(r"\b(?:which|what) (?P<words>[a-z]{4,}) (?:ha[sd]|have|did|does|do|is|are|was|were|will)\b")
# What may stand between words and the name that they narrow.
_POINTING = "的那这个该项"
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
# Words without a gap, among them the name of a substance: "COD浓度".
_RUN = re.compile(r"[\u3400-\u9fffa-z]+")
# Kinds that may ask for what lies on one side of a score.
_BOUNDED = {"ranking", "trend", "what_if"}
# Kinds that may put one forward.
_JUDGED = {"", "value", "check"}


def sizes(
    masked: str, kind: str, bound: int, nodes: Sequence[Node], phrasings: Phrasings
) -> Iterator[tuple[str, bool]]:
    """Yield the sizes put forward, and whether something is said to have moved by them.

    What is not observed has a score alone, so that a bare number is one.
    """
    steps = (phrasings.assumptions["up"], phrasings.assumptions["down"])
    has_score_alone = bool(nodes) and not any(node.measure_unit for node in nodes)
    is_plain = kind == "target" or (bound and (kind in _BOUNDED or (kind in _JUDGED and has_score_alone)))
    for size in (_AMOUNT if is_plain else _CLAIM).finditer(masked):
        if not is_plain and _ROUGHLY.match(masked, size.end()):
            continue
        before = masked[: size.start()].rstrip("了近约 ")
        moves = any(before.endswith(step[0]) for words in steps for step in words.finditer(before))
        yield size[0], moves and not is_plain


def points(masked: str, phrasings: Phrasings) -> Iterator[str]:
    """Yield what a question asks in particular; `ends` where both ends of a ranking are named, `sides` of a bound.

    `back` where it is asked if a score has come back to where it was, `outpaced` where it moved more in one year than
    in another, `only_then` where it is asked if it was so in one year alone, `at_its_value` where a
    year is named by what was scored or observed in it.
    """
    if phrasings.came_back.search(masked):
        yield "back"
    if phrasings.outpaced.search(masked):
        yield "outpaced"
    if phrasings.only_then.search(masked):
        yield "only_then"
    if phrasings.at_its_value.search(masked):
        yield "at_its_value"
    yield from (name for name, words in phrasings.points.items() if words.search(masked))
    highest, lowest = (phrasings.superlatives[end] for end in ("highest", "lowest"))
    if _says(masked, highest, lowest) and _says(masked, lowest, highest):
        yield "ends"
    above, below = phrasings.bounds["above"], phrasings.bounds["below"]
    if _says(masked, above, below) and _says(masked, below, above):
        yield "sides"


def measure(text: str, mentions: Sequence[Mention], kind: str, phrasings: Phrasings) -> str:
    """Give the words right behind the last node named that tell something else of it than its score: "超标天数"."""
    named = [mention for mention in mentions if mention.what == NODE]
    if not named:
        return ""
    end = min((m.start for m in mentions if m.start >= named[-1].end), default=len(text))
    behind = _RUN.match(text[named[-1].end : end])
    measure = phrasings.content(behind[0], kind) if behind else ""
    if " " in measure:  # what is left of several words is one of them, if any
        measure = max((piece for piece in measure.split() if len(piece) > 2), key=len, default="")
    is_of_the_name = all(set(measure) <= set(node.name) for node in named[-1].nodes)
    return "" if len(measure) < 2 or is_of_the_name else measure


def qualifier(text: str, mentions: Sequence[Mention], kind: str, phrasings: Phrasings) -> str:
    """Give the word that stands right before the last node named and narrows it to something else: "昼间噪声"."""
    named = [mention for mention in mentions if mention.what == NODE]
    if not named:
        return ""
    before = text_before(named[-1], mentions, text)
    if named[-1].text in phrasings.whole:
        before = before.rstrip(_POINTING)  # "the index of the jams"
    word = phrasings.last_word(before, kind)
    names = (name for node in named[-1].nodes for name in (node.name, *node.names.values(), *node.aliases))
    return "" if any(f"{word}{named[-1].text}" in name.casefold() for name in names) else word


def latin_measure(masked: str, content: str, nodes: Sequence[Node], phrasings: Phrasings) -> str:
    """Give the words for something else that an English question asks of a node than its score: "the cost of it".

    They stand right before or behind the name; where a number of something is asked for, anywhere.
    """
    if asks_own_unit(masked, nodes, phrasings):
        return ""
    if _COUNTED.search(masked):
        return ", ".join(_unknown_words(content, nodes, phrasings))
    behind = (found["words"] for found in _BEHIND.finditer(masked) if _ASKING.search(masked, 0, found.start()))
    before = (found["words"] for pattern in (_BEFORE, _ASKED_FOR) for found in pattern.finditer(masked))
    words = " ".join((*behind, *before)).split()
    return ", ".join(word for word in _unknown_words(content, nodes, phrasings) if word in words)


def _unknown_words(content: str, nodes: Sequence[Node], phrasings: Phrasings) -> list[str]:
    """List the words that an English question is about which are neither of a name nor common, or nearly."""
    own = {
        found
        for node in nodes
        for text in (node.name, *node.aliases, node.definition, node.measure_unit)
        for found in stems(text)
    }
    known = own | phrasings.common_stems
    words = [word for word in content.split() if len(word) > _SHORTEST_WORD and word.isalpha() and word.isascii()]
    return [
        word
        for word in words
        if stem(word) not in known
        if len(word) < _SHORTEST_SLIP or not get_close_matches(word, phrasings.common_words, 1, _LIKE)
    ]


def without_units(masked: str, nodes: Sequence[Node], phrasings: Phrasings) -> str:
    """Blank out in a question the units of what some nodes measure that it asks for a number of."""

    def blank(asked: re.Match[str]) -> str:
        number = asked["number"] or ""
        return asked[0] if number.isdigit() else number.ljust(len(asked[0]))

    for measure_unit in {node.measure_unit for node in nodes if node.measure_unit}:
        masked = phrasings.in_unit(measure_unit).sub(blank, masked)
    return masked


def takes_for_observed(masked: str, phrasings: Phrasings) -> bool:
    """Whether it is asked if a number is what was observed: "is the 96 the rate"."""
    said = phrasings.is_observed.search(masked)
    return bool(said and phrasings.confirming.search(masked))


def asks_own_unit(masked: str, nodes: Sequence[Node], phrasings: Phrasings) -> bool:
    """Whether a question names what one of some indicators is measured in."""
    units = {node.measure_unit for node in nodes if node.measure_unit}
    is_ratio = "%" in units and bool(phrasings.asks_ratio.search(masked))
    return is_ratio or any(phrasings.in_unit(unit).search(masked) for unit in units)


def year_to_reach(masked: str, mentions: Sequence[Mention], phrasings: Phrasings) -> int:
    """Tell the year whose score is to be reached again, or may have been; 0 where none is."""
    found = phrasings.to_reach.search(masked)
    if not found and phrasings.came_back.search(masked):
        found = phrasings.came_back_to.search(masked)
    years = [mention.years for mention in mentions if mention.what == YEAR]
    place = masked.count(YEAR, 0, found.end()) - 1 if found else -1
    return years[place][-1] if 0 <= place < len(years) else 0


def sign(masked: str, positive: re.Pattern[str], negative: re.Pattern[str]) -> int:
    """Tell which of two opposites a question speaks of; a word inside a longer one of the other does not count."""
    return _says(masked, positive, negative) - _says(masked, negative, positive)


def _says(masked: str, words: re.Pattern[str], opposite: re.Pattern[str]) -> bool:
    longer = [match.span() for match in opposite.finditer(masked)]
    return any(
        not any(start <= match.start() and match.end() <= end and (start, end) != match.span() for start, end in longer)
        for match in words.finditer(masked)
    )


def aspects(masked: str, kind: str, phrasings: Phrasings) -> Iterator[str]:
    """Yield what a text is to speak of, advice too where it is to analyse problems; of help, what that is wanted on."""
    words_of = phrasings.help_on if kind == "help" else phrasings.aspects
    named = [name for name, words in words_of.items() if words.search(masked)]
    yield from dict.fromkeys([*named, "advice"] if kind == "draft" and {"problem", "cause"} <= set(named) else named)


def wanted_length(masked: str, kind: str, phrasings: Phrasings, *, is_new: bool) -> int:
    """Read how long a text is to be; 0 where that is left open. A new text that is to be short has a usual length."""
    if length := _LENGTH.search(masked):
        most = phrasings.at_most.search(masked)
        return round(int(length[1] or length[2]) * (_UNDER if most else 1))
    if hundreds := _HUNDREDS.search(masked):
        return 100 * int(hundreds[1].translate(DIGITS))
    return SHORT_DRAFT if is_new and kind == "draft" and phrasings.forms["shorter"].search(masked) else 0


def titled(text: str, phrasings: Phrasings) -> str:
    """Give what the title of a document is asked for, without the words that ask; empty where none is."""
    if not phrasings.asks_title.search(text):
        return ""
    return "".join(_HAN_RUN.findall(phrasings.asks_title.sub(" ", text)))


def number_said(said: re.Match[str] | None, phrasings: Phrasings) -> int:
    """Read a number that was matched in either language; 0 where none was."""
    if not said:
        return 0
    written = (said["zh"] or said["en"]).translate(DIGITS)
    return int(written) if written.isdigit() else phrasings.numbers[written]


def claimed_raw(masked: str, nodes: Sequence[Node], phrasings: Phrasings) -> Iterator[str]:
    """Yield the sizes put forward in the unit in which one of some indicators is observed."""
    if phrasings.confirming.search(masked) or phrasings.either.search(masked):
        for node in nodes:
            yield from amounts_in(phrasings.words_of_unit(node.measure_unit), masked)


def measured_by(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> Iterator[Node]:
    """Yield the nodes behind the word for a comparison, where others stand before it."""
    named = [mention for mention in mentions if mention.what == NODE and len(mention.nodes) == 1]
    than = next((found for found in phrasings.than.finditer(text) if named and found.start() >= named[0].end), None)
    yield from (mention.nodes[0] for mention in named if than and mention.start >= than.end())


def spans(years: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the spans of years that are named, where there are several."""
    ranges = [mention.years for mention in years if mention.is_range and len(mention.years) > 1]
    yield from ((span[0], span[-1]) for span in (ranges if len(ranges) > 1 else ()))
