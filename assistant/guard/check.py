"""Does every figure, direction and quotation in a text follow from the evidence? Pure: text in, findings out.

The text is read with everything taken out that is proven word for word (quotations, names); what is left is checked:

- a number must equal a figure, in the same unit, at the decimals written; or stand in a quotation or the question;
  or be structure (a year, a list number, a heading number);
- a claim of rise or fall must have the sign of the figure it speaks of;
- what stands between quotation marks and is long enough to be a quotation must stand in the evidence.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from assistant.answer import Figure, Kind
from assistant.evidence import SPAN, YEAR, Evidence, Finding
from assistant.guard.amounts import unproven_numbers
from assistant.guard.comparisons import wrong_comparisons
from assistant.guard.directions import wrong_directions
from assistant.guard.entities import entity_marks, wrong_entities
from assistant.guard.extremes import wrong_extremes
from assistant.guard.memberships import other_nodes, wrong_definitions, wrong_lists, wrong_relations
from assistant.guard.pace import wrong_paces
from assistant.guard.statements import altered_statements, without_markup, without_statements
from assistant.guard.tables import spelled_out
from assistant.guard.tallies import without_tallies, wrong_ordinals
from assistant.language.numerals import in_digits
from knowledge.documents import PATH_SEPARATOR

# A heading that is told by its number to be one.
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_MARKER = re.compile(r"\[\d{1,3}\]")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.、)]\s")
_QUOTED = re.compile(r"[“「『‘«\"]([^”」』’»\"]{5,})[”」』’»\"]")
_QUOTATION = re.compile(r"(?m)^>[ \t]*([^\s〔].{4,})$")
_COMPARED = re.compile(r"(?P<last>(?:19|20)\d\d)年(?:与|和|跟|比|较)(?P<first>(?:19|20)\d\d)年(?:相比|比)")
_TWICE = re.compile(
    r"(?<=[、和是有])((?:19|20)\d\d)年(的?[（(]?)[-+]?\d[^、，。；;\n]*?(?:[、和](?:19|20)\d\d年\2[-+]?\d[^、，。；;\n]*?)*[、和]\1年\2[-+]?\d"
)
_WITH_ITSELF = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?!(?:19|20)\d\d)[^。；;\n])*?[与和同跟比较](?P=year)年"
    r"|由(?P<from>(?:19|20)\d\d)年(?:(?!(?:19|20)\d\d)[^。；;\n])*?到(?P=from)年"
    r"|\bin (?P<in>(?:19|20)\d\d)(?:(?!(?:19|20)\d\d)[^。；;\n])*?(?:than|as|from) (?:in )?(?P=in)(?!\d)"
)
_YEARS = re.compile(
    r"(?:19|20)\d\d年?(?:(?:\s?[（(][^（）()]*[）)])?(?:、|和|与|以及|, (?:and )?| and | \| )(?:19|20)\d\d年?)+(?!\d)"
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ITEM = re.compile(r"(?m)^- ((?:[一二三四五六七八九十\d]+、|（[一二三四五六七八九十\d]+）|[①-⑳])[^\n]{4,}?)\s*$")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ENGLISH_STOP = re.compile(r"\.(?=\s|$)")


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
    unmarked = without_markup(text)
    worded = _without_quotations(without_statements(unmarked, evidence), evidence)
    unproven = _in_digits(_QUOTED.sub(lambda said: _proven(said, evidence), worded), evidence)
    unproven, evidence = _with_units_in_letters(unproven, evidence)
    unproven = _with_amounts_told(unproven, evidence)
    repeatable = (*evidence.texts, *evidence.asked, *dict(evidence.names))
    findings = [
        Finding(match[0], "引文在证据中找不到")
        for pattern in (_QUOTED, _QUOTATION, _ITEM)
        for match in pattern.finditer(unproven)
        if not any(match[1].casefold() in source.casefold() for source in repeatable)
    ]
    findings += [
        Finding(match[0], "没有这一条引文")
        for match in _MARKER.finditer(text)
        if int(match[0][1:-1]) not in {citation.marker for citation in evidence.citations}
    ]
    marks = _marks(tuple(evidence.names), tuple(evidence.units), tuple(evidence.entities))
    marked = _marker(marks)
    counted = spelled_out(_ENGLISH_STOP.sub("。", marked(unproven)))
    plain = without_tallies(counted, evidence)
    findings += [
        *altered_statements(worded, evidence),
        *wrong_definitions(marked(unmarked), evidence, marked),
        *unproven_numbers(plain, evidence),
        *_unproven_years(plain, unproven, evidence),
        *wrong_lists(plain, evidence),
        *wrong_relations(plain, evidence),
        *other_nodes(plain, evidence),
        *wrong_directions(plain, evidence),
        *wrong_extremes(counted, evidence),
        *wrong_comparisons(plain, evidence),
        *wrong_ordinals(plain, evidence),
        *wrong_paces(plain, evidence),
        *wrong_entities(plain, evidence),
    ]
    return [replace(finding, claim=_with_names(finding.claim, marks)) for finding in findings]


def _without_quotations(text: str, evidence: Evidence) -> str:
    """Take out what is proven word for word, and the markup."""
    quotes = [citation.quote for citation in evidence.citations]
    lines = [line.strip() for quote in quotes for line in quote.split("\n")]
    paths = [citation.section.split(PATH_SEPARATOR) for citation in evidence.citations]
    ends = [PATH_SEPARATOR.join(path[first:]) for path in paths for first in range(len(path) if len(path) > 2 else 1)]
    sections = [section for end in ends for section in (end, end.rstrip("。"))]
    headings = [heading for path in sections for heading in path.split(PATH_SEPARATOR) if _NUMBERED.match(heading)]
    documents = [citation.document for citation in evidence.citations]
    for proven in _longest_first([*quotes, *lines, *sections, *headings, *documents, *_long(evidence.texts)]):
        if proven in text:
            text = re.sub(_whole_numbers(proven), "〔〕", text)
    for label in _longest_first(set(evidence.labels).difference(dict(evidence.units), dict(evidence.names))):
        text = text.replace(label, "〔〕")
    return _LIST_NUMBER.sub("", text)


def _proven(said: re.Match[str], evidence: Evidence) -> str:
    """Take out a quotation that stands in a passage; leave any other, and a name."""
    is_quoted = said[1] not in dict(evidence.names) and any(said[1] in c.quote for c in evidence.citations)
    return "〔〕" if is_quoted else said[0]


def _in_digits(text: str, evidence: Evidence) -> str:
    """Write the numbers of a text in digits, but for those that are part of a name."""
    return _but_for_names(_with_numbers(tuple(name for name, _ in evidence.names)), in_digits, text)


def _but_for_names(names: Sequence[str], change: Callable[[str], str], text: str) -> str:
    """Change all of a text but some names."""
    parts = re.split(f"({_any_of(tuple(names)).pattern})", text) if names else [text]
    return "".join(part if part in names else change(part) for part in parts)


def _with_units_in_letters(text: str, evidence: Evidence) -> tuple[str, Evidence]:
    """Lower the digits in units of measure, so that they are no numbers: "t CO2" becomes "t CO₂"."""
    lowered = _lowered(tuple(unit for unit, _ in evidence.units))
    if not lowered:
        return text, evidence
    for unit, in_letters in lowered.items():
        if unit in text:
            measure = re.compile(rf"(?<=[\d ]){re.escape(unit)}(?![A-Za-z])")
            names = [name for name, _ in evidence.names if any(measured in name for measured in lowered)]
            text = _but_for_names(names, partial(measure.sub, in_letters), text)
    return text, replace(evidence, units=[(lowered.get(written, written), unit) for written, unit in evidence.units])


@lru_cache(64)
def _lowered(units: tuple[str, ...]) -> Mapping[str, str]:
    """Give each unit of measure that holds digits with these lowered, the longest first."""
    return {unit: unit.translate(_LOWERED) for unit in _longest_first(units) if any(map(str.isdigit, unit))}


def _with_amounts_told(text: str, evidence: Evidence) -> str:
    """Write an amount that looks like a year with a comma: "1980 visitors" becomes "1,980 visitors"."""
    units = tuple(unit for unit, _ in evidence.units if unit and not unit.startswith("年"))
    return _amount_like_a_year(units).sub(r"\1,\2", text)


@lru_cache(64)
def _marks(
    names: tuple[tuple[str, str], ...], units: tuple[tuple[str, str], ...], entities: tuple[str, ...]
) -> Mapping[str, str]:
    """Give each name of a node or unit a mark: claims know whom they speak of, and its digits are no figures.

    A unit of measure that holds a name stays as it is.
    """
    marks = {name: f"⟦{node_id}⟧" for name, node_id in names}
    measures = {written: written for written, _ in units if any(name in written for name in marks)}
    return measures | marks | entity_marks(entities)


def _with_names(text: str, marks: Mapping[str, str]) -> str:
    """Write the first of its names for each mark."""
    for name, mark in marks.items():
        text = text.replace(mark, name)
    return text


def _marker(marks: Mapping[str, str]) -> Callable[[str], str]:
    """Put the marks for the names."""
    pattern = _any_of(tuple(marks))
    return lambda text: pattern.sub(lambda name: marks[name[0]], text)


@lru_cache(64)
def _with_numbers(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the names that hold a number in words: "五分钟到场率"."""
    return tuple(name for name in names if in_digits(name) != name)


