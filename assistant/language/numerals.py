"""Numbers written in words or in full width, put into plain digits so that they are read like any other."""

import re

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－−﹣", "0123456789.%+---")
_DIGITS = {character: digit for digit, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_DIGIT = "[零〇一二两三四五六七八九]"
_HAN = rf"[零〇一二两三四五六七八九十百千]+(?:点{_DIGIT}+)?"
_BEFORE = r"(?<![零〇一二两三四五六七八九十百千第])"
_PER_CENT = re.compile(rf"百分之(?P<number>{_HAN})")
_TENTHS = re.compile(
    rf"{_BEFORE}(?P<tens>[一二两三四五六七八九])成(?P<ones>[一二三四五六七八九半]?)(?![为功果效长立绩就分本员])"
)
_WITH_UNIT = re.compile(
    rf"{_BEFORE}(?!一(?:个(?![百上下升降持])|分|项))(?P<number>(?![百千]){_HAN})(?=分(?![之别析类工布])|个百分点|个(?:[一二三四五]级)?(?:指标|观测|城市|评价单位|年份|维度|[上下升降持])|项(?:指标|[上下升降持不合得])|微克|(?<=[二两三四五六七八九十])年[上下连来间里中内])"
)
_PER_CENT_BEHIND = re.compile(r"(?<=\d)[ -]per ?cent(?!age)\b", re.IGNORECASE)
_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TWO_DIGITS = rf"(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>{'|'.join(_ONES[1:10])}))?"
_ENGLISH = re.compile(
    rf"\b(?:{_TWO_DIGITS}|(?P<few>{'|'.join(_ONES)}))"
    r"(?= (?:points?\b|per ?cent|percentage|(?:consecutive )?years|indicators|times\b))",
    re.IGNORECASE,
)

_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_ENGLISH_YEAR = re.compile(
    rf"\btwenty[- ](?:(?P<teens>{'|'.join(_TEENS)})|{_TWO_DIGITS})\b(?! (?:points?|per ?cent|years)\b)",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """Write the numbers of a text in digits, where a unit behind them tells that they are numbers, and its years."""
    text = years_in_digits(text.translate(_FULL_WIDTH))
    text = _PER_CENT.sub(lambda found: f"{value_of(found['number'])}%", text)
    text = _TENTHS.sub(lambda found: f"{10 * _DIGITS[found['tens']] + _ones(found['ones'])}%", text)
    text = _WITH_UNIT.sub(lambda found: value_of(found["number"]), text)
    return _PER_CENT_BEHIND.sub("%", _ENGLISH.sub(_english, text))


def value_of(han: str) -> str:
    """Read a Chinese numeral, and write it in digits."""
    whole, point, decimals = han.partition("点")
    total, last = 0, 0
    for character in whole:
        if character in _PLACES:
            total, last = total + (last or 1) * _PLACES[character], 0
        else:
            last = _DIGITS[character]
    return f"{total + last}{'.' if point else ''}{''.join(str(_DIGITS[digit]) for digit in decimals)}"


def _ones(han: str) -> int:
    return 5 if han == "半" else _DIGITS.get(han, 0)


def years_in_digits(text: str) -> str:
    """Write in digits the years that are said in two halves: "twenty twenty-one"."""
    return _ENGLISH_YEAR.sub(_english_year, text)


def _english_year(found: re.Match[str]) -> str:
    if found["teens"]:
        return f"20{10 + _TEENS.index(found['teens'].lower())}"
    return f"20{_english(found)}"


def _english(found: re.Match[str]) -> str:
    if not found["tens"]:
        return str(_ONES.index(found["few"].lower()))
    return str(
        10 * (2 + _TENS.index(found["tens"].lower())) + (_ONES.index(found["ones"].lower()) if found["ones"] else 0)
    )
