"""Years that a question names: as numbers, as spans, by a name of their own, or counted back from the latest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.numerals import years_in_digits
from assistant.language.patterns import word
from assistant.language.phrasings import Phrasings

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_BETWEEN = r"\s*(?:-|–|—|~|～|->|→|⇒|到|至|to|and|与|和|、|,|，)\s*"
_COUNT = r"[两二三四五六七八九\d]"
# Two digits are a year before the word for years, also in a list or span that ends in it ("18、19、20这三年"), and
# behind an apostrophe ("in '19").
_SHORT_YEAR = rf"\d\d(?=(?:{_BETWEEN}\d\d)*(?:这?{_COUNT})?年)|(?<=\s['’])\d\d(?!\d)"
_FULL_YEAR = r"(?:(?:19|20)\d{2}|[12]\d{3}(?=\s*年))(?!\.?\d)"
_YEAR = re.compile(
    rf"(?<![\d.-])(?P<first>{_FULL_YEAR}|{_SHORT_YEAR})\s*年?度?"
    rf"(?:{_BETWEEN}(?P<last>{_FULL_YEAR}|{_SHORT_YEAR})\s*年?度?)?\s*"
)
# How many the years just named are.
_THESE = re.compile(rf"(?:这?{_COUNT}|这几)年(?!前)")
_RANGE = re.compile(r"[-–—~～→⇒到至]|to")
_MISTYPED_YEAR = re.compile(r"2[0o][0-9oil]{2}(?![0-9a-z])")
_LIKE_DIGITS = str.maketrans("oil", "011")
_FORMAL_DIGITS = str.maketrans("零壹贰貳叁参肆伍陆陸柒捌玖", "0122334566789")
_FORMAL_YEAR = re.compile("[零壹贰貳叁参肆伍陆陸柒捌玖]{4}(?=年)")
_CHINESE_YEAR = re.compile(
    r"(?<!\d)(?:[2二][0〇零]|[1一][9九])[\d〇零一二三四五六七八九]{2}(?![\d〇零一二三四五六七八九十百千万])"
    r"|(?<![〇零一二三四五六七八九十唯某每同哪])(?!一二|二三)[〇零一二][〇零一二三四五六七八九](?=年)"
)
_RECENT = re.compile(
    rf"(?:最近|近|过去)\s*(?P<count>{_COUNT})\s*年|这?(?P<all>{_COUNT})\s*年(?:里|中)"
    rf"|(?P<steps>{_COUNT})\s*年(?:之?间|下来|以?来)|这(?P<these>{_COUNT})\s*年"
    rf"|(?<![第\d一二三四五六七八九十])(?P<whole>{_COUNT})\s*年(?![前后度级制第])"
)
_OPENING = re.compile(rf"(?:头|前|最初|起初|开头|最开始|the first )\s*(?P<count>{_COUNT})\s*(?:年(?!度)|years\b)")
_CLOSING = re.compile(
    rf"(?<![今以前之往此先])(?:后|末|最后|the last )\s*(?P<count>{_COUNT})\s*(?:年(?![前后度])|years\b)"
)
_AGO = re.compile(rf"(?<![第\d])(?P<count>{_COUNT})\s*年(?:以|之)?前")
_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of a question that names years; `is_reckoned` where only the data tell which."""

    start: int
    end: int
    years: tuple[int, ...]
    is_range: bool = False
    is_reckoned: bool = False


def with_digits(text: str) -> str:
    """Write years in digits that are written with letters, Chinese numerals or English words."""
    text = years_in_digits(text)
    text = _FORMAL_YEAR.sub(lambda year: year[0].translate(_FORMAL_DIGITS), text)
    text = _MISTYPED_YEAR.sub(lambda year: year[0].translate(_LIKE_DIGITS), text)
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)


