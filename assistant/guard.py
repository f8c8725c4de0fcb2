"""Does every figure, direction and quotation in a text follow from the evidence? Pure: text in, findings out.

The text is read with everything taken out that is proven word for word (quotations, names); what is left is checked:

- a number must equal a figure, in the same unit, at the decimals written; or stand in a quotation or the question;
  or be structure (a year, a list number, a heading number);
- a claim of rise or fall must have the sign of the figure it speaks of;
- what stands between quotation marks and is long enough to be a quotation must stand in the evidence.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.answer import Figure, Kind
from assistant.directions import wrong_directions
from assistant.evidence import NUMBER, YEAR, Evidence, Finding, blank, digits_of, round_as
from assistant.tables import NAME, spelled_out

_MARKER = re.compile(r"\[\d{1,3}\]")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.、)]\s")
_QUOTED = re.compile(r"[“「『‘«\"]([^”」』’»\"]{5,})[”」』’»\"]")
_QUOTATION = re.compile(r"(?m)^>[ \t]*([^\s〔].{4,})$")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s*[—–-]\s*(?P<last>(?:19|20)\d\d)(?!\d)")
_HEADING = re.compile(r"[一二三四五六七八九十]、\s*\d{0,2}|[表图]\s*\d+|第\s*\d+\s*[条章节页段行篇编]")
_LEADING_ZERO = re.compile(r"0\d")
_SENTENCE = re.compile(r"[^。！？；;\n]+")
_MULTIPLE = re.compile(r"\s*(?:[万亿倍成]|million|thousand|k\b)")
_NUMBER_IN_WORDS = re.compile(
    r"百分之[零一二三四五六七八九十百]+|[零一二三四五六七八九十百]{2,}(?:点[零一二三四五六七八九]+)?分(?![之别析类])|翻了?[一二三四五六七八九十]番"
)
_ENGLISH_STOP = re.compile(r"\.(?=\s|$)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A number in brackets right behind a name is of that node, not of a part of it.
_IN_BRACKETS = re.compile(r"⟧\s?[（(][^（）()⟦⟧]{0,3}$")
_COUNTED = re.compile(r"(?<![\d.])(?P<number>\d{1,3})(?![\d.])[^\d：:。；;\n]*[：:](?P<list>[^。；;\n]*)")


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
        *_wrong_lists(plain, evidence),
        *_other_nodes(plain, evidence),
        *wrong_directions(plain, evidence),
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
    pattern = re.compile("|".join(map(_whole_words, _longest_first(ids))))
    return pattern.sub(lambda name: f"⟦{ids[name[0]]}⟧", text)


def _whole_words(name: str) -> str:
    """Write a name as a pattern; a Latin one is no part of a longer word."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text}, key=len, reverse=True)


def _long(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if len(text) >= 8]


def _unproven_numbers(plain: str, evidence: Evidence) -> list[Finding]:
    findings = [Finding(match[0], "数字没有依据") for match in _NUMBER_IN_WORDS.finditer(plain)]
    known = {_with_next(match) for match in NUMBER.finditer(evidence.verbatim)}
    for sentence in _SENTENCE.findall(plain):
        masked = _HEADING.sub(blank, YEAR.sub(blank, NAME.sub(blank, sentence)))
        for match in NUMBER.finditer(masked):
            figures = _spoken_of(sentence, match.start(), evidence.figures)
            units = _units_after(match, evidence.units)
            if _with_next(match) in known and not any(_equals(match, units, figure) for figure in evidence.figures):
                continue
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
    unknown = [year for year in YEAR.finditer(plain) if int(year[0]) not in years]
    unbacked = [span for span in _SPAN.finditer(plain) if (int(span["first"]), int(span["last"])) not in spans]
    return [Finding(match[0], "年份没有依据") for match in (*unknown, *unbacked)]


def _wrong_lists(plain: str, evidence: Evidence) -> list[Finding]:
    """Find lists of nodes behind their number that hold another node than those that were counted."""
    counts = [figure for figure in evidence.figures if figure.kind is Kind.COUNT]
    names: dict[str, list[str]] = {}
    for name, node_id in evidence.names:
        names.setdefault(node_id, []).append(name)
    findings: list[Finding] = []
    for counted in _COUNTED.finditer(plain):
        listed = NAME.findall(counted["list"])
        number = int(counted["number"])
        of_number = [figure for figure in counts if figure.value == number]
        if len(listed) != number or not of_number:
            continue
        known = [
            sum(any(name in figure.formula for name in names.get(node, ())) for node in listed) for figure in of_number
        ]
        if 0 < max(known) < number or len(set(listed)) < number:
            findings.append(Finding(counted[0].strip(), "列出的与统计的不符"))
    return findings


def _other_nodes(plain: str, evidence: Evidence) -> list[Finding]:
    """Find nodes that the answer has no reason to speak of."""
    if not evidence.named:
        return []
    known = {*evidence.named, *(figure.node_id for figure in evidence.figures), *(f.within for f in evidence.figures)}
    return [Finding(name[0], "证据中没有这个指标") for name in NAME.finditer(plain) if name[1] not in known]


def _years_of(figures: Sequence[Figure]) -> set[int]:
    return {year for figure in figures for year in (figure.year, figure.base_year) if year is not None}


def _spoken_of(sentence: str, at: int, figures: Sequence[Figure]) -> list[Figure]:
    """Keep the figures of the node named last before a number and of the years that are meant there."""
    before = sentence[:at]
    names = NAME.findall(before)
    own = _IN_BRACKETS.search(before) is not None
    years = _years_meant(sentence, before)
    return [
        figure
        for figure in figures
        if (not names or names[-1] == figure.node_id or (not own and _is_part_of(figure, names)))
        and (not years or figure.year is None or bool(years & {figure.year, figure.base_year}))
    ]


def _years_meant(sentence: str, before: str) -> set[int]:
    """Give the year named last in the clause of a number; without one, or in English, all that the sentence names."""
    clause = re.split("[，,；;]", before)[-1]
    nearest = YEAR.findall(clause)[-1:] if _HAN.search(sentence) else []
    return {int(year) for year in nearest or YEAR.findall(sentence)}


def _is_part_of(figure: Figure, names: Sequence[str]) -> bool:
    """Whether a figure is of a part of the node named last; of a weight, the part must be named as well."""
    return names[-1] == figure.within and (figure.kind is not Kind.WEIGHT or figure.node_id in names)


def _with_next(number: re.Match[str]) -> tuple[str, str]:
    """Give a number with the character behind it, so that 2021年 does not bear out 2021分."""
    behind = number.string[number.end() : number.end() + 1]
    return digits_of(number), behind if behind.isalpha() or behind == "%" else ""


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
    digits = digits_of(number)
    if _LEADING_ZERO.match(digits):
        return False
    written, shown = Decimal(digits), round_as(figure, digits)
    sign = (number["sign"] or "").strip().replace("−", "-")
    if sign == "-":
        return shown == -written
    if sign == "+":
        return shown == written
    return abs(shown) == written
