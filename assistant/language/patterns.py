"""How words become patterns: Latin ones stand alone and may be inflected, a number goes with its unit."""

import re
from collections.abc import Iterable, Mapping, Sequence

# A number with its unit.
ASSUMED = r"\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>个百分点|百分点|%|[^\s\d，,。；;、的？?]*)"
# A longer word in Latin letters.
LATIN_WORD = re.compile(r"[a-z]{5,}")
# Behind the word for points, where it is one.
NOT_LONGER = "(?![钟之贝别类析])"


def by_name(lists: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    """Match any of some words, for each name of a list."""
    return {name: any_of(words) for name, words in lists.items()}


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Match any of some words, the longest first; Latin words must stand alone.

    A long list is tried at every place of every question: that they stand alone is looked for once, not for each, and
    words that begin alike are tried where the first character is right.
    """
    ordered = sorted(map(str, words), key=len, reverse=True)
    latin = _by_first_character({text: _spelled(text) for text in ordered if text.isascii()})
    others = _by_first_character({text: word(text) for text in ordered if not text.isascii()})
    return re.compile("|".join(filter(None, [_alone(f"(?:{latin})") if latin else "", others])))


def expressions(patterns: Iterable[str]) -> re.Pattern[str]:
    """Match any of some regular expressions."""
    return re.compile("|".join(map(_ending_there, patterns)))


def expressions_by_name(lists: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    """Match any of some regular expressions, for each name of a list."""
    return {name: expressions(patterns) for name, patterns in lists.items()}


def amounts_in(units: Sequence[str], text: str) -> list[str]:
    """List the numbers that a text gives in a unit, written in one of some ways."""
    written = "|".join(map(re.escape, units))
    return re.findall(rf"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:{written})", text) if written else []


def without_amounts(units: Sequence[str], text: str) -> str:
    """Blank out the numbers that a text gives in a unit, written in one of some ways."""
    written = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    return re.sub(rf"(?<![\d.])\d+(?:\.\d+)?\s*(?:{written})", " ", text)


def word(text: str) -> str:
    """Write a word as a pattern; a Latin one must stand alone, and its last word may be inflected."""
    return _alone(_spelled(text)) if text.isascii() else _ending_there(re.escape(text))


def _by_first_character(patterns: Mapping[str, str]) -> str:
    """Join the patterns of some words, those with the same first character behind it."""
    rests: dict[str, list[str]] = {}
    for text, pattern in patterns.items():
        first = re.escape(text[0])
        rests.setdefault(first, []).append(pattern.removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _alone(pattern: str) -> str:
    return rf"(?<![a-z]){pattern}(?![a-z])"


def _spelled(text: str) -> str:
    """Write a Latin word with the endings that its last letter may have."""
    return re.escape(text[:-1]) + _inflected(text)


def _inflected(text: str) -> str:
    """Write the last letter of a Latin word with the endings of the third person, the past and the participle."""
    last = text[-1]
    if not re.search("[a-z]{4}$", text) or text.endswith(("s", "ed", "ing", "ly")):
        return re.escape(last)
    if last in "ey":
        stem = "" if last == "e" else "i"
        return rf"(?:{last}|{stem}es|{stem}ed|{last if last == 'y' else ''}ing)"
    return rf"{last}(?:e?s|{last}?(?:ed|ing))?"


def _ending_there(pattern: str) -> str:
    """Let a pattern that ends with the word for points not match the beginning of a longer word, as minutes."""
    return f"{pattern}{NOT_LONGER}" if pattern.endswith("分") else pattern
