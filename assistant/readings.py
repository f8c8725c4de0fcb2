"""What a number in a text is said to be: of which node, year, kind and whole, by the words around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Figure, Kind
from assistant.evidence import COUNTED_FROM, SENTENCE, SPAN, YEAR, Tree
from assistant.tables import NAME

_CLAUSE_END = re.compile(r"[，,；;]")
_ITEM_END = re.compile(r"[）)：:⟧]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARROW = re.compile(r"[^\d（）()，,]{0,6}→")
_DECIMALS = re.compile(r"\d+\.\d")

# What a number behind such words is; the words nearest to it count.
_SCORES = {Kind.SCORE, Kind.SCENARIO, Kind.TARGET}
_MOVES = {Kind.CHANGE, Kind.DIFFERENCE}
_PARTS = {Kind.CONTRIBUTION, Kind.SHARE}
_KINDS = {
    "实际的?|actual|现得分|score now": {Kind.SCORE, Kind.RAW},
    "假设|supposed": {Kind.SCENARIO},
    "还可多得|could still add": {Kind.TARGET},
    "权重|weight|weighing": {Kind.WEIGHT},
    "贡献率|a share of": {Kind.SHARE},
    "贡献|contribut(?:ion|ed|es)": _PARTS,
    "变化|change|比上年": _MOVES,
    "得分|scored|score": _SCORES,
    "占": {Kind.WEIGHT, Kind.SHARE},
}
_KIND = re.compile("|".join(f"(?P<k{i}>{words})" for i, words in enumerate(_KINDS)), re.IGNORECASE)
_SCORED = re.compile(r"得分为\s*$")
_OBSERVED = re.compile(r"(?:观测值|[Oo]bserved values?)\s*[：:]?(?:(?!得分|score)[^。；;，,）)])*$")
_FROM = re.compile(r"由\d[\d.]*(?P<unit>[^\d，,到]*)到$")
_RAW = {Kind.RAW, Kind.TARGET, Kind.SCENARIO}
_SUPPOSED = re.compile(r"假设|Suppose")
_ACTUAL = re.compile(r"(?:由|from|instead of)\s?$")
_LIMIT = re.compile(r"(?:能达到|达不到|(?:^|[，,])到|离|short of)\s*$")
_BOUND = re.compile(r"(?:达到|低于|高于|超过|不足|不到|at least|below|above)\s*$")
_OF_BOUND = re.compile(r"[^\d，,。（(]{0,6}的|.*:")
_LARGEST_PART = re.compile(r"贡献最[大小]的是|contribution[^.]* (?:from|is that of)")
_SUMMED = re.compile(r"(?:相加为|add up to)\s*$")
_COUNTED = {Kind.COUNT, Kind.RANK}
_MOVED_BY = re.compile(r"(?:上升|下降|提高|降低|增加|减少|(?<!拉)[高低]|up|down|rose|fell)了?\s*(?:by\s*)?$")
# A signed number in brackets behind a year is the change of that year, not one that starts in it.
_OF_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?的?\s*[（(]?\s*$")
# What a number right behind a name is of: that node, not a part of it.
_OWN = re.compile(r"⟧(?:\s?[（(][^（）()⟦⟧]{0,3}|的?(?:得分|贡献率|贡献|权重|变化)均?为)$")
# Parts that pull a whole up or down are followed by what they contribute to it.
_PULLED_BY = re.compile(
    r"(?:拉高|拉低|推高|拖累)⟦(?P<whole>[^⟧]*)⟧的(?:主要)?是|抵消(?:一部分)?的是"
    r"|⟦(?P<of>[^⟧]*)⟧ was (?:raised|lowered) by"
)
_WEIGHED = re.compile(r"(?:占|对)\s?⟦[^⟧]*⟧的(?:权重|贡献率|贡献)(?:均?为)?|weight in ⟦[^⟧]*⟧", re.IGNORECASE)
_TOWARDS = re.compile(r"(?:对|\bto )⟦[^⟧]*⟧(?=\s?(?:[-+]\d|$))")
# The whole that a part is weighed in, where a text says so.
_WHOLE_BEFORE = re.compile(r"(?:占|对|\bto )\s?⟦(?P<whole>[^⟧]*)⟧[^⟦⟧，,。]*$|拉[高低]⟦(?P<pulled>[^⟧]*)⟧[^。]*$")
_WHOLE_OF_LIST = re.compile(r"对⟦(?P<whole>[^⟧]*)⟧的贡献[是为][：:][^。]*$")
_WHOLE_BEHIND = re.compile(r"[^⟦⟧，,。；;]{0,24}? (?:in|of) ⟦(?P<whole>[^⟧]*)⟧")
_SAID_WHOLE = (_WHOLE_BEFORE, _PULLED_BY, _WHOLE_OF_LIST)
_RUN = re.compile(r"((?:⟦[^⟧]*⟧(?:、|和|与|以及|, | and ))+)⟦[^⟧]*⟧[^⟦⟧]*$")
_PAIRED = {Kind.DIFFERENCE, Kind.COUNT, Kind.CHANGE, Kind.CONTRIBUTION}


@dataclass(frozen=True)
class Place:
    """Where a number stands.

    Attributes
    ----------
    earlier, sentence : str
        The text before the sentence, and the sentence, with a mark for each name.
    start, end : int
        Where the number begins and ends in the sentence.
    topic : str or None
        The node that its paragraph is about.
    """

    earlier: str
    sentence: str
    start: int
    end: int
    topic: str | None

    @cached_property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence[: self.start]

    @cached_property
    def subject(self) -> str:
        """The same without the whole that a part is weighed in."""
        return _TOWARDS.sub("", _WEIGHED.sub("", self.before))

    @cached_property
    def names(self) -> list[str]:
        """The nodes named before the number, without that whole."""
        return NAME.findall(self.subject)

    @cached_property
    def is_supposed(self) -> bool:
        """Whether the sentence tells what would be."""
        return bool(_SUPPOSED.match(self.sentence.lstrip()))

    @cached_property
    def clause(self) -> str:
        """The clause up to the number."""
        return _CLAUSE_END.split(self.before)[-1]


def is_one_of(place: Place, figures: Sequence[Figure], tree: Tree) -> bool:
    """Whether a number is said to be what one of the figures that it equals is."""
    of_kind = [figure for figure in figures if _is_of_kind(figure, place, tree) and _is_of_year(figure, place)]
    fitting = [figure for figure in of_kind if _is_of_node(figure, place, tree) and _is_of_whole(figure, place, tree)]
    if not fitting:
        return False
    joined = _joined_names(place.subject)
    if not joined or any(figure.kind in _PAIRED for figure in fitting):
        return True
    return all(any(figure.node_id == node for figure in of_kind) for node in joined)


def sentences(plain: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield what stands before each sentence, the sentence, and the node that its paragraph is about."""
    topic: str | None = None
    end = 0
    for match in SENTENCE.finditer(plain):
        new_paragraph = "\n\n" in plain[end : match.start()]
        names = NAME.findall(match[0])
        if names and (topic is None or new_paragraph):
            topic = names[0]
        end = match.end()
        yield plain[: match.start()], match[0], topic


