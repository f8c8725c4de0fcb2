"""The automatic numbers of a Word file, written out as they are printed."""

import re
from collections.abc import Callable, Mapping

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.word_styles import Styles, is_on, number, value

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_REFERENCE = re.compile(r"%([1-9])")
_TIGHT = re.compile(r"[、）》】．：。\u2460-\u24ff]$|\s$")


def _chinese(count: int) -> str:
    """Count as 一 十 十一 二十 一百零一."""
    text = ""
    for place, name in _PLACES:
        digit, count = divmod(count, place)
        if digit:
            text += _DIGITS[digit] + name
        elif text and count and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(count: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        times, count = divmod(count, amount)
        text += letters * times
    return text


def _letters(count: int) -> str:
    """Count as Word does: A … Z, AA, BB …."""
    times, letter = divmod(count - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _from(row: str) -> Callable[[int], str]:
    return lambda count: row[count - 1]


def _digits(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


_CIRCLED = "".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]))
# Each with the largest number that it can write; beyond it, decimal digits.
_FORMATS: Mapping[str, tuple[int, Callable[[int], str]]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditionalCounting"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting"),
        ),
        (9999, _chinese),
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), (9999, _digits(_DIGITS))),
    "ideographTraditional": (10, _from("甲乙丙丁戊己庚辛壬癸")),
    "ideographZodiac": (12, _from("子丑寅卯辰巳午未申酉戌亥")),
    "upperLetter": (780, _letters),
    "lowerLetter": (780, lambda count: _letters(count).lower()),
    "upperRoman": (3999, _roman),
    "lowerRoman": (3999, lambda count: _roman(count).lower()),
    "decimalZero": (9, lambda count: f"0{count}"),
    "decimalFullWidth": (9999, _digits("０１２３４５６７８９")),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), (len(_CIRCLED), _from(_CIRCLED))),
    "decimalEnclosedParen": (20, lambda count: chr(0x2474 + count - 1)),
    "decimalEnclosedFullstop": (20, lambda count: chr(0x2488 + count - 1)),
}


def written(count: int, style: str) -> str:
    """Write a number in a number format of Word; a format that is not known falls back to decimal digits."""
    largest, write = _FORMATS.get(style, (0, str))
    return write(count) if 1 <= count <= largest else str(count)


class Numbering:
    """Counts the numbered paragraphs of a document, which have to be handed over in order."""

    def __init__(self, root: BaseOxmlElement | None, styles: Styles):
        self._styles = styles
        self._lists: dict[str | None, BaseOxmlElement] = {}
        self._abstract: dict[str | None, BaseOxmlElement] = {}
        if root is not None:
            self._lists = {num.get(qn("w:numId")): num for num in root.findall(qn("w:num"))}
            self._abstract = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
        self._counts: dict[str | None, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def next(self, paragraph: BaseOxmlElement) -> str:
        """Count a paragraph, and give the number that is printed before it; nothing where it has none."""
        styles = self._styles.of(paragraph)
        places = [place.find(qn("w:pPr")) for place in (paragraph, *styles)]
        name = next((found for place in places if (found := value(place, "w:numPr", "w:numId"))), None)
        if name is None or name not in self._lists:
            return ""
        levels = self._levels(name)
        level = next((found for place in places if (found := number(place, "w:numPr", "w:ilvl")) is not None), None)
        if level is None:
            own = {style.get(qn("w:styleId")) for style in styles}
            level = next((at for at, definition in levels.items() if value(definition, "w:pStyle") in own), 0)
        if level not in levels:
            return ""
        self._count(name, level, levels)
        return self._printed(name, level, levels)

    def _definition(self, name: str) -> tuple[str | None, BaseOxmlElement | None]:
        """Find the definition of a list, also where it is that of a list style."""
        seen: set[str] = set()
        while name in self._lists and name not in seen:
            seen.add(name)
            key = value(self._lists[name], "w:abstractNumId")
            definition = self._abstract.get(key)
            link = value(definition, "w:numStyleLink")
            if link is None:
                return key, definition
            name = next((v for s in self._styles.chain(link) if (v := value(s, "w:pPr", "w:numPr", "w:numId"))), "")
        return None, None

    def _levels(self, name: str) -> dict[int, BaseOxmlElement]:
        _, definition = self._definition(name)
        levels = {} if definition is None else _by_level(definition.findall(qn("w:lvl")))
        for at, override in _by_level(self._lists[name].findall(qn("w:lvlOverride"))).items():
            if (own := override.find(qn("w:lvl"))) is not None:
                levels[at] = own
        return levels

    def _count(self, name: str, level: int, levels: Mapping[int, BaseOxmlElement]) -> None:
        key, _ = self._definition(name)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        overrides = _by_level(self._lists[name].findall(qn("w:lvlOverride")))
        restart = number(overrides.get(level), "w:startOverride")
        before = counts[level]
        if restart is not None and (name, level) not in self._restarted:
            self._restarted.add((name, level))
            counts[level] = restart
        else:
            counts[level] = _start(levels, level) if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            if number(levels.get(deeper), "w:lvlRestart") != 0:
                counts[deeper] = None

    def _printed(self, name: str, level: int, levels: Mapping[int, BaseOxmlElement]) -> str:
        definition = levels[level]
        if value(definition, "w:numFmt") == "bullet":
            return ""
        counts = self._counts[self._definition(name)[0]]
        is_legal = is_on(definition, "w:isLgl")

        def reference(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            style = value(levels.get(at), "w:numFmt") or "decimal"
            count = counts[at]
            if style in ("none", "bullet"):
                return ""
            return written(_start(levels, at) if count is None else count, "decimal" if is_legal else style)

        text = _REFERENCE.sub(reference, value(definition, "w:lvlText") or "").strip()
        is_apart = value(definition, "w:suff") != "nothing" and not _TIGHT.search(text)
        return f"{text} " if text and is_apart else text


def _start(levels: Mapping[int, BaseOxmlElement], level: int) -> int:
    start = number(levels.get(level), "w:start")
    return 1 if start is None else start


def _by_level(elements: list[BaseOxmlElement]) -> dict[int, BaseOxmlElement]:
    found: dict[int, BaseOxmlElement] = {}
    for element in elements:
        level = element.get(qn("w:ilvl"), "")
        if level in set("012345678"):
            found[int(level)] = element
    return found
