"""Statements in words that a tool made: a text repeats one word for word, or it is no statement of a tool."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.evidence import Evidence, Finding, Form

# What stands behind another character of its word is only the end of a statement.
_WHOLE = r"(?<![\w\u3400-\u9fff])"
_GOES_ON = re.compile(r"[，,：:]\s*$")
_BEGINNING = 2
_MARKUP = re.compile(r"\*\*|\[\d{1,3}\]")


def without_markup(text: str) -> str:
    """Take out stars, markers of citations, and what keeps a bar in a name from ending a cell."""
    return _MARKUP.sub("", text).replace("\\|", "|")


def without_statements(text: str, evidence: Evidence) -> str:
    """Take out the statements that stand in a text without markup as they were made.

    Of one that its sentence goes on behind, the name stays: what follows speaks of it.
    """
    for statement in sorted(map(without_markup, evidence.statements), key=len, reverse=True):
        names = (
            sorted((name for name, _ in evidence.names if name in statement), key=len)
            if _GOES_ON.search(statement)
            else []
        )
        text = re.sub(_WHOLE + re.escape(statement), f"〔{''.join(names[-1:])}〕", text)
    return text


def altered_statements(text: str, evidence: Evidence) -> list[Finding]:
    """Find what has the form of a statement and is none, in a text without markup and without the statements made."""
    by_beginning = _by_beginning(tuple(evidence.forms))
    beginnings = by_beginning.keys() & {text[at : at + _BEGINNING] for at in range(len(text))}
    return [
        Finding(match[0], "与工具给出的说明不符")
        for beginning in sorted(beginnings)
        for form in by_beginning[beginning]
        if form.words in text
        for match in form.pattern.finditer(text)
    ]


@lru_cache(64)
def _by_beginning(forms: tuple[Form, ...]) -> Mapping[str, Sequence[Form]]:
    """Put the forms to the first characters of their words: of some hundreds few can stand in a text."""
    found: dict[str, list[Form]] = {}
    for form in forms:
        found.setdefault(form.words[:_BEGINNING], []).append(form)
    return found
