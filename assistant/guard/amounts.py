"""Numbers in a text: each must equal a figure of the node, year, kind and whole that it is said to be of."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, YEAR, Evidence, Finding, blank, digits_of, round_as
from assistant.guard.places import Place, sentences
from assistant.guard.readings import ACTUAL, is_one_of
from assistant.guard.tables import NAME
from assistant.guard.units import units_after
from assistant.language.motion import DIRECTION

_HEADING = re.compile(r"[一二三四五六七八九十]、\s*\d{0,2}|[表图]\s*\d+|第\s*\d+\s*[条章节页段行篇编]")
_YEAR_ON_YEAR = re.compile("比上年|year on year", re.IGNORECASE)
# Behind a change in brackets: the end of a list of the years in which a course broke off, each from the year before.
_BROKE_OFF = re.compile(r"[^（）]*）(?:[、和]*\d{4}年（[^（）]*）)*(?:出现下降|有所上升)")
_RUN_BEHIND = re.compile(r"年连?[都均]?(?:保持|实现|出现)?")
_SPAN_BEHIND = re.compile(r"年[间来里中内]")
_YEARS_RUNNING = re.compile(r" (?:consecutive years|years (?:in a row|running))")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[、.．)）](?!\d)")
_LEADING_ZERO = re.compile(r"0\d")
_NUMBER_IN_WORDS = re.compile(
    r"[一二两三四五六七八九]升[一二两三四五六七八九]降|翻了?[一二两三四五六七八九十]*番|[^十]分之[一二三四五六七八九]|[一两数几]倍|[过近大超]半(?!年)|一半|腰斩"
    r"|\b(?:doubl|tripl|halv|quadrupl)(?:e[sd]?|ing)\b|\b(?:two|three|four|five|ten)fold\b|\btwice\b"
    r"|\b(?:a|one|two|three) (?:third|quarter|half|tenth|fifth)s?\b(?!-)|\bhalf of\b",
    re.IGNORECASE,
)
# Units that stand behind numbers in any text; one that the index does not use makes a number none of its figures.
_OTHER_UNIT = re.compile(
    r"\s?(?:[毫微千]?克|公斤|吨|[万亿]|[平立]方[千]?米|[千厘毫公]?米|公里|公顷|亩|[美欧日]?元|人(?!均)|户|座|家|天|小时|分钟|秒|分贝|℃|度(?!的)|成|倍|升(?![至到高])"
    r"|(?:kg|mg|g|km|m|cm|mm|t|dB|tons?|tonnes?|yuan|RMB|USD|dollars?|people|days|hours|million|billion|thousand|times|k)\b"
    r"|[µμ]g|‰)",
)
_COUNTER = re.compile(r"\s?(?:个(?!百分点)|项)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GLUED = re.compile(r"[A-Za-z]+\d+(?:\.\d+)?")
# A number that a quotation holds or a question names is no proof of what was measured, but may be supposed.
_MEASURED = re.compile(r"(?:观测值|得分|权重|贡献|observed value|scored?|weighs?)[^。，,；;]*$", re.IGNORECASE)
_SUPPOSED = re.compile(r"如果|若|假[设如]|要是|倘|目标|问题|\b(?:if|suppose|goal|target|question)\b", re.IGNORECASE)
_DENIED = re.compile(r"(?:不是|is not)\s*$")
# How far, at so many decimals, a number can be from what it shows.
_CLOSE = [0.51 / 10**decimals for decimals in range(16)]


def unproven_numbers(plain: str, evidence: Evidence) -> list[Finding]:
    """Find the numbers of a text, with a mark for each name, that equal no figure they could be."""
    findings = [Finding(match[0], "数字没有依据") for match in _NUMBER_IN_WORDS.finditer(plain)]
    figures = sorted(evidence.figures, key=_size)
    sizes = list(map(_size, figures))
    lines = [line for citation in evidence.citations for line in citation.quote.split("\n")]
    known = frozenset[tuple[str, str]]().union(*map(_numbers_of, lines))
    named = frozenset[tuple[str, str]]().union(*map(_numbers_of, (*evidence.texts, *evidence.asked)))
    longer = set(_of_several_years(figures))
    mentioned = {digits for digits, _ in named | known}
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    findings += [
        Finding(match[0], "数字没有依据")
        for match in _GLUED.finditer(NAME.sub(blank, plain))
        if not any(match[0] in text for text in evidence.verbatim)
    ]
    for told, context in sentences(plain):
        sentence = told[0]
        masked = _HEADING.sub(blank, YEAR.sub(blank, NAME.sub(blank, sentence)))
        unit_end = 0
        for match in NUMBER.finditer(masked):
            if match.start() < unit_end:
                continue  # the number is part of a unit, as in "231/10万"
            units = units_after(match, evidence.units)
            unit_end = _end_of_numbered_unit(match, evidence.units)
            low, high = _bounds(digits_of(match))
            near = figures[bisect_left(sizes, low) : bisect_right(sizes, high)]
            if not any(figure.magnitude == digits_of(match) for figure in near):
                is_quoted = _with_next(match) in known or _stands_in_row(match, sentence, rows)
                if is_quoted and not _MEASURED.search(sentence[: match.start()]):
                    continue
                is_supposed = _with_next(match) in named and _SUPPOSED.search(sentence)
                if is_supposed and not ACTUAL.search(sentence[: match.start()]):
                    continue
            equal = [figure for figure in near if _equals(match, units, figure)]
            if _COUNTER.match(sentence, match.end()):  # "个" may stand behind observed values as well
                counts = [figure for figure in near if figure.kind is Kind.COUNT and _equals(match, set(), figure)]
                equal = equal + counts if units else counts
            if _YEAR_ON_YEAR.search(sentence, 0, match.start()) or _BROKE_OFF.match(sentence, match.end()):
                equal = [figure for figure in equal if figure not in longer]
            if _DENIED.search(sentence[: match.start()]) and digits_of(match) in mentioned:
                continue
            if _is_run(sentence, match) or _is_span(sentence, match, evidence.figures):
                continue
            place = Place(sentence, match.start(), match.end(), context)
            is_other = not units and _OTHER_UNIT.match(masked, match.end())
            if is_other or not is_one_of(place, equal, evidence.tree, evidence.entities):
                findings.append(Finding(match[0].strip(), "数字没有依据"))
    return findings


def _of_several_years(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the changes that count from a year before the last one that the same counts from."""
    latest: dict[tuple[str, int | None, str], int] = {}
    moves = [(figure, figure.base_year) for figure in figures if figure.base_year is not None]
    for figure, base_year in moves:
        key = (figure.node_id, figure.year, figure.unit)
        latest[key] = max(base_year, latest.get(key, base_year))
    for figure, base_year in moves:
        if base_year < latest[figure.node_id, figure.year, figure.unit]:
            yield figure


