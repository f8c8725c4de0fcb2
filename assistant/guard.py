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
    """

    figures: Sequence[Figure]
    citations: Sequence[Citation]
    texts: Sequence[str]
    names: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that does not follow: where it stands, and what is wrong with it."""

    claim: str
    reason: str


_MARKER = re.compile(r"\[\d{1,3}\]")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.、)]\s")
_RULE = re.compile(r"(?m)^\|[\s:|-]+\|$")
_QUOTED = re.compile(r"[“「\"]([^”」\"]{8,})[”」\"]")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\.?\d)(?!\s*(?:分|%|points?|个百分点))")
_HEADING = re.compile(r"[一二三四五六七八九十]、\s*\d{0,2}|[表图第]\s*\d+")
_NUMBER = re.compile(r"(?P<sign>[-+−]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)")
_LEADING_ZERO = re.compile(r"0\d")
_CLAUSE = re.compile(r"[^。！？；;，,：:\n|]+")
_ENGLISH_STOP = re.compile(r"\.(?=\s|$)")
_SENTENCE_END = re.compile(r"[。！？；;\n]")

_RISING = (
    r"上升|上涨|增长|增加|提高|回升|升高|拉高|推高|好转|改善|rose|risen|rises?|increased?|grew|gained|improved|raised"
    r"|(?:went|gone|goes) up|up(?=\s+(?:by\s+)?\d)"
)
_FALLING = (
    r"下降|下跌|下滑|降低|减少|回落|拉低|拖累|恶化|变差|fell|fallen|falls?|dropped|declined?|decreased?|lowered"
    r"|(?:went|gone|goes) down|down(?=\s+(?:by\s+)?\d)"
)
_DIRECTION = re.compile(
    rf"(?P<rise>(?<![a-z])(?:{_RISING})(?![a-z]))|(?P<fall>(?<![a-z])(?:{_FALLING})(?![a-z]))", re.IGNORECASE
)
# Said of a part that moves the whole: a contribution to the subject bears it out.
_PULLING = re.compile("拉高|推高|拉低|拖累|raised|lowered", re.IGNORECASE)
_DENIAL = re.compile(
    r"(?:没有|并未|未|不是|并非|既没有|也没有|无|not|neither|nor|no longer|n't)\s*(?:逐年|every year|出现)?\s*$"
)
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
        for match in _QUOTED.finditer(unproven)
        if not any(match[1] in source for source in (*evidence.texts, *dict(evidence.names)))
    ]
    plain = _ENGLISH_STOP.sub("。", _without_names(unproven, evidence))
    return [*findings, *_unproven_numbers(plain, evidence), *_wrong_directions(plain, evidence)]


def _without_quotations(text: str, evidence: Evidence) -> str:
    """Take out what is proven word for word, and the markup."""
    quotes = [citation.quote for citation in evidence.citations]
    lines = [line.strip() for quote in quotes for line in quote.split("\n")]
    sections = [path for citation in evidence.citations for path in (citation.section, citation.section.rstrip("。"))]
    documents = [citation.document for citation in evidence.citations]
    for proven in _longest_first([*quotes, *lines, *sections, *documents, *_long(evidence.texts)]):
        text = text.replace(proven, "〔〕")
    return _LIST_NUMBER.sub("", _RULE.sub("", _MARKER.sub("", text.replace("**", ""))))


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
    text = re.sub(r"⟦[^⟧]*⟧", "⟦⟧", plain)
    text = _HEADING.sub("", _YEAR.sub("", text))
    quoted = "\n".join([*(citation.quote for citation in evidence.citations), *evidence.texts])
    known = {_with_next(match) for match in _NUMBER.finditer(quoted)}
    return [
        Finding(match[0].strip(), "数字没有依据")
        for match in _NUMBER.finditer(text)
        if _with_next(match) not in known
        and not any(_equals(match, _units_after(match, evidence.units), figure) for figure in evidence.figures)
    ]


def _with_next(number: re.Match[str]) -> tuple[str, str]:
    """Give a number with the character behind it, so that 2021年 does not bear out 2021分."""
    behind = number.string[number.end() : number.end() + 1]
    return number["digits"].replace(",", ""), behind if behind.isalpha() or behind == "%" else ""


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
    digits = number["digits"].replace(",", "")
    if _LEADING_ZERO.match(digits):
        return False
    written = Decimal(digits)
    shown = round_half_up(figure.value, len(digits.partition(".")[2]))
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
        for claim in _DIRECTION.finditer(words):
            named = re.findall(r"⟦([^⟧]*)⟧", words[: claim.start()]) or re.findall(r"⟦([^⟧]*)⟧", words)
            who = named[-1] if named else subject
            if not _DENIAL.search(words[: claim.start()]) and not _is_borne_out(claim, words, who, evidence.figures):
                findings.append(Finding(words.strip(), "升降方向与数字不符"))
        if named := re.findall(r"⟦([^⟧]*)⟧", words):
            subject = named[0]
    return findings


def _is_borne_out(claim: re.Match[str], words: str, subject: str | None, figures: Sequence[Figure]) -> bool:
    """Whether a figure moves the way a clause claims: the one whose size it gives, else one of its subject."""
    direction = 1 if claim["rise"] else -1
    moving = [figure for figure in figures if figure.kind in _MOVING]
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


def _equals_size(number: re.Match[str], figure: Figure) -> bool:
    digits = number["digits"].replace(",", "")
    return abs(round_half_up(figure.value, len(digits.partition(".")[2]))) == Decimal(digits)
