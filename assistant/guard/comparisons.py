"""Claims that one thing lies above or below another: the numbers given, or the gap between the two, decide."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, SENTENCE, YEAR, Evidence, Finding, blank, digits_of, shows
from assistant.guard.places import years_of
from assistant.guard.tables import NAME

_COMPARING = re.compile(
    r"[高低多少过同平样等出及足到大小先后]"
    r"|higher|lower|above|below|more|less|over|under|at least|first|level|same|equal",
    re.IGNORECASE,
)
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
_NEAR = re.compile(r"[^，,、（(]{0,60}[（(]?$")
_GAP = re.compile(r"比(?P<other>⟦[^⟧]*⟧)(?:的[^，,。；;]*?)?(?P<way>[高低])(?P<size>\d[\d.]*)")
_GAP_BEHIND = re.compile(r"(?P<way>高出|高于|低于|领先于?|落后于?)(?P<other>⟦[^⟧]*⟧)\s?(?P<size>\d[\d.]*)")
_LEVEL_WITH = re.compile(
    r"⟦(?P<first>[^⟧]*)⟧(?:和|与|跟|同| and )⟦(?P<second>[^⟧]*)⟧[^，,。⟦\d]{0,12}"
    r"(?:相同|持平|一样|相等|level with|(?:scored|are|were) (?:the same|equal))"
)
_OF_YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d)年?[^，,。；;\d]{0,40}?(?P<way>高于|低于)(?P<second>(?:19|20)\d\d)年?(?!\d|[—–-])"
)
_THAN_YEAR = re.compile(
    r"比(?P<year>(?:19|20)\d\d)年[^，,。；;]{0,30}?(?P<way>[高低])[出了]?\s?(?P<size>\d[\d.]*)"
    r"|(?P<gap>\d[\d.]*)[^\d，,。⟦]*(?P<than>higher|lower|above|below) (?:than )?(?:in )?"
    r"(?P<since>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"⟦(?P<first>[^⟧]*)⟧(?:的?得分)?[^⟦⟧，,。；;\d]{0,6}(?P<not>不)?"
    r"(?P<way>高于|低于|higher than|lower than|above|below) ?(?:the )?"
    r"⟦(?P<second>[^⟧]*)⟧(?:的?得分)?(?!\s?\d|的|[^⟦⟧，,。；;\d]*(?:权重|变化|贡献|[升降]幅))",
    re.IGNORECASE,
)
_ENGLISH_GAP = re.compile(r"(?P<size>\d[\d.]*)[^\d，,。⟦]*(?P<way>above|below) (?P<other>⟦[^⟧]*⟧)", re.IGNORECASE)
_ORDERED = re.compile(
    r"(?:(?P<down>从[高大]到[低小]|(?:highest|largest) first)|从[低小]到[高大]|(?:lowest|smallest) first)"
    r"(?P<list>[^。；;]*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"第\s?\d+")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_WAYS = {
    "高": 1,
    "低": -1,
    "above": 1,
    "below": -1,
    "more": 1,
    "less": -1,
    "高出": 1,
    "高于": 1,
    "低于": -1,
    "领先": 1,
    "领先于": 1,
    "落后": -1,
    "落后于": -1,
    "higher": 1,
    "lower": -1,
}


def wrong_comparisons(plain: str, evidence: Evidence) -> list[Finding]:
    """Find what a text, with a mark for each name, puts above or below something that lies the other way."""
    gaps = [figure for figure in evidence.figures if figure.kind is Kind.DIFFERENCE]
    wrong = [
        claim
        for sentence in SENTENCE.findall(plain)
        if _COMPARING.search(sentence)
        for claim in (
            *_levels(sentence),
            *_gaps(sentence, gaps),
            *_unequal(sentence, gaps),
            *_years(sentence, evidence.figures),
            *_scores(sentence, evidence.figures),
            *_since(sentence, evidence.figures),
        )
    ]
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
    yield from _unordered(masked)


def _unordered(masked: str) -> Iterator[str]:
    """Yield a list said to stand in an order that its numbers do not have."""
    for claim in _ORDERED.finditer(masked):
        listed = [
            Decimal(f"{'-' if (n['sign'] or '').strip() in {'-', '−'} else ''}{digits_of(n)}")
            for n in _numbers_listed(claim["list"])
        ]
        if listed != sorted(listed, reverse=bool(claim["down"])):
            yield claim[0]


def _numbers_listed(words: str) -> list[re.Match[str]]:
    """List the numbers of a list: those before the brackets of its items, or in them where only they hold any."""
    words = _ORDINAL.sub(blank, words)
    outside = list(NUMBER.finditer(_BRACKETED.sub(blank, words)))
    return outside if len(outside) > 1 else list(NUMBER.finditer(words))


def _gaps(sentence: str, gaps: Sequence[Figure]) -> Iterator[str]:
    """Yield a node said to lie above or below another by a gap that has the other sign."""
    for pattern in (_GAP, _GAP_BEHIND, _ENGLISH_GAP):
        for claim in pattern.finditer(sentence):
            sized = [gap for gap in gaps if shows(gap, claim["size"])]
            apart = [
                sign * gap.value
                for gap in sized
                for sign, other in ((1, gap.within), (-1, gap.node_id))
                if f"⟦{other}⟧" == claim["other"]
            ]
            if apart and not any(value * _WAYS[claim["way"].lower()] > 0 for value in apart):
                yield claim[0]


def _unequal(sentence: str, gaps: Sequence[Figure]) -> Iterator[str]:
    """Yield two nodes said to be level that a gap sets apart."""
    for claim in _LEVEL_WITH.finditer(sentence):
        pair = {claim["first"], claim["second"]}
        if any(gap.direction for gap in gaps if {gap.node_id, gap.within} == pair):
            yield claim[0]


def _years(sentence: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a year in which a node is said to have stood above or below another year, and did not."""
    for claim in _OF_YEARS.finditer(sentence):
        node = next(reversed(NAME.findall(sentence[: claim.start("way")])), None)
        scores = {f.year: f.value for f in figures if f.kind is Kind.SCORE and f.node_id == node}
        first, second = scores.get(int(claim["first"])), scores.get(int(claim["second"]))
        if first is not None and second is not None and (first - second) * _WAYS[claim["way"]] <= 0:
            yield claim[0]


def _scores(sentence: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a node said without a number to score above or below another one, which no year named bears out."""
    years = years_of(sentence)
    scores = {(f.node_id, f.year): f.value for f in figures if f.kind is Kind.SCORE and (not years or f.year in years)}
    for claim in _BARE.finditer(sentence):
        gaps = [
            (score - scores[claim["second"], year]) * _WAYS[claim["way"].lower().split()[0]]
            for (node, year), score in scores.items()
            if node == claim["first"] and (claim["second"], year) in scores
        ]
        if not any((gap > 0) != bool(claim["not"]) for gap in gaps):
            yield claim[0]


def _since(sentence: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a node said to stand above or below what it had in a year, by as much as it moved the other way."""
    for claim in _THAN_YEAR.finditer(sentence):
        year, way = int(claim["year"] or claim["since"]), _WAYS[(claim["way"] or claim["than"]).lower()]
        sized = [f for f in figures if f.kind is Kind.CHANGE and f.base_year == year]
        sized = [f for f in sized if shows(f, (claim["size"] or claim["gap"]).rstrip("."))]
        node = next(reversed(NAME.findall(sentence[: claim.start()])), None)
        own = [f for f in sized if f.node_id == node] or sized
        if own and not any(f.direction == way for f in own):
            yield claim[0]
