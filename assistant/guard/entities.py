"""Scored units in a text: whose figure a number is, and which of two units lies above the other."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, SENTENCE, YEAR, Evidence, Finding, blank, digits_of, shows
from assistant.guard.places import Place
from assistant.guard.tables import ENTITY, NAME

_FIRST_MARK = 0xE000
_AGAINST = re.compile(r"(?:比|高于|低于|领先于?|落后于?|than |above |below |behind |ahead of )$")
# A number of the unit that a first one is set against follows at once.
_ITS_NUMBER = re.compile(r"(?:的[^，,\d]{0,8}|的?得分为?|\s?[（(]|\s?(?:at|with|scored) |['’]s )?\s?\d")
_BEHIND = re.compile(r"[^\d，,。；;、（()\ue000-\uf8ff]{0,24}? (?:in|for|of) (?P<entity>[\ue000-\uf8ff])")
_ABOVE_OR_BELOW = re.compile(r"[^\d，,。；;\ue000-\uf8ff]{0,12}? (?:above|below|ahead of|behind) [\ue000-\uf8ff]")
_RELATION = re.compile(
    r"(?P<first>[\ue000-\uf8ff])(?P<between>[^\ue000-\uf8ff。；;]{0,60}?)"
    r"(?:(?P<above>高于|超过|领先于?|强于|优于|higher than|above|ahead of|better than)"
    r"|(?P<below>低于|不及|不如|落后于?|弱于|lower than|below|behind|worse than)"
    r"|比(?=[\ue000-\uf8ff](?:的[^，,。；;]*?)?(?:(?P<higher>[高强多好])|(?P<lower>[低弱少差]))))"
    r"\s?(?P<second>[\ue000-\uf8ff])",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:不|没有|并未|not|n't|never)\s?$|^(?:没有|并不|并未| is not| does not)")
_SIGNED = re.compile(r"[（(](?P<sign>[-+])\d")
_SPREAD = re.compile(
    r"差距[^，,。；;\d]{0,8}?(?:(?P<wide>扩大|拉大)|(?P<narrow>缩小|收窄))"
    r"|gap\b[^,.。；;]*?(?:(?P<widened>widen(?:ed|s|ing)?|grew|grown)|(?P<narrowed>narrow(?:ed|s|ing)?|shrank|shrunk|closed))",
    re.IGNORECASE,
)
_TWICE = re.compile(r"([\ue000-\uf8ff])(?:与|和|、|同|跟|比|高于|低于|, | and | or )\1")
_LABEL = re.compile(r"(?m)^\s*([\ue000-\uf8ff])\s?[：:]\s*$")
_OF_GAPS = {Kind.DIFFERENCE, Kind.CONTRIBUTION}


def entity_marks(entities: Sequence[str]) -> dict[str, str]:
    """Give each scored unit a character that stands for it in a text, so that digits in its name are no figures."""
    return {entity: chr(_FIRST_MARK + place) for place, entity in enumerate(entities)}


def is_of_entity(figure: Figure, place: Place, entities: Sequence[str]) -> bool:
    """Whether a figure is of the scored unit that is spoken of where a number stands, or of the two set apart there."""
    if not figure.unit or not entities:
        return True
    marks = entity_marks(entities)
    spoken_of = ENTITY.findall(place.sentence)
    is_gap = bool(figure.other_unit) and figure.kind is not Kind.CONTRIBUTION
    if not is_gap and _ABOVE_OR_BELOW.match(place.sentence, place.end):
        return False  # so far two units are apart, and nothing else
    if figure.other_unit:
        if place.is_cell and len(set(spoken_of)) == 1:
            return False  # under the name of one unit stands what it has, not how far two are apart
        latest = [*place.context.entities, *spoken_of]
        last = set(list(dict.fromkeys(reversed(latest)))[:2])
        pair = {marks[figure.unit], marks[figure.other_unit]}
        return pair <= set(spoken_of) if len(set(spoken_of)) > 1 else last <= pair
    if behind := _BEHIND.match(place.sentence, place.end):
        return behind["entity"] == marks[figure.unit]
    before = [found[0] for found in ENTITY.finditer(place.before) if not _is_only_compared(found, place.before)]
    meant = before[-1:] or spoken_of[:1] or place.context.entities
    return not meant or marks[figure.unit] in meant


def wrong_entities(plain: str, evidence: Evidence) -> list[Finding]:
    """Find what a text says of two scored units that their figures do not bear out."""
    if not evidence.entities:
        return []
    names = {mark: entity for entity, mark in entity_marks(evidence.entities).items()}
    wrong = [
        claim
        for sentence in SENTENCE.findall(plain)
        if ENTITY.search(sentence)
        for claim in (
            *(found[0] for found in _TWICE.finditer(sentence)),
            *_relations(sentence, names, evidence.figures),
            *_spreads(sentence, evidence.figures),
        )
    ]
    findings = [Finding(claim.strip(), "高低与数字不符") for claim in wrong]
    return findings + [Finding(unit, "证据中没有这个评价单位") for unit in _unknown(plain, names, evidence)]


def _is_only_compared(found: re.Match[str], before: str) -> bool:
    """Whether a unit is only what another is set against, and what follows is not of it."""
    is_against = _AGAINST.search(before[: found.start()])
    return bool(is_against) and found.end() < len(before) and not _ITS_NUMBER.match(before + "0", found.end())


def _relations(sentence: str, names: dict[str, str], figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a unit said to lie above or below another one that does not, in the node and year that is named."""
    nodes, years = set(NAME.findall(sentence)), set(map(int, YEAR.findall(sentence)))
    for claim in _RELATION.finditer(sentence):
        way = 1 if claim["above"] or claim["higher"] else -1
        if _DENIED.search(claim["between"]) or "没有" in sentence[: claim.start()][-4:]:
            way = -way
        pair = (names[claim["first"]], names[claim["second"]])
        signs = {found["sign"] for found in _SIGNED.finditer(sentence, claim.end())}
        if signs and signs != {"+" if way > 0 else "-"}:
            yield sentence
            continue
        gaps = _gaps(pair, [f for f in figures if not years or f.year in years])
        own = [gap for node, gap in gaps if not nodes or node in nodes]
        if not any(gap * way > 0 for gap in own):
            yield sentence