@lru_cache(64)
def _amount_like_a_year(units: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a pattern for what looks like a year and stands before a unit of measure."""
    written = "|".join(map(_whole_words, _longest_first(units)))
    return re.compile(rf"(?<![\d.])([12])([09]\d\d)(?=\s?(?:{written}))")


@lru_cache(64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a pattern for the longest of some names; without any, one that never matches."""
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    return re.compile(f"(?=[{first}])(?:{'|'.join(map(_whole_words, _longest_first(names)))})" if names else "(?!)")


def _whole_words(name: str) -> str:
    """Write a name as a pattern; a Latin one is no part of a longer word."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)


def _whole_numbers(text: str) -> str:
    """Write a text as a pattern; a number at either end of it is no part of a longer one."""
    begins, ends = (text[end].isdigit() for end in (0, -1))
    return (r"(?<![\d.])" if begins else "") + re.escape(text) + (r"(?!\.?\d)" if ends else "")


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text}, key=len, reverse=True)


def _long(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if len(text) >= 8]


def _unproven_years(plain: str, worded: str, evidence: Evidence) -> list[Finding]:
    """Find years and spans of which there is no figure and that no text names, and lists that hold a year twice."""
    said = [_years_said(text) for text in evidence.verbatim]
    of_figures = _years_of(evidence.figures)
    years = of_figures.union(*(years for years, _ in said))
    steps = {(figure.base_year, figure.year) for figure in evidence.figures}
    spans = {*steps, *_chains(evidence.figures)}
    spans |= {(min(of_figures), max(of_figures))} if of_figures else set()
    spans = spans.union(*(spans for _, spans in said))
    unknown = [year for year in YEAR.finditer(plain) if int(year[0]) not in years]
    unbacked = [span for span in SPAN.finditer(plain) if (int(span["first"]), int(span["last"])) not in spans]
    unbacked += [pair for pair in _COMPARED.finditer(plain) if (int(pair["first"]), int(pair["last"])) not in steps]
    repeated = [repeat for pattern in (_TWICE, _WITH_ITSELF) for repeat in pattern.finditer(plain)]
    repeated += [run for run in _YEARS.finditer(worded) if _holds_one_twice(run[0])]
    return [Finding(match[0], "年份没有依据") for match in (*unknown, *unbacked, *repeated)]


@lru_cache(4096)
def _years_said(text: str) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """List the years that a text names, and the spans of years."""
    spans = ((int(span["first"]), int(span["last"])) for span in SPAN.finditer(text))
    return frozenset(map(int, _ANY_YEAR.findall(text))), frozenset(spans)


def _chains(figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Yield the spans of years all steps of which are known of one node."""
    steps = {
        (f.node_id, f.unit, f.year) for f in figures if f.kind is Kind.CHANGE and f.year and f.base_year == f.year - 1
    }
    for node, unit, first in steps:
        last = first
        while (node, unit, last) in steps:
            yield first - 1, last
            last += 1


def _holds_one_twice(listed: str) -> bool:
    """Whether a list of years, with what is said of each in brackets, names one of them twice."""
    years = _ANY_YEAR.findall(_IN_BRACKETS.sub("", listed))
    return len(set(years)) < len(years)


def _years_of(figures: Sequence[Figure]) -> set[int]:
    return {year for figure in figures for year in (figure.year, figure.base_year) if year is not None}