def _is_of_node(figure: Figure, place: Place, tree: Tree) -> bool:
    """Whether a figure is of the node named last before a number, or of a part of it; without one, of the topic."""
    if not place.names:
        spoken_of = {
            node
            for node in (
                place.topic,
                *NAME.findall(place.earlier)[-1:],
                *NAME.findall(_TOWARDS.sub("", place.sentence)),
            )
            if node
        }
        if figure.kind is Kind.TARGET:
            spoken_of |= {whole for node in spoken_of for whole in tree.above(node)}
        return not spoken_of or figure.kind in _COUNTED or bool({figure.node_id, figure.within} & spoken_of)
    own = bool(_OWN.search(place.subject) or _LIMIT.search(place.subject))
    is_part = place.names[-1] == figure.within and figure.kind is not Kind.WEIGHT
    return place.names[-1] == figure.node_id or (is_part and not own)


def _is_of_year(figure: Figure, place: Place) -> bool:
    """Whether a figure is of the year named last in the clause of a number; else of one that the sentence names."""
    if figure.year is None:
        return True
    years = {int(year) for year in YEAR.findall(place.sentence)}
    if _ARROW.match(place.sentence, place.end) and len(years) > 1:
        return figure.year == min(years)
    in_clause = list(YEAR.finditer(place.clause)) if _HAN.search(place.sentence) else []
    if not in_clause:
        spans = {(int(span["first"]), int(span["last"])) for span in SPAN.finditer(place.sentence)}
        if spans and figure.base_year is not None and years == {year for span in spans for year in span}:
            return (figure.base_year, figure.year) in spans
        return not years or bool(years & {figure.year, figure.base_year})
    year = int(in_clause[-1][0])
    if direct := _OF_YEAR.search(place.before):
        in_brackets = direct[0].rstrip()[-1] in "（("
        if in_brackets or not COUNTED_FROM.search(place.clause[: in_clause[-1].start()]):
            return figure.year == year
    return year in (figure.year, figure.base_year)