def _gaps(pair: tuple[str, str], figures: Sequence[Figure]) -> list[tuple[str, float]]:
    """List how far the first of two units lies above the second, in each node for which figures tell."""
    first, second = ({(f.node_id, f.year, f.kind): f for f in figures if f.unit == unit} for unit in pair)
    apart = [
        (f.node_id, f.value if (f.unit, f.other_unit) == pair else -f.value)
        for f in figures
        if f.kind in _OF_GAPS and f.other_unit and f.base_year is None and {f.unit, f.other_unit} == set(pair)
    ]
    return apart + [
        (key[0], figure.value - second[key].value)
        for key, figure in first.items()
        if key in second and figure.kind is Kind.SCORE
    ]


def _spreads(sentence: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a gap said to have grown or shrunk that went the other way."""
    over_time = [f for f in figures if f.other_unit and f.base_year is not None]
    for claim in _SPREAD.finditer(sentence):
        way = 1 if claim["wide"] or claim["widened"] else -1
        size = NUMBER.search(YEAR.sub(blank, NAME.sub(blank, sentence)), claim.end())
        meant = [f for f in over_time if size is None or shows(f, digits_of(size))]
        if not any(figure.value * way > 0 for figure in meant):
            yield sentence


def _unknown(plain: str, names: dict[str, str], evidence: Evidence) -> Iterator[str]:
    """Yield the units of which nothing was computed, where they head an answer or nobody asked about them."""
    known = {unit for figure in evidence.figures for unit in (figure.unit, figure.other_unit) if unit}
    heading = set(_LABEL.findall(plain)) if known else set[str]()
    for mark in dict.fromkeys(ENTITY.findall(plain)):
        said = any(names[mark] in text for text in evidence.verbatim)
        if names[mark] not in known and (mark in heading or not said):
            yield names[mark]
