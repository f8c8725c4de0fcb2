"""Right answers with one thing made wrong, in both languages, and whether the index alone says that one stays true."""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.answer import Answer
from scoring import IndexDefinition, IndexResult, display

Change = tuple[str, int, int, str]


class Mutant(NamedTuple):
    """What was put where, and the sentence or row of a table that it now stands in."""

    kind: str
    old: str
    new: str
    sentence: str
    start: int


_PAIRS = {
    "direction": (
        ("上升", "下降"),
        ("拉高", "拉低"),
        ("提高", "降低"),
        ("好转", "变差"),
        ("升幅", "降幅"),
        ("rose", "fell"),
        ("rise", "fall"),
        ("raised", "lowered"),
        ("up", "down"),
    ),
    "extreme": (
        ("最高", "最低"),
        ("最大", "最小"),
        ("最多", "最少"),
        ("highest", "lowest"),
        ("largest", "smallest"),
        ("most", "least"),
    ),
    "relation": (("高于", "低于"), ("高", "低"), ("above", "below"), ("higher", "lower"), ("more in", "less in")),
}
_TURNED = {
    kind: {word: other for pair in pairs for word, other in (pair, pair[::-1])} for kind, pairs in _PAIRS.items()
}
# What is denied both ways stays so when it is turned; "high to low" is an order, and a limit no claim.
_NO_CLAIM = {
    "direction": r"(?<!既没有)(?<!也没有)(?<!neither )(?<!nor )",
    "extreme": r"(?<!at )",
    "relation": r"(?<![最新提升拉推从到走])",
}
_ENDS = {"relation": r"(?!高[分到效质]|低[分到]|[高低]水|[高低]越|[高低]排|(?:higher|lower) (?:the|is))"}
_UNITS = {"zh": ["分", "%", "微克/立方米"], "en": [" points", "%", " µg/m³"]}
_YEAR = {"zh": r"(?<!\d)20[12]\d(?=年|—)|(?<=—)20[12]\d", "en": r"(?<![\d.])20[12]\d(?![\d.]\d)"}
_NUMBER = re.compile(r"\d+\.\d+")


def own_words(answer: Answer) -> str:
    """Blank what claims nothing of the answer's own: quotations, and questions that could be asked."""
    quoted = {line for c in answer.citations for line in (c.quote, *c.quote.split("\n"), c.section, c.document)}
    text = answer.text
    for words in sorted(quoted, key=len, reverse=True):
        text = text.replace(words, "\0" * len(words)) if words else text
    return re.sub(r"(?m)^- .*[？?]$", lambda line: "\0" * len(line[0]), text)


def names_of(definition: IndexDefinition, language: str) -> list[str]:
    """List the names of all nodes in a language."""
    return [node.names.get(language, node.name) for node in definition.nodes.values()]


def changes(answer: Answer, definition: IndexDefinition, span: Sequence[int], chance: random.Random) -> Iterator[Change]:
    """Yield kind, start, end and what to put there."""
    text, names = own_words(answer), names_of(definition, answer.language)
    units = _UNITS[answer.language]
    unit = "|".join(units)
    for number in re.finditer(rf"\d+\.\d+|\d+(?={unit})", text):
        at = chance.choice([i for i in range(number.start(), number.end()) if text[i] != "."])
        yield "digit", at, at + 1, chance.choice([digit for digit in "0123456789" if digit != text[at]])
    for sign in re.finditer(r"(?<=[（(*| ])[+-](?=\d)", text):
        yield "sign", sign.start(), sign.end(), "-" if sign[0] == "+" else "+"
    for found in re.finditer(rf"(?<=\d)({unit})", text):
        yield "unit", found.start(), found.end(), chance.choice([other for other in units if other != found[0]])
    for year in re.finditer(_YEAR[answer.language], text):
        yield "year", year.start(), year.end(), str(chance.choice([y for y in span if str(y) != year[0]]))
    for kind, turned in _TURNED.items():
        words = "|".join(word if not word.isascii() else rf"(?<![A-Za-z]){word}(?![A-Za-z])" for word in turned)
        for claim in re.finditer(rf"{_NO_CLAIM[kind]}{_ENDS.get(kind, '')}(?:{words})", text):
            yield kind, claim.start(), claim.end(), turned[claim[0]]
    for mention in re.finditer("|".join(sorted(map(re.escape, names), key=len, reverse=True)), text):
        yield "node", mention.start(), mention.end(), chance.choice([other for other in names if other != mention[0]])


def apply(answer: Answer, change: Change) -> tuple[Mutant, str]:
    """Make the change, and tell what it made of its sentence."""
    kind, start, end, new = change
    text = answer.text[:start] + new + answer.text[end:]
    before = re.split(r"[。\n]|\. ", text[:start])[-1]
    behind = re.split(r"[。\n]|\. ", text[start:])[0]
    return Mutant(kind, answer.text[start:end], new, before + behind, len(before)), text


def stays_true(mutant: Mutant, result: IndexResult) -> bool:
    """Whether a changed statement happens to be true, told from the index alone and not by the guard."""
    return False
