"""Does every figure, direction and quotation in a text follow from the evidence? Pure: text in, findings out.

The text is read with everything taken out that is proven word for word (quotations, names); what is left is checked:

- a number must equal a figure, in the same unit, at the decimals written; or stand in a quotation or the question;
  or be structure (a year, a list number, a heading number);
- a claim of rise or fall must have the sign of the figure it speaks of;
- what stands between quotation marks and is long enough to be a quotation must stand in the evidence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Citation, Figure, Kind
from assistant.tables import NAME, spelled_out
from scoring import round_half_up


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text may rest on.

    Attributes
    ----------
    figures, citations
        What was computed and quoted.
    texts : tuple of str
        Other texts that may be repeated word for word: the question, definitions, names of sections and documents.
    names : tuple of (str, str)
        Every way to write a node, with its id.
    units : tuple of (str, str)
        Every way to write a unit of measure behind a number, with the unit as figures bear it.
    labels : tuple of str
        Names that hold digits and are no figures, as of units and levels.
    """

    figures: Sequence[Figure]
    citations: Sequence[Citation]
    texts: Sequence[str]
    names: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    labels: Sequence[str] = ()

    @property
    def verbatim(self) -> str:
        """All that is quoted and may be repeated."""
        return "\n".join([*(citation.quote for citation in self.citations), *self.texts])


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that does not follow: where it stands, and what is wrong with it."""

    claim: str
    reason: str


_MARKER = re.compile(r"\[\d{1,3}\]")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.、)]\s")
_QUOTED = re.compile(r"[“「『‘«\"]([^”」』’»\"]{5,})[”」』’»\"]")
_QUOTATION = re.compile(r"(?m)^>[ \t]*([^\s〔].{4,})$")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\.?\d)(?!\s*(?:分|%|points?|个百分点))")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s*[—–-]\s*(?P<last>(?:19|20)\d\d)(?!\d)")
_HEADING = re.compile(r"[一二三四五六七八九十]、\s*\d{0,2}|[表图]\s*\d+|第\s*\d+\s*[条章节页段行篇编]")
_NUMBER = re.compile(r"(?P<sign>[-+−]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)")
_LEADING_ZERO = re.compile(r"0\d")
_SENTENCE = re.compile(r"[^。！？；;\n]+")
_MULTIPLE = re.compile(r"\s*(?:[万亿倍成]|million|thousand|k\b)")
_NUMBER_IN_WORDS = re.compile(
    r"百分之[零一二三四五六七八九十百]+|[零一二三四五六七八九十百]{2,}(?:点[零一二三四五六七八九]+)?分(?![之别析类])|翻了?[一二三四五六七八九十]番"
)
_CLAUSE = re.compile(r"[^。！？；;，,：:\n|]+")
_ENGLISH_STOP = re.compile(r"\.(?=\s|$)")
_SENTENCE_END = re.compile(r"[。！？；;\n]")

_RISING = (
    r"上升|上涨|上扬|增长|增加|提高|提升|回升|升高|升至|拉高|推高|走高|好转|变好|向好|改善|涨了?"
    r"|rose|risen|rises?|rising|increas(?:e|es|ed|ing)|grew|grown|growing|gain(?:ed|s)?|improv(?:e|es|ed|ing)|raised"
    r"|climb(?:ed|s|ing)?|soar(?:ed|s|ing)?|surg(?:ed|es|ing)|strengthen(?:ed|s|ing)?|(?:was|is) higher"
    r"|(?:went|gone|goes|was|is) up|up(?=\s+(?:by\s+)?\d)"
)
_FALLING = (
    r"下降|下跌|下滑|滑落|降低|降至|降了|减少|回落|拉低|拖累|走低|恶化|变差|跌"
    r"|fell|fallen|falls?|falling|drop(?:ped|s|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lowered"
    r"|plung(?:ed|es|ing)|slip(?:ped|s)|worsen(?:ed|s|ing)?|weaken(?:ed|s|ing)?|(?:was|is) lower"
    r"|(?:went|gone|goes|was|is) down|down(?=\s+(?:by\s+)?\d)"
)
_DIRECTION = re.compile(
    rf"(?P<rise>(?<![a-z])(?:{_RISING})(?![a-z]))|(?P<fall>(?<![a-z])(?:{_FALLING})(?![a-z]))", re.IGNORECASE
)
# Said of a part that moves the whole: a contribution to the subject bears it out.
_PULLING = re.compile("拉高|推高|拉低|拖累|raised|lowered", re.IGNORECASE)
_DENIAL = re.compile(r"(?:没有|并未|未|不是|无|has not|not|neither|nor|n't)\s*$")
# "Not every year" denies nothing of the whole.
_NOT_ALWAYS = re.compile(r"(?:并非|不是|没有)逐年\s*$")
_IN_EVERY = re.compile(r"\s*in every")
_UNMOVED = re.compile(r"没有变化|did not (?:move|change)")
_LEVEL = re.compile(r"(?:到|至|为|达|to|at)\s*$")
_MOVING = {Kind.CHANGE, Kind.CONTRIBUTION}


def check(text: str, evidence: Evidence) -> list[Finding]:
    """Find every claim of a text that its evidence does not bear out.

    Parameters
    ----------
    text : str
        Markdown in Chinese or English.
    evidence : Evidence

    Returns
    -------
    list of Finding
        Empty when all is proven.
    """
    unproven = _without_quotations(text, evidence)
    findings = [
        Finding(match[0], "引文在证据中找不到")
        for pattern in (_QUOTED, _QUOTATION)
        for match in pattern.finditer(unproven)
        if not any(match[1].casefold() in source.casefold() for source in (*evidence.texts, *dict(evidence.names)))
    ]
    findings += [
        Finding(match[0], "没有这一条引文")
        for match in _MARKER.finditer(text)
        if int(match[0][1:-1]) not in {citation.marker for citation in evidence.citations}
    ]
    plain = spelled_out(_ENGLISH_STOP.sub("。", _without_names(unproven, evidence)))
    return [
        *findings,
        *_unproven_numbers(plain, evidence),
        *_unproven_years(plain, evidence),
        *_wrong_directions(plain, evidence),
    ]


def _without_quotations(text: str, evidence: Evidence) -> str:
    """Take out what is proven word for word, and the markup."""
    quotes = [citation.quote for citation in evidence.citations]
    lines = [line.strip() for quote in quotes for line in quote.split("\n")]
    sections = [path for citation in evidence.citations for path in (citation.section, citation.section.rstrip("。"))]
    documents = [citation.document for citation in evidence.citations]
    for proven in _longest_first([*quotes, *lines, *sections, *documents, *_long(evidence.texts)]):
        text = text.replace(proven, "〔〕")
    for label in _longest_first(evidence.labels):
        text = text.replace(label, "〔〕")
    return _LIST_NUMBER.sub("", _MARKER.sub("", text.replace("**", "")))


def _without_names(text: str, evidence: Evidence) -> str:
    """Put ⟦id⟧ for each node's name, so that claims know whom they speak of and digits in names are no figures."""
    ids = dict(evidence.names)
    if not ids:
        return text
    pattern = re.compile("|".join(map(re.escape, _longest_first(ids))))
    return pattern.sub(lambda name: f"⟦{ids[name[0]]}⟧", text)


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text}, key=len, reverse=True)


