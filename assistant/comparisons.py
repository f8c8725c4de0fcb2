"""Claims that one thing lies above or below another: the numbers given, or the gap between the two, decide."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, SENTENCE, YEAR, Evidence, Finding, blank, digits_of, shows
from assistant.tables import NAME

_RELATION = re.compile(
    r"(?P<not>不|not |no )?(?:(?P<above>高于|多于|超过|higher than|above)|(?P<below>低于|少于|不及|lower than|below))",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(?:得分|为|达|是|到|[（(]|score[ds]?|was|is|be|at)\s*$", re.IGNORECASE)
_MORE_IN = re.compile(
    r"(?P<way>more|less|higher|lower) in [^\d(]*\((?P<first>\d[\d.]*)[^()]*\) than in [^\d(]*\((?P<second>\d[\d.]*)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:(?P<above>高于|超过|达到|at least|above|over)|(?P<below>低于|不到|不足|below|under))\s?(?P<bound>\d[\d.]*)"
    r"[^：:。；;\d]*\d*[^：:。；;\d]*(?: in\s+)?[：:](?P<list>[^。；;\n]*)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[（(](\d[\d.]*)")
_NEAR = re.compile(r"[^，,、（(]{0,24}$")
_GAP = re.compile(r"比(?P<other>⟦[^⟧]*⟧)(?:的[^，,。；;]*?)?(?P<way>[高低])(?P<size>\d[\d.]*)")
_ENGLISH_GAP = re.compile(r"(?P<size>\d[\d.]*)[^\d，,。⟦]*(?P<way>above|below) (?P<other>⟦[^⟧]*⟧)", re.IGNORECASE)
_WAYS = {"高": 1, "低": -1, "above": 1, "below": -1, "more": 1, "less": -1, "higher": 1, "lower": -1}


def wrong_comparisons(plain: str, evidence: Evidence) -> list[Finding]:
    """Find what a text, with a mark for each name, puts above or below something that lies the other way."""
    gaps = [figure for figure in evidence.figures if figure.kind is Kind.DIFFERENCE]
    wrong = [claim for sentence in SENTENCE.findall(plain) for claim in (*_levels(sentence), *_gaps(sentence, gaps))]
    return [Finding(claim.strip(), "高低与数字不符") for claim in wrong]


def _bounds(sentence: str, masked: str) -> Iterator[str]:
    """Yield a list of what lies above or below a bound, one of which does not."""
    for claim in _BOUND.finditer(masked):
        bound, way = Decimal(claim["bound"].rstrip(".")), 1 if claim["above"] else -1
        listed = [Decimal(number.rstrip(".")) for number in _LISTED.findall(claim["list"])]
        if any((number - bound) * way < 0 for number in listed):
            yield sentence[claim.start() : claim.end()]


def _levels(sentence: str) -> Iterator[str]:
    """Yield a level said to lie above or below another one that does not."""
    masked = YEAR.sub(blank, NAME.sub(blank, sentence))
    for claim in _RELATION.finditer(masked):
        before = [n for n in NUMBER.finditer(masked, 0, claim.start()) if _LEVEL.search(masked[: n.start()])]
        other = NUMBER.search(masked, claim.end())
        if not before or not other or not _NEAR.match(masked[claim.end() : other.start()]):
            continue
        first, second = Decimal(digits_of(before[-1])), Decimal(digits_of(other))
        is_above = first > second if claim["above"] else first < second
        if is_above == bool(claim["not"]):
            yield sentence[before[-1].start() : other.end()]
    for claim in _MORE_IN.finditer(masked):
        if (Decimal(claim["first"]) - Decimal(claim["second"])) * _WAYS[claim["way"].lower()] <= 0:
            yield sentence[claim.start() : claim.end()]
    yield from _bounds(sentence, masked)


def _gaps(sentence: str, gaps: Sequence[Figure]) -> Iterator[str]:
    """Yield a node said to lie above or below another by a gap that has the other sign."""
    for pattern in (_GAP, _ENGLISH_GAP):
        for claim in pattern.finditer(sentence):
            sized = [gap for gap in gaps if shows(gap, claim["size"])]
            of_other = [gap for gap in sized if f"⟦{gap.within}⟧" == claim["other"]]
            if of_other and not any(gap.value * _WAYS[claim["way"].lower()] > 0 for gap in of_other):
                yield claim[0]
