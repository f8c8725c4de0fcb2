"""Right answers with one thing made wrong, in both languages, and whether the index alone says that one stays true."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import Answer, Figure, Kind
from scoring import IndexDefinition, IndexResult, Node, display

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
        ("从高到低", "从低到高"),
    ),
    "relation": (
        ("高于", "低于"),
        ("高", "低"),
        ("扩大", "缩小"),
        ("above", "below"),
        ("higher", "lower"),
        ("more in", "less in"),
        ("widened", "narrowed"),
    ),
}
_TURNED = {
    kind: {word: other for pair in pairs for word, other in (pair, pair[::-1])} for kind, pairs in _PAIRS.items()
}
# What is denied both ways stays so when it is turned; "high to low" is an order, and a limit no claim.
_NO_CLAIM = {
    "direction": r"(?<!既没有)(?<!也没有)(?<!neither )(?<!nor )",
    "extreme": r"(?<!at )",
    "relation": r"(?<![最新提升拉推从到走])(?<!收窄或)",
}
_ENDS = {
    "direction": r"(?!up (?:to|as|of|the)|(?:rise|fall)s)",
    "relation": r"(?!高[分到效质位]|低[分到]|[高低]水|[高低]越|[高低]排|(?:higher|lower) (?:the|is))",
}
_UNITS = {"zh": ["分", "%", "微克/立方米"], "en": [" points", "%", " µg/m³"]}
_YEAR = {"zh": r"(?<!\d)20[12]\d(?=年|—)|(?<=—)20[12]\d", "en": r"(?<![\d.])20[12]\d(?![\d.]\d)"}
_MARKER = re.compile(r"\[\d+\]")
_BELONGS = re.compile(
    r"^(?P<part>.*?)(?:是(?P<zh>[^，]*)，属于| \((?P<en>[^)]*)\) belongs to |属于| belongs to )\*\*(?P<whole>.*?)\*\*"
    r"(?:\s?[（(](?P<above>[^）)]*)[）)])?"
)
_SHOWN = re.compile(r"\d+(?:\.\d+)?")
_DENIED = re.compile(r"(?:不是|is not )(?P<number>\d+(?:\.\d+)?) ?(?P<unit>分|%|微克/立方米|points|µg/m³)")


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


def changes(answer: Answer, result: IndexResult, chance: random.Random) -> Iterator[Change]:
    """Yield kind, start, end and what to put there."""
    text, names, span = own_words(answer), names_of(result.definition, answer.language), result.span
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
    for kind, named in (("node", names), ("entity", result.units if len(result.units) > 1 else ())):
        for mention in re.finditer("|".join(sorted(map(re.escape, named), key=len, reverse=True)) or "(?!)", text):
            yield kind, mention.start(), mention.end(), chance.choice([each for each in named if each != mention[0]])


def apply(answer: Answer, change: Change) -> tuple[Mutant, str]:
    """Make the change, and tell what it made of its sentence."""
    kind, start, end, new = change
    text = answer.text[:start] + new + answer.text[end:]
    before = re.split(r"[。\n]|\. ", text[:start])[-1]
    behind = re.split(r"[。\n]|\. ", text[start:])[0]
    return Mutant(kind, answer.text[start:end], new, before + behind, len(before)), text


def stays_true(mutant: Mutant, answer: Answer, result: IndexResult) -> bool:
    """Whether a changed statement happens to be true, told from the index alone and not by the guard.

    A denial of what nobody holds is; so is a name or year put in where the index gives it all the numbers that were
    given to the one taken out, or the same place, or the same supplier; a unit in which what is named has that number
    too; and a name for what is all of the other, or whose own row the row of a table becomes.
    """
    if denied := _DENIED.search(mutant.sentence):
        number, unit = Decimal(denied["number"]), denied["unit"]
        own = [f for f in answer.figures if f.node_id == answer.figures[0].node_id]
        return not any(f.measure_unit == unit and Decimal(f.magnitude) == number for f in own)
    if mutant.kind == "unit":
        number = re.findall(r"\d+(?:\.\d+)?", mutant.sentence[: mutant.start])[-1]
        decimals = len(number.partition(".")[2])
        same = [f for f in answer.figures if f.measure_unit == mutant.new.strip() and f.node in mutant.sentence]
        return any(display(abs(f.value), decimals) == number for f in same)
    if mutant.kind == "node":
        is_another_row = mutant.sentence in answer.text.splitlines()
        return is_another_row or _is_true_of_node(mutant, answer, result)
    if mutant.kind == "entity":
        figures = [f for f in answer.figures if f.unit == mutant.old and f.node in mutant.sentence]
        return _all_hold(mutant.sentence, figures, lambda f: _value(f, f.node_id, f.year, result, mutant.new))
    if mutant.kind == "year" and len(re.findall(rf"{mutant.new}年?\s?[（(]", mutant.sentence)) > 1:
        return False
    if mutant.kind == "year":
        clause = next(c for c in re.split("[，,]", mutant.sentence) if mutant.new in c)
        named = {f.node for f in answer.figures if f.node in mutant.sentence}
        figures = [f for f in answer.figures if str(f.year) == mutant.old and (not named or f.node in named)]
        return _all_hold(clause, figures, lambda f: _value(f, f.node_id, int(mutant.new), result))
    return False


def _level_names(node: Node, definition: IndexDefinition) -> set[str]:
    level = definition.levels[definition.level(node.id) - 1]
    return {level.name, *level.names.values()}


def _is_true_of_node(mutant: Mutant, answer: Answer, result: IndexResult) -> bool:
    definition, sentence = result.definition, mutant.sentence
    old, new = definition.find(mutant.old), definition.find(mutant.new)
    if belongs := _BELONGS.search(sentence):
        part, whole = definition.find(belongs["part"]), definition.find(belongs["whole"])
        levels = {part: belongs["zh"] or belongs["en"], whole: belongs["above"]}
        on_levels = all(level in (None, *_level_names(node, definition)) for node, level in levels.items())
        return on_levels and whole in definition.path(part.id)[:-1]
    if any(
        whole in definition.path(part.id) and definition.share(part.id, whole.id) == 1
        for part, whole in ((new, old), (old, new))
    ):
        return True
    if " > " in sentence:
        path = [definition.find(name.strip("* .")) for name in sentence.split(":")[-1].split("：")[-1].split(" > ")]
        return path == list(definition.path(path[-1].id))
    if "层级" in sentence:
        return definition.parent(new.id) is definition.parent(old.id)
    if "数据来源" in sentence:
        return {leaf.source for leaf in definition.leaves(new.id)} == {old.source}
    names = "|".join(map(re.escape, names_of(definition, answer.language)))
    rest = re.sub(rf"^占(?:{names})的", "", sentence[mutant.start + len(mutant.new) :])
    behind = re.split(names, rest)[0]
    figures = [f for f in answer.figures if f.node_id == old.id]
    return _all_hold(behind, figures, lambda f: _value(f, new.id, f.year, result))


def _all_hold(words: str, figures: Sequence[Figure], value: Callable[[Figure], float | None]) -> bool:
    """Whether each number of some words is one of the figures it was, with what the index has for it in its place."""
    shown = _SHOWN.findall(_MARKER.sub("", words))
    numbers = [number for number in shown if not re.fullmatch("20[12]\\d", number)]
    return bool(numbers) and all(
        any(
            new is not None and display(abs(new), figure.decimals) == figure.magnitude
            for figure in figures
            if Decimal(figure.magnitude) == Decimal(number)
            for new in [value(figure)]
        )
        for number in numbers
    )


def _value(
    figure: Figure, node_id: str, year: int | None, result: IndexResult, unit: str | None = None
) -> float | None:
    """Compute for another node, year or unit what a figure is of its own; None where the index does not tell."""
    if figure.other_unit:
        return None
    unit = unit or figure.unit or None
    definition, base, whole = result.definition, figure.base_year, figure.within
    if whole and definition.nodes[whole] not in definition.path(node_id):
        return None
    share = definition.share(node_id, whole) if whole else 1.0
    if figure.kind is Kind.WEIGHT:
        return share * (100 if figure.measure_unit == "%" else 1)
    if year is None:
        return None
    score = result.score(node_id, year, unit)
    step = score - result.score(node_id, base, unit) if base else 0.0
    if figure.kind is Kind.SCORE:
        return score
    if figure.kind is Kind.CHANGE and base:
        return step
    if figure.kind is Kind.CONTRIBUTION or (figure.kind is Kind.SHARE and whole and figure.measure_unit != "%"):
        return share * (step if base else score)
    if figure.kind is Kind.SHARE and whole and not base:
        return 100 * share * score / result.score(whole, year, unit)
    weighs_the_same = definition.share(node_id, definition.root.id) == definition.share(
        figure.node_id, definition.root.id
    )
    is_alike = weighs_the_same and score == result.score(figure.node_id, figure.year or year, unit)
    is_score = figure.measure_unit == definition.score_unit
    return figure.value if is_alike and is_score and figure.kind in {Kind.TARGET, Kind.SCENARIO, Kind.CHANGE} else None