def _long(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if len(text) >= 8]


def _unproven_numbers(plain: str, evidence: Evidence) -> list[Finding]:
    findings = [Finding(match[0], "数字没有依据") for match in _NUMBER_IN_WORDS.finditer(plain)]
    known = {_with_next(match) for match in _NUMBER.finditer(evidence.verbatim)}
    for sentence in _SENTENCE.findall(plain):
        masked = _HEADING.sub(_blank, _YEAR.sub(_blank, NAME.sub(_blank, sentence)))
        for match in _NUMBER.finditer(masked):
            if _with_next(match) in known:
                continue
            figures = _spoken_of(sentence, match.start(), evidence.figures)
            units = _units_after(match, evidence.units)
            if (not units and _MULTIPLE.match(masked, match.end())) or not any(
                _equals(match, units, figure) for figure in figures
            ):
                findings.append(Finding(match[0].strip(), "数字没有依据"))
    return findings


def _unproven_years(plain: str, evidence: Evidence) -> list[Finding]:
    """Find years, and spans of years, of which there is no figure and that no text names."""
    texts = evidence.verbatim
    of_figures = _years_of(evidence.figures)
    years = of_figures | {int(year) for year in _ANY_YEAR.findall(texts)}
    spans = {(figure.base_year, figure.year) for figure in evidence.figures}
    spans |= {(min(of_figures), max(of_figures))} if of_figures else set()
    spans |= {(int(span["first"]), int(span["last"])) for span in _SPAN.finditer(texts)}
    unknown = [year for year in _YEAR.finditer(plain) if int(year[0]) not in years]
    unbacked = [span for span in _SPAN.finditer(plain) if (int(span["first"]), int(span["last"])) not in spans]
    return [Finding(match[0], "年份没有依据") for match in (*unknown, *unbacked)]


def _years_of(figures: Sequence[Figure]) -> set[int]:
    return {year for figure in figures for year in (figure.year, figure.base_year) if year is not None}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _spoken_of(sentence: str, at: int, figures: Sequence[Figure]) -> list[Figure]:
    """Keep the figures of the node named last before a number and of the years that its sentence names."""
    names = NAME.findall(sentence[:at])
    years = {int(year) for year in _YEAR.findall(sentence)}
    return [
        figure
        for figure in figures
        if (not names or names[-1] in (figure.node_id, figure.within))
        and (not years or figure.year is None or bool(years & {figure.year, figure.base_year}))
    ]