def _is_run(sentence: str, number: re.Match[str]) -> bool:
    """Whether a number counts the years that something rose or fell in a row, which is held with the direction."""
    if behind := _RUN_BEHIND.match(sentence, number.end()):
        return bool(DIRECTION.match(sentence, behind.end()))
    return bool(_YEARS_RUNNING.match(sentence, number.end()) and DIRECTION.search(sentence, 0, number.start()))


def _is_span(sentence: str, number: re.Match[str], figures: Sequence[Figure]) -> bool:
    """Whether a number counts the years that the figures are of, or the steps between them."""
    if not _SPAN_BEHIND.match(sentence, number.end()):
        return False
    years = {year for figure in figures for year in (figure.year, figure.base_year) if year}
    length = max(years, default=0) - min(years, default=0)
    return length > 0 and digits_of(number) in {str(length), str(length + 1)}


def _size(figure: Figure) -> float:
    return abs(figure.value)


def _bounds(digits: str) -> tuple[float, float]:
    """Give between which values a figure lies that may show some written digits; others need no exact rounding."""
    off = _CLOSE[min(15, len(digits.partition(".")[2]))]
    return float(digits) - off, float(digits) + off


@lru_cache(4096)
def _numbers_of(line: str) -> frozenset[tuple[str, str]]:
    """List the numbers of a line that is no row of a table, without the one of its heading."""
    return frozenset() if "|" in line else frozenset(map(_with_next, NUMBER.finditer(_LIST_NUMBER.sub("", line))))


def _stands_in_row(number: re.Match[str], sentence: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a number stands in a quoted row of a table that a sentence names; rows of nodes are known as figures."""
    digits = digits_of(number)
    return any(digits in row and any(_LETTERS.search(cell) and cell in sentence for cell in row) for row in rows)


def _with_next(number: re.Match[str]) -> tuple[str, str]:
    """Give a number with the character behind it, so that 2021年 does not bear out 2021分."""
    behind = number.string[number.end() : number.end() + 2].lstrip(" ")[:1]
    return digits_of(number), behind if behind.isalpha() or behind == "%" else ""


def _end_of_numbered_unit(number: re.Match[str], units: Sequence[tuple[str, str]]) -> int:
    """Tell where a unit that holds digits itself ends behind a number; where the number does, without one."""
    written = number.string[number.end() :]
    start = number.end() + len(written) - len(written.lstrip(" "))
    numbered = (label for label in _numbered(tuple(units)) if number.string.startswith(label, start))
    return max((start + len(label) for label in numbered), default=number.end())


@lru_cache(64)
def _numbered(units: tuple[tuple[str, str], ...]) -> Sequence[str]:
    """Keep the ways to write a unit that hold digits."""
    return [label for label, _ in units if any(map(str.isdigit, label))]


def _equals(number: re.Match[str], units: set[str], figure: Figure) -> bool:
    """Whether a written number is a figure: same unit, same sign where one is written, same digits as written."""
    if units and figure.measure_unit not in units:
        return False
    digits = digits_of(number)
    if not units and len(digits.partition(".")[2]) > figure.decimals:
        return False
    if _LEADING_ZERO.match(digits):
        return False
    written, shown = Decimal(digits), round_as(figure, digits)
    sign = (number["sign"] or "").strip().replace("−", "-")
    if sign == "-":
        return shown == -written
    if sign == "+":
        return shown == written
    return abs(shown) == written