def _is_of_kind(figure: Figure, place: Place, tree: Tree) -> bool:
    """Whether a figure is of the kind that the words before a number tell."""
    if figure.kind in _COUNTED:
        return not _DECIMALS.match(place.sentence, place.start)
    if _PULLED_BY.search(place.before) and _OWN.search(place.before):
        return figure.kind is Kind.CONTRIBUTION
    if _SUMMED.search(place.before):
        return figure.kind is Kind.WEIGHT or (figure.kind is Kind.CONTRIBUTION and figure.node_id == figure.within)
    if _LARGEST_PART.search(place.clause) and _OWN.search(place.before):
        return figure.kind in _PARTS and figure.node_id != figure.within
    if _TOWARDS.search(place.before):
        return figure.kind in _PARTS
    clause = _ITEM_END.split(place.clause)[-1]
    if _LIMIT.search(clause):
        return figure.kind is Kind.TARGET and figure.magnitude == place.sentence[place.start : place.end]
    if _BOUND.search(clause) and _OF_BOUND.match(place.sentence, place.end):
        return figure.kind is Kind.TARGET
    if _SCORED.search(clause):
        return figure.kind is Kind.SCENARIO or (figure.kind is Kind.SCORE and not place.is_supposed)
    if _OBSERVED.search(place.before):
        unit = tree.measure_units.get(figure.node_id, figure.measure_unit)
        return figure.kind in _RAW and figure.measure_unit == unit
    if (start := _FROM.search(clause)) and not place.sentence.startswith(start["unit"], place.end):
        return False
    if _ACTUAL.search(clause):
        return figure.kind in {Kind.SCORE, Kind.RAW}
    if _MOVED_BY.search(clause):
        return figure.kind in _MOVES | {Kind.SCENARIO, Kind.TARGET}
    told = [match for match in _KIND.finditer(clause)]
    if not told:
        return True
    kinds = list(_KINDS.values())[next(i for i in range(len(_KINDS)) if told[-1][f"k{i}"])]
    if kinds is _SCORES and place.is_supposed:
        kinds = {Kind.SCENARIO}
    return figure.kind in kinds


def _is_of_whole(figure: Figure, place: Place, tree: Tree) -> bool:
    """Whether a figure of a part is measured in the whole that is spoken of."""
    if figure.within is None or figure.kind is Kind.DIFFERENCE or figure.node_id == figure.within:
        return True
    if behind := _WHOLE_BEHIND.match(place.sentence, place.end):
        return behind["whole"] == figure.within
    said = next(filter(None, (words.search(place.before) for words in _SAID_WHOLE)), None)
    if said and any(said.groups()):
        return figure.within in said.groups()
    above = set(tree.above(figure.node_id))
    for text in (place.before, place.earlier):
        wholes = [name for name in NAME.findall(text) if name in above]
        if wholes:
            return wholes[-1] == figure.within
    return True


def _joined_names(before: str) -> list[str]:
    """List the nodes that share the number behind them with the node named last."""
    run = _RUN.search(before)
    return NAME.findall(run[1]) if run else []