def _with_next(number: re.Match[str]) -> tuple[str, str]:
    """Give a number with the character behind it, so that 2021年 does not bear out 2021分."""
    behind = number.string[number.end() : number.end() + 1]
    return _digits(number), behind if behind.isalpha() or behind == "%" else ""


def _units_after(number: re.Match[str], units: Sequence[tuple[str, str]]) -> set[str]:
    """Tell what a written unit can stand for; nothing where none is written."""
    behind = number.string[number.end() :].lstrip(" ")
    labels = [label for label, _ in units if label and behind.startswith(label)]
    longest = max(labels, key=len, default="")
    return {unit for label, unit in units if label and label == longest}


def _equals(number: re.Match[str], units: set[str], figure: Figure) -> bool:
    """Whether a written number is a figure: same unit, same sign where one is written, same digits as written."""
    if units and figure.measure_unit not in units:
        return False
    digits = _digits(number)
    if _LEADING_ZERO.match(digits):
        return False
    written, shown = Decimal(digits), _shown(figure, digits)
    sign = (number["sign"] or "").strip().replace("−", "-")
    if sign == "-":
        return shown == -written
    if sign == "+":
        return shown == written
    return abs(shown) == written


def _wrong_directions(plain: str, evidence: Evidence) -> list[Finding]:
    findings: list[Finding] = []
    subject: str | None = None
    end = 0
    for clause in _CLAUSE.finditer(plain):
        if _SENTENCE_END.search(plain, end, clause.start()):
            subject = None
        end = clause.end()
        words = clause[0]
        if (still := _UNMOVED.search(words)) and not _all_unmoved(NAME.findall(words[: still.start()]), evidence):
            findings.append(Finding(words.strip(), "升降方向与数字不符"))
        for claim in _DIRECTION.finditer(NAME.sub(_blank, words)):
            before, behind = words[: claim.start()], words[claim.end() :]
            named = NAME.findall(before) or NAME.findall(words)
            who = named[-1] if named else subject
            if _NOT_ALWAYS.search(before) or _IN_EVERY.match(behind):
                continue
            if _DENIAL.search(before):
                proven = _is_denied(claim, who, evidence.figures)
            else:
                proven = _is_borne_out(claim, words, who, evidence.figures)
            if not proven:
                findings.append(Finding(words.strip(), "升降方向与数字不符"))
        if named := NAME.findall(words):
            subject = named[0]
    return findings


def _is_borne_out(claim: re.Match[str], words: str, subject: str | None, figures: Sequence[Figure]) -> bool:
    """Whether a figure moves the way a clause claims: the one whose size it gives, else one of its subject."""
    direction = 1 if claim["rise"] else -1
    moving = [figure for figure in figures if figure.kind in _MOVING]
    if signed := [number for number in _NUMBER.finditer(words, 0, claim.start()) if number["sign"]]:
        return all((number["sign"].strip() == "+") == (direction > 0) for number in signed)
    pulled = NAME.match(words, claim.end()) if _PULLING.fullmatch(claim[0]) else None
    if pulled and not any(f.direction == direction and f.within == pulled[1] for f in moving):
        return False
    number = _NUMBER.search(words, claim.end())
    if number and not _YEAR.fullmatch(number["digits"]) and not _LEVEL.search(words[: number.start()]):
        sized = [figure for figure in moving if _equals_size(number, figure)]
        own = [figure for figure in sized if subject in (None, figure.node_id, figure.within)]
        if sized:
            return any(figure.direction == direction for figure in own or sized)
    pulling = bool(_PULLING.fullmatch(claim[0]))
    return any(
        figure.direction == direction
        for figure in moving
        if subject in (None, figure.node_id) or (pulling and subject == figure.within)
    )


def _all_unmoved(node_ids: Sequence[str], evidence: Evidence) -> bool:
    unmoved = {figure.node_id for figure in evidence.figures if figure.kind in _MOVING and not figure.direction}
    return set(node_ids) <= unmoved


def _is_denied(claim: re.Match[str], subject: str | None, figures: Sequence[Figure]) -> bool:
    """Whether a change of the subject is known that does not move the way that is denied."""
    direction = 1 if claim["rise"] else -1
    changes = [f for f in figures if f.kind is Kind.CHANGE and subject in (None, f.node_id)]
    return any(change.direction != direction for change in changes)


def _equals_size(number: re.Match[str], figure: Figure) -> bool:
    digits = _digits(number)
    return abs(_shown(figure, digits)) == Decimal(digits)


def _digits(number: re.Match[str]) -> str:
    return number["digits"].replace(",", "")


def _shown(figure: Figure, digits: str) -> Decimal:
    """Round a figure to the decimals of some written digits."""
    return round_half_up(figure.value, len(digits.partition(".")[2]))
