"""How many nodes there are or moved, and at which place of an order one stands, as a text says it in its own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, SENTENCE, Evidence, Finding, Tree, blank, digits_of
from assistant.guard.entities import entity_marks
from assistant.guard.places import Place, ends_of, sentences
from assistant.guard.tables import ENTITY, NAME
from assistant.language.motion import DIRECTION, UNMOVED
from assistant.language.numerals import value_of

_GENERIC = ("指标", "观测变量", "变量", "indicators", "indicator")
_PARTS = ("维度", "方面", "领域", "dimensions")
_OF_ALL = re.compile(
    r"(?:之?中|里|当中|以?内|[，,、。；;：:（(]|[一二两三四五六七八九]升|(?:的?得分)?(?:均|都|全部)|构成|组成|合成|\b)(?!\s*of\b)|$"
)
_UPS_AND_DOWNS = re.compile(r"(?P<up>[一二两三四五六七八九])升(?P<down>[一二两三四五六七八九])降")
_MADE_OF = re.compile(r"由\s*$")
_MOVED = re.compile(
    r"(?:的?得分)?\s?(?:[都均也还仍]|全部|全都)*(?:有所|出现|保持)?\s?"
    rf"(?:(?P<move>{DIRECTION.pattern})|(?P<still>{UNMOVED}))",
    re.IGNORECASE,
)
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_RANKED = re.compile(
    r"(?:位?居|位?列|名列|排名?在?|排)(?:于|在|为)?(?P<bottom>倒数)?第\s?(?P<place>[一二三四五六七八九十]|\d{1,3})(?!次)"
    r"|(?P<from>倒数)?第\s?(?P<of>[一二三四五六七八九十]|\d{1,3})(?:位|名)?的?[是为](?=\s?⟦)"
    r"|(?:居|列|排名?在?)(?P<top>首位?|第一)|(?P<last>垫底|排名?最后|排名?末位|居末)"
    rf"|\brank(?:s|ed|ing)? (?P<en>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))",
    re.IGNORECASE,
)


def without_tallies(plain: str, evidence: Evidence) -> str:
    """Blank out, in a text with a mark for each name, what it counts of nodes as the index or the figures have it."""
    if not evidence.tree.parents:
        return plain
    counter = _counter(_labels(evidence.tree))
    kept = list(plain)
    for match, context in sentences(plain):
        sentence = match[0]
        for said in _UPS_AND_DOWNS.finditer(sentence):
            place = Place(sentence, said.start(), said.end(), context)
            label = _label_before(place, evidence.tree)
            if all(
                int(value_of(said[way])) in set(_moved(label, move, place, evidence))
                for way, move in (("up", 1), ("down", -1))
            ):
                kept[match.start() + said.start() : match.start() + said.end()] = "    "
        for number in NUMBER.finditer(NAME.sub(blank, sentence)):
            counted, digits = counter.match(sentence, number.end()), digits_of(number)
            if not counted or not digits.isdigit():
                continue
            place = Place(sentence, number.start(), number.end(), context)
            if end := _tally(int(digits), counted, place, evidence):
                start, end = match.start() + number.start(), match.start() + end
                kept[start:end] = " " * (end - start)
    return "".join(kept)


def _tally(number: int, counted: re.Match[str], place: Place, evidence: Evidence) -> int | None:
    """Tell where it ends that so many nodes there are, or moved one way, if it is so."""
    label = counted["label"] or counted["noun"] or _label_before(place, evidence.tree)
    if moved := _MOVED.match(place.sentence, counted.end()):
        direction = 0 if moved["still"] else 1 if moved["rise"] else -1
        return moved.end() if number in set(_moved(label, direction, place, evidence)) else None
    if not (counted["label"] or counted["noun"]) or not _OF_ALL.match(place.sentence, counted.end()):
        return None
    spoken_of = _spoken_of(place, evidence)
    wholes = spoken_of[-1:] if _MADE_OF.search(place.before) and spoken_of else [*spoken_of, None]
    return counted.end() if number in {len(_below(whole, label, evidence.tree)) for whole in wholes} else None


def _label_before(place: Place, tree: Tree) -> str | None:
    """Give what a sentence counted last before: "of three dimensions two rose"."""
    found = [(place.before.rfind(label), label) for label in _labels(tree) if label in place.before]
    return max(found)[1] if found else None


def wrong_ordinals(plain: str, evidence: Evidence) -> list[Finding]:
    """Find the places in an order, in a text with a mark for each name, that a node or a scored unit does not have."""
    ranks = [figure for figure in evidence.figures if figure.kind is Kind.RANK] or list(_unit_ranks(evidence))
    units = {mark: unit for unit, mark in entity_marks(evidence.entities).items()}
    findings: list[Finding] = []
    before = ""
    for sentence in SENTENCE.findall(plain):
        for claim in _RANKED.finditer(sentence):
            behind, named = NAME.match(sentence, claim.end()), NAME.findall(sentence[: claim.start()])
            node = behind[1] if behind else next(reversed(named or NAME.findall(before)), None)
            unit = next((units[mark] for mark in reversed(ENTITY.findall(sentence[: claim.start()]))), None)
            years = ends_of(sentence)
            own = [
                f for f in ranks if (f.unit == unit if unit else f.node_id == node) and (not years or f.year in years)
            ]
            if not any(_is_at(claim, figure, ranks) for figure in own):
                findings.append(Finding(claim[0], "名次没有依据"))
        before = sentence
    return findings


def _unit_ranks(evidence: Evidence) -> Iterator[Figure]:
    """Put the scored units in order where the scores of all are known."""
    scores = [figure for figure in evidence.figures if figure.kind is Kind.SCORE]
    for figure in scores:
        peers = [f for f in scores if (f.node_id, f.year) == (figure.node_id, figure.year)]
        if {peer.unit for peer in peers} == set(evidence.entities):
            yield replace(figure, kind=Kind.RANK, value=1 + sum(peer.value > figure.value for peer in peers))


def _is_at(claim: re.Match[str], figure: Figure, ranks: Sequence[Figure]) -> bool:
    """Whether something stands where a claim puts it, counted from whichever end it says."""
    if not (claim["bottom"] or claim["from"] or claim["last"]):
        return int(figure.value) == _ordinal(claim)
    peers = [f for f in ranks if (f.year, f.base_year) == (figure.year, figure.base_year)]
    of_nodes, of_units = [f for f in peers if f.unit == figure.unit], [f for f in peers if f.node_id == figure.node_id]
    return any(
        1 + sum(peer.value > figure.value for peer in order) == _ordinal(claim)
        for order in (of_nodes, of_units)
        if order[1:]
    )


def _ordinal(claim: re.Match[str]) -> int:
    written = claim["place"] or claim["of"] or claim["en"]
    if not written:
        return 1
    english = written.lower()
    if english in _ORDINALS:
        return 1 + _ORDINALS.index(english)
    return int(re.sub(r"\D", "", written) or value_of(written))


def _moved(label: str | None, direction: int, place: Place, evidence: Evidence) -> Iterator[int]:
    """Tell how many nodes moved that way, of each whole and pair of years of which all changes are known."""
    changes = [f for f in evidence.figures if f.kind is Kind.CHANGE and f.base_year]
    ends, tree = ends_of(place.sentence), evidence.tree
    wholes = _spoken_of(place, evidence)
    for years in {(f.base_year, f.year, f.unit) for f in changes if not ends or f.year in ends}:
        of_years = {f.node_id: f.direction for f in changes if (f.base_year, f.year, f.unit) == years}
        for whole in (*wholes, None):
            below = _below(whole, label, tree)
            if below <= of_years.keys():
                yield sum(of_years[node] == direction for node in below)


def _spoken_of(place: Place, evidence: Evidence) -> list[str]:
    """List the nodes that a sentence may count the parts of: those named, else those that something contributes to."""
    topic = [place.context.topic] if place.context.topic else []
    named = [*topic, *place.context.earlier, *NAME.findall(place.sentence)]
    wholes = [node for node in named if evidence.tree.children(node)]
    return wholes or list({f.within: None for f in evidence.figures if f.kind is Kind.CONTRIBUTION and f.within})


def _below(whole: str | None, label: str | None, tree: Tree) -> set[str]:
    """List the nodes of a storey, the indicators or the parts under a node; in the whole index without one."""
    nodes = {*tree.parents, *tree.parents.values()}
    labelled = {node for node in nodes if label in tree.levels.get(node, ())}
    if label in _PARTS and not labelled:
        return tree.children(whole or next(node for node in nodes if node not in tree.parents))
    found = nodes - set(tree.parents.values()) if label is None or label in _GENERIC else labelled
    return found if whole is None else {node for node in found if whole in tree.above(node)}


def _labels(tree: Tree) -> tuple[str, ...]:
    return tuple(sorted({*_GENERIC, *_PARTS, *(name for names in tree.levels.values() for name in names)}))


@lru_cache(64)
def _counter(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a pattern for what stands behind a number of nodes."""
    longest_first = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"\s?(?:[个项大](?P<label>{longest_first})?|(?P<noun>{longest_first}))")
