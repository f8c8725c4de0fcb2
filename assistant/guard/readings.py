"""What a number in a text is said to be: of which node, year, kind and whole, by the words around it."""

import re
from collections.abc import Sequence

from assistant.answer import Figure, Kind
from assistant.evidence import COUNTED_FROM, SPAN, YEAR, Tree
from assistant.guard.entities import is_of_entity
from assistant.guard.places import TOWARDS, Place, joined_names
from assistant.guard.tables import NAME
from assistant.language.motion import CAUSING, MOVES

_ITEM_END = re.compile(r"[）)：:⟧]")
_ARROW = re.compile(r"[^\d（）()，,]{0,6}→")
_BEHIND_ARROW = re.compile(r"→\s*$")
_DECIMALS = re.compile(r"\d+\.\d")

# What a number behind such words is; the words nearest to it count.
_SCORES = {Kind.SCORE, Kind.SCENARIO, Kind.TARGET}
_MOVES = {Kind.CHANGE, Kind.DIFFERENCE}
_SIGNED = {Kind.CHANGE, Kind.CONTRIBUTION}
_PARTS = {Kind.CONTRIBUTION, Kind.SHARE}
_KINDS = {
    "实际的?|actual|现得分|score now": {Kind.SCORE, Kind.RAW},
    "假设|supposed": {Kind.SCENARIO},
    "还可多得|could still add|单靠它需要|needed alone": {Kind.TARGET},
    "权重|weight|weighing": {Kind.WEIGHT},
    r"贡献率|占比|\bshare\b": {Kind.SHARE},
    "比重": {Kind.WEIGHT, Kind.SHARE},
    "贡献|影响|contribut(?:ion|ed|es)|effect": _PARTS,
    r"相差|差距|\bapart|\bgap\b": {Kind.DIFFERENCE, Kind.CHANGE, Kind.TARGET},
    "变化|change|比上年|year on year|[升降]最[多少大小]|(?:rose|fell) (?:most|least)": _MOVES,
    "印出|印的|prints?|printed": {Kind.PRINTED},
    "得分|scored|score": _SCORES,
    "占": {Kind.WEIGHT, Kind.SHARE},
}
_KIND = re.compile("|".join(f"(?P<k{i}>{words})" for i, words in enumerate(_KINDS)), re.IGNORECASE)
_KINDS_BY_GROUP: dict[str | None, set[Kind]] = {f"k{i}": kinds for i, kinds in enumerate(_KINDS.values())}
_SCORED = re.compile(r"得分为\s*$")
_BESIDE_ACTUAL = re.compile(r"[^\d。]*比实际的")
_OBSERVED = re.compile(r"(?:观测值|[Oo]bserved values?)\s*[：:]?(?:(?!得分|score)[^。；;，,）)])*$")
# Two numbers that something goes between are in the same unit.
_FROM = re.compile(
    r"由\d[\d.]*(?P<unit>[^\d，,（(到变升降上下提增减回]*)[上下]?(?:[升降变]|提高|增[加长]|减少|回落)?[到至为]$"
    r"|were \d[\d.]*(?P<units>[^\d,()]*?) instead of $"
)
_STARTS = re.compile(r"(?:[由从]|from )$")
_GOES_ON = re.compile(r"\d[\d.]*[^\d，,]{0,8}(?:到|to )\d")
_ENDS = re.compile(r"(?:由|from )\d[\d.]*[^\d，,]*(?:到|to )$")
_OBSERVED_IS = re.compile(r"(?:观测值[是为]|[Oo]bserved value(?: of ⟦[^⟧]*⟧)?(?: in \d{4})? (?:is|was)) ?$")
# How far what was observed moved, behind the two values.
_OBSERVED_MOVE = re.compile(
    r"[Oo]bserved value of ⟦[^⟧]*⟧ went (?:up|down)(?:[^.\n]|\.\d)*\bby $|观测值由[^。；;\n]*(?:上升|下降)$"
)
# How far a score moved, behind the score.
_SCORE_MOVE = re.compile(r"⟧ was \d[\d.]* (?:[^.\n]|\.\d)*\b(?:up|down) $|得分为\d[^。；;\n]*(?:上升|下降)$")
_YEAR_BEHIND = re.compile(r"[^\d,，。；;（()]{0,24} in (?P<year>(?:19|20)\d\d)(?!\d)")
_SCORE_OF = re.compile(r"(?:得分由[^，,（）]*|score of ⟦[^⟧]*⟧ were [^,()]*|单靠它需要\s*|[Nn]eeded alone\s*)$")
_BECOMES = re.compile(r"(?:变为|\bwere )$")
_RAW = {Kind.RAW, Kind.TARGET, Kind.SCENARIO}
ACTUAL = re.compile(r"(?:由|实际的|from|instead of|the actual)\s?$")
_LIMIT = re.compile(r"(?:能达到|达不到|(?:^|[，,])到|离|short of)\s*$")
_STILL_SHORT = re.compile(r"(?:离|距离?)\s?\d[\d.]*[^，,。\d]{0,3}(?:还|尚)?(?:有|差|缺|相差)\s*$")
_BOUND = re.compile(r"(?:达到|低于|高于|超过|不足|不到|at least|below|above)\s*$")
_OF_BOUND = re.compile(r"[^\d，,。（(]{0,6}的|.*:")
_LARGEST_PART = re.compile(r"贡献最[大小]的是|contribution[^.]* (?:from|is that of)")
_EFFECTS = re.compile(r"(?:差距的?影响|effects? on the gap)[^。；;]*$", re.IGNORECASE)
_CONTRIBUTED = re.compile(r"贡献[为是]\s*$")
_TOGETHER = re.compile(r"(?:合计|一?共|加起来)占⟦[^⟧]*⟧的?(?:权重的?为?)?$|[Tt]ogether they weigh $")
_SUMMED = re.compile(r"(?:相加为|add up to)\s*$")
_AGAINST = re.compile(r"(?:与|和|同|跟|较|比)(?P<year>(?:19|20)\d\d)年[^，,。；;]{0,20}相比", re.IGNORECASE)
# A number in brackets behind a year is of that year, not of one that starts in it.
_BRACKETED_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?的?\s*[（(]\s*$")
_COUNTED = {Kind.COUNT, Kind.RANK}
_PLACE = re.compile(r"第\s?$|(?:名次|排名|\brank(?:s|ed)?|\bplaces?|#|No\.)[^，,。]{0,6}$", re.IGNORECASE)
_MEAN = re.compile(r"(?:平均(?:得分|分数|分|值|水平)?|均值)[为是]?\s*$|\baveraged (?:at )?$", re.IGNORECASE)
_MOVED_BY = re.compile(r"(?:上升|下降|提高|降低|增加|减少|(?<!拉)[高低]|up|down|rose|fell)了?\s*(?:by\s*)?$")
_LEVELS = {Kind.SCORE, Kind.RAW, Kind.PRINTED, Kind.SCENARIO, Kind.TARGET}
_LEVEL_OF = re.compile(r"(?:比|较|高于|低于)[^，,。；;]{0,60}(?<!权重)(?<!变化)(?<!贡献)的$")
_PULLED_WAY = re.compile(
    r"(?:dragged|pulled|pushed|lifted|boosted|raised|lowered) ⟦[^⟧]*⟧(?: up| down)? by $|(?:拉|推|抬)[高低]⟦[^⟧]*⟧$"
)
_NOW = re.compile(r"目前|现在|当前|currently|at present|\bnow\b", re.IGNORECASE)
_OF_YEAR = re.compile(r"(?:19|20)\d\d年?的?\s*$")
# What a number right behind a name is of: that node, not a part of it.
_OWN = re.compile(r"⟧(?: alone accounts for |\s?[（(][^（）()⟦⟧]{0,3}|的?(?:得分|贡献率|贡献|权重|变化)均?为)$")
# Parts that pull a whole up or down are followed by what they contribute to it.
_PULLED_BY = re.compile(
    r"(?:拉高|拉低|推高|拖累)⟦(?P<whole>[^⟧]*)⟧(?:最多)?的(?:主要)?是|抵消(?:一部分)?的(?:主要)?是"
    r"|⟦(?P<of>[^⟧]*)⟧ was (?:raised|lowered)(?: chiefly| most)? by|\boffset(?:, chiefly)? by"
)
_WEIGHT_IN = re.compile(
    r"(?:占\s?⟦[^⟧]*⟧的权重为?|[Ww]eight in ⟦[^⟧]*⟧"
    r"|在\s?⟦[^⟧]*⟧(?:之?[中内里]|当中|内部)的?(?:占|(?:权重|比重)[是为占]?))\s*$"
)
_CAUSED = re.compile(rf"{CAUSING}⟦(?P<whole>[^⟧]*)⟧{MOVES}$")
# A movement in brackets behind the two numbers that it lies between.
_IN_BRACKETS = re.compile(r"\d[^\d（()）]*[（(]\s*$")
# The whole that a part is weighed in, where a text says so.
_WHOLE_BEFORE = re.compile(
    r"(?:占|对|在|贡献了?|带来了?|\bto |[Ww]eight in )\s?⟦(?P<whole>[^⟧]*)⟧[^⟦⟧，,。]*$"
    r"|拉[高低]⟦(?P<pulled>[^⟧]*)⟧[^。]*$"
)
_WHOLE_OF_LIST = re.compile(r"对⟦(?P<whole>[^⟧]*)⟧的贡献[是为][：:][^。]*$")
_WHOLE_BEHIND = re.compile(r"(?:[^⟦⟧，,。；;]{0,24}? (?:in|of)| [a-z]+ to) ⟦(?P<whole>[^⟧]*)⟧")
_SAID_WHOLE = (_CAUSED, _WHOLE_BEFORE, _PULLED_BY, _WHOLE_OF_LIST)
# In a table these are of the node that the row names, not of one above it.
_OF_ROWS = {Kind.CONTRIBUTION, Kind.DIFFERENCE}
_PAIRED = {Kind.DIFFERENCE, Kind.COUNT, Kind.CHANGE, Kind.CONTRIBUTION}


def is_one_of(place: Place, figures: Sequence[Figure], tree: Tree, entities: Sequence[str]) -> bool:
    """Whether a number is said to be what one of the figures that it equals is."""
    of_node = [figure for figure in figures if _is_of_node(figure, place, tree) and _is_of_whole(figure, place, tree)]
    fitting = [figure for figure in of_node if _is_of_rest(figure, place, tree, entities)]
    if not fitting:
        return False
    joined = joined_names(place.subject) if len(place.names) > 1 else []
    if not joined or any(figure.kind in _PAIRED for figure in fitting):
        return True
    shared = {figure.node_id for figure in figures if _is_of_rest(figure, place, tree, entities)}
    return shared.issuperset(joined)


def _is_of_rest(figure: Figure, place: Place, tree: Tree, entities: Sequence[str]) -> bool:
    """Whether a figure is of the scored unit, year and kind that the words before a number tell."""
    return is_of_entity(figure, place, entities) and _is_of_year(figure, place) and _is_of_kind(figure, place, tree)


def _is_of_node(figure: Figure, place: Place, tree: Tree) -> bool:
    """Whether a figure is of the node named last before a number, or of a part of it; without one, of the topic."""
    if not place.names:
        spoken_of = {
            node
            for node in (
                place.context.topic,
                *place.context.earlier[-1:],
                *NAME.findall(TOWARDS.sub("", place.sentence)),
            )
            if node
        }
        if figure.kind is Kind.TARGET:
            spoken_of |= {whole for node in spoken_of for whole in tree.above(node)}
        return not spoken_of or figure.kind in _COUNTED or bool({figure.node_id, figure.within} & spoken_of)
    own = bool(_OWN.search(place.subject) or _LIMIT.search(place.subject))
    of_row = place.is_cell and figure.kind in _OF_ROWS
    is_part = place.names[-1] == figure.within and figure.kind is not Kind.WEIGHT and not of_row
    return place.names[-1] == figure.node_id or (is_part and not own)


def _is_of_year(figure: Figure, place: Place) -> bool:
    """Whether a figure is of the year named last in the clause of a number; else of one that the sentence names."""
    if figure.year is None:
        return True
    if figure.kind is Kind.MEAN:
        spans = {(int(span["first"]), int(span["last"])) for span in SPAN.finditer(place.sentence)}
        return (figure.base_year or 0, figure.year) in spans
    years = place.years
    against = _AGAINST.search(place.before)
    if against and figure.base_year not in (None, int(against["year"])):
        return False
    if behind := _YEAR_BEHIND.match(place.sentence, place.end):
        return int(behind["year"]) in ((figure.year, figure.base_year) if figure.base_year else (figure.year,))
    if figure.base_year is None and (at := _end_of_span(place)):
        return figure.year == at
    if place.is_cell and len(years) == 1:
        return figure.year in years and not (figure.kind is Kind.DIFFERENCE and figure.base_year)
    if bracketed := _BRACKETED_YEAR.search(place.before):
        return figure.year == int(bracketed["year"])
    if _ARROW.match(place.sentence, place.end) and len(years) > 1:
        return figure.year == min(years)
    if _BEHIND_ARROW.search(place.before) and len(years) > 1:
        return figure.year == max(years)
    in_clause = list(YEAR.finditer(place.clause))
    in_clause = in_clause if in_clause and place.is_chinese else []
    if not in_clause and figure.base_year is None and _STARTS.search(place.before) and len(years) == 1:
        goes_on = _GOES_ON.match(place.sentence, place.start)
        return figure.year == min(years) - 1 or (figure.year == min(years) and not goes_on)
    if not in_clause:
        spans = {(int(span["first"]), int(span["last"])) for span in SPAN.finditer(place.sentence)}
        if len(spans) > 1 and figure.kind is Kind.DIFFERENCE:
            return {figure.year, figure.base_year} == {last for _, last in spans}
        if spans and figure.base_year is not None and set(years) == {year for span in spans for year in span}:
            return (figure.base_year, figure.year) in spans
        if figure.kind is Kind.CONTRIBUTION and len(years) == 1:
            return figure.year in years
        return not years or bool(years & {figure.year, figure.base_year})
    year = int(in_clause[-1][0])
    if _OF_YEAR.search(place.before) and not COUNTED_FROM.search(place.clause[: in_clause[-1].start()]):
        return figure.year == year
    if figure.base_year is None and _STARTS.search(place.before) and figure.year == year - 1:
        return True
    return year in (figure.year, figure.base_year)


def _end_of_span(place: Place) -> int | None:
    """Tell the year that a number is of which stands at one end of a movement over a span of years."""
    spans = list(SPAN.finditer(place.before))
    if not spans or YEAR.search(place.before, spans[-1].end()):
        return None
    if _STARTS.search(place.before):
        return int(spans[-1]["first"])
    return int(spans[-1]["last"]) if _ENDS.search(place.before) else None


def _is_of_kind(figure: Figure, place: Place, tree: Tree) -> bool:
    """Whether a figure is of the kind that the words before a number tell."""
    if _MEAN.search(place.before) or figure.kind is Kind.MEAN:
        return bool(_MEAN.search(place.before)) and figure.kind is Kind.MEAN
    if place.is_cell and figure.kind in _SIGNED and figure.direction and place.sentence[place.start] not in "+-−":
        return False
    is_apart = place.is_cell and figure.kind is Kind.DIFFERENCE and figure.direction
    if is_apart and (place.sentence[place.start] in "-−") is not (figure.direction < 0):
        return False
    if figure.kind is Kind.RANK:
        return bool(_PLACE.search(place.before)) or place.is_cell
    if figure.kind is Kind.COUNT:
        return not _DECIMALS.match(place.sentence, place.start)
    if _PULLED_BY.search(place.before) and _OWN.search(place.before):
        return figure.kind is Kind.CONTRIBUTION
    if _SUMMED.search(place.before):
        return figure.kind is Kind.WEIGHT or (figure.kind is Kind.CONTRIBUTION and figure.node_id == figure.within)
    if _LARGEST_PART.search(place.clause) and _OWN.search(place.before):
        return figure.kind in _PARTS and figure.node_id != figure.within
    if _EFFECTS.search(place.before) or _CONTRIBUTED.search(place.before):
        return figure.kind is Kind.CONTRIBUTION
    if _TOGETHER.search(place.before):
        return figure.kind is Kind.WEIGHT and figure.node_id == figure.within
    if TOWARDS.search(place.before):
        return figure.kind in _PARTS
    if _CAUSED.search(place.before):
        return figure.kind is Kind.CONTRIBUTION
    if _IN_BRACKETS.search(place.before) and place.sentence[place.start] in "+-−":
        return figure.kind in _MOVES
    if _WEIGHT_IN.search(place.before):
        return figure.kind is Kind.WEIGHT
    clause = _ITEM_END.split(place.clause)[-1]
    if _STILL_SHORT.search(place.before):
        return figure.kind is Kind.TARGET
    if _LIMIT.search(clause):
        return figure.kind is Kind.TARGET and figure.magnitude == place.sentence[place.start : place.end]
    if _BOUND.search(clause) and _OF_BOUND.match(place.sentence, place.end):
        return figure.kind is Kind.TARGET
    if _SCORED.search(clause) and _BESIDE_ACTUAL.match(place.sentence, place.end):
        return figure.kind is Kind.SCENARIO
    if _SCORED.search(clause):
        return figure.kind is Kind.SCENARIO or (figure.kind is Kind.SCORE and not place.is_supposed)
    if _OBSERVED_IS.search(place.before) and not place.is_supposed:
        return figure.kind is Kind.RAW
    if tree.score_unit not in ("", figure.measure_unit) and _SCORE_MOVE.search(place.before):
        return False
    if _OBSERVED_MOVE.search(place.before):
        return figure.measure_unit == tree.measure_units.get(figure.node_id, figure.measure_unit)
    if _OBSERVED.search(place.before):
        unit = tree.measure_units.get(figure.node_id, figure.measure_unit)
        kinds = {Kind.RAW} if ACTUAL.search(place.before) else _RAW
        return figure.kind in kinds and figure.measure_unit == unit
    if _SCORE_OF.search(place.before) and figure.measure_unit != tree.score_unit:
        return False
    if start := _FROM.search(clause):
        unit = (start["unit"] or start["units"] or "").strip()
        if not place.sentence[place.end :].lstrip().startswith(unit):
            return False
    if place.is_supposed and _BECOMES.search(clause):
        return figure.kind is Kind.SCENARIO
    if ACTUAL.search(clause):
        return figure.kind in {Kind.SCORE, Kind.RAW}
    if _LEVEL_OF.search(clause):
        return figure.kind in _LEVELS
    if _PULLED_WAY.search(place.before):
        return figure.kind is Kind.CONTRIBUTION
    if _NOW.search(clause) and figure.kind in {Kind.SCENARIO, Kind.TARGET}:
        return False
    if _MOVED_BY.search(clause):
        return figure.kind in _MOVES | {Kind.SCENARIO, Kind.TARGET}
    told = [match.lastgroup for match in _KIND.finditer(clause)]
    if not told:
        return figure.kind is not Kind.PRINTED
    kinds = _KINDS_BY_GROUP[told[-1]]
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
    for named in (NAME.findall(place.before), place.context.earlier):
        wholes = [name for name in named if name in above]
        if wholes:
            return wholes[-1] == figure.within
    return True