class Dates:
    """Finds the years that a question about some data names."""

    def __init__(self, years: Sequence[int], phrasings: Phrasings, base_year: int | None = None):
        self._years = tuple(years)
        self._base_year = base_year
        self._phrasings = phrasings
        self._named = {re.compile(word(name)): places for name, places in phrasings.named_years.items()}
        back = sorted(phrasings.years_back, key=len, reverse=True)
        self._counted_back = re.compile("|".join(map(word, back)))
        self._periods = re.compile("|".join(map(re.escape, phrasings.periods)))

    def find(self, question: str) -> list[Dated]:
        """Find the years of a normalised question; none overlap."""
        found = list(self._find_numbers(question))
        for dated in (
            *self._find_ago(question),
            *self._find_outer(question),
            *self._find_recent(question),
            *self._find_periods(question),
            *self._find_named(question),
        ):
            if all(dated.end <= other.start or other.end <= dated.start for other in found):
                found.append(dated)
        return found

    def _find_numbers(self, question: str) -> Iterator[Dated]:
        for match in _YEAR.finditer(question):
            first = self._full_year(match["first"])
            last = self._full_year(match["last"]) if match["last"] else None
            years = (first,) if last is None else (first, last)
            between = question[match.end("first") : match.start("last")] if last else ""
            is_range = bool(_RANGE.search(between))
            end = match.end()
            behind = self._phrasings.since["behind"].match(question, end)
            opens = last is None and first < self._years[-1]
            if last is None and self._phrasings.until.search(question, 0, match.start()) and first > self._years[0]:
                years, is_range = (self._years[0], first), True
            elif opens and (behind or self._since_before(question[: match.start()])):
                years, is_range = (first, self._years[-1]), True
                end = behind.end() if behind else end
            elif (these := _THESE.match(question, end)) and (last or these[0].startswith("这")):
                end = these.end()
            yield Dated(match.start(), end, years, is_range)

    def _find_recent(self, question: str) -> Iterator[Dated]:
        """Find spans by their length: of one that lies between two years, that many steps; a bare one is all years."""
        for match in _RECENT.finditer(question):
            count = _count(match[str(match.lastgroup)])
            if match["whole"] and count != len(self._years):
                continue
            count += match.lastgroup == "steps"
            span = self._years[-min(count, len(self._years)) :]
            yield Dated(match.start(), match.end(), (span[0], span[-1]), is_range=True)

    def _find_ago(self, question: str) -> Iterator[Dated]:
        """Find years counted back from the latest: "五年前"."""
        for match in _AGO.finditer(question):
            count = _count(match["count"])
            if count < len(self._years):
                yield Dated(match.start(), match.end(), (self._years[-1 - count],), is_reckoned=True)

    def _find_outer(self, question: str) -> Iterator[Dated]:
        """Find the first or the last years of the data by their number: "头三年", "后三年"."""
        for pattern, is_first in ((_OPENING, True), (_CLOSING, False)):
            for match in pattern.finditer(question):
                if 1 < (count := _count(match["count"])) <= len(self._years):
                    years = self._years[:count] if is_first else self._years[-count:]
                    yield Dated(match.start(), match.end(), (years[0], years[-1]), is_range=True)

    def _find_periods(self, question: str) -> Iterator[Dated]:
        """Find spans of years by their name, as far as the data reach."""
        for match in self._periods.finditer(question):
            first, last = self._phrasings.periods[match[0]]
            inside = [year for year in self._years if first <= year <= last]
            years = (inside[0], inside[-1]) if inside else (first, last)
            is_range = len(set(years)) > 1
            yield Dated(match.start(), match.end(), tuple(dict.fromkeys(years)), is_range)

    def _find_named(self, question: str) -> Iterator[Dated]:
        """Find years with a name of their own, and those counted back: from "this year" if named, else the latest."""
        if self._base_year:
            for match in self._phrasings.in_base_year.finditer(question):
                years = self._from_base_year(self._base_year, question[: match.start()])
                yield Dated(match.start(), match.end(), years, is_range=len(years) > 1)
        for name, places in self._named.items():
            for match in name.finditer(question):
                yield Dated(match.start(), match.end(), tuple(self._years[place] for place in places))
        back = self._phrasings.years_back
        matches = list(self._counted_back.finditer(question))
        latest = min(min((back[match[0]] for match in matches), default=0), 1)
        for match in matches:
            steps = back[match[0]] - latest
            if steps < len(self._years):
                yield Dated(match.start(), match.end(), (self._years[-1 - steps],), is_reckoned=True)

    def _from_base_year(self, base_year: int, before: str) -> tuple[int, ...]:
        """Tell the years that are meant by the base year behind some words: it, those since it, those after it."""
        later = [year for year in self._years if year > base_year]
        if later and before.endswith("after "):
            return later[0], later[-1]
        return (base_year, self._years[-1]) if self._since_before(before) else (base_year,)

    def _full_year(self, text: str) -> int:
        """Complete a year of two digits: it is of this century unless that lies well past the data."""
        if len(text) == 4:
            return int(text)
        return 2000 + int(text) if 2000 + int(text) <= self._years[-1] + _YEARS_AHEAD else 1900 + int(text)

    def _since_before(self, text: str) -> bool:
        words = list(self._phrasings.since["before"].finditer(text))
        return bool(words) and not text[words[-1].end() :].strip()


def _count(written: str) -> int:
    return int(written.translate(_DIGITS).replace("两", "2"))
