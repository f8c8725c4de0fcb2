"""Claims of a highest, a lowest, a largest: the figure given must be that among its like that are spoken of."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Figure, Kind
from assistant.evidence import NUMBER, SENTENCE, YEAR, Evidence, Finding, Tree, blank, digits_of, shows
from assistant.guard.entities import entity_marks
from assistant.guard.places import ends_of
from assistant.guard.tables import ENTITY, NAME, unit_heading
from assistant.language.motion import DIRECTION

_CLAUSE_END = re.compile(r"[，,：:]")
_TOP = r"最[高多大]|[较更][高多大](?!于)|(?:超过|高于|大于)其[他它余]|highest|most|largest"
_BOTTOM = r"最[低少小]|[较更][低少小](?!于)|lowest|least|smallest"
_EXTREME = re.compile(
    rf"(?<![a-z])(?<!\bat )(?:(?P<top>{_TOP})|(?P<bottom>{_BOTTOM}))(?![a-z])"
    r"(?<![\u4e00-\u9fff](?!的?(?:[是为]|一[个项]|拖累|因素|[，,。]|$)|任何|[所各指]|[（(]))",
    re.IGNORECASE,
)
_FIRST_TIME = re.compile(
    r"(?:(?P<since>(?:19|20)\d\d)年?以来的?)?(?:首次|第一次)(?:出现)?"
    r"|第[二三四五六七八九十]次|历史(?:新高|新低)|for the first time|record (?:high|low)",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(r"的?(?:年份)?是?\s*(?:(?:19|20)\d\d)|[^,。]*\d[^,。]* in (?:19|20)\d\d", re.IGNORECASE)
_OF_YEARS = re.compile("历年|各年|历史|以来$")
_SAID_BEHIND = re.compile(r"\s?(?:score|contribution|change|rise|fall|drop|weight)", re.IGNORECASE)
_AMONG = re.compile(r"[个项][^，,。；;\d]{0,8}[中里]")
_SAID_OTHERS = re.compile(r"[^，,。；;]*")
_ROSE_OR_FELL = re.compile(r"上升|下降|升幅|降幅|rose|fell")
# Said of a part that moved a whole: the way it did is told.
_PULLED = re.compile("(?P<up>拉高|raised)|(?P<down>拉低|lowered)")
_KINDS = {
    "帮助|add most": {Kind.TARGET},
    "相差|difference": {Kind.CHANGE, Kind.DIFFERENCE},
    "权重|weigh": {Kind.WEIGHT},
    "拉[高低]|raised|lowered": {Kind.CONTRIBUTION},
    "贡献|影响|contribution|effect": {Kind.CONTRIBUTION, Kind.SHARE},
    "上升|下降|变化|幅|[进退]步|提[高升]|改善|增[加长]|rose|fell|moved|change|rise|fall|drop": {Kind.CHANGE},
    "观测值|observed": {Kind.RAW},
    "得分|score": {Kind.SCORE},
}


def wrong_extremes(plain: str, evidence: Evidence) -> list[Finding]:
    """Find what a text, with a mark for each name, calls the most or the least of its like and is not."""
    findings = [
        Finding(match[0], "没有依据说是首次")
        for sentence in SENTENCE.findall(plain)
        for match in _FIRST_TIME.finditer(sentence)
        if not _is_first(sentence, match, evidence.figures)
    ]
    paragraphs = plain.split("\n\n")
    latest: list[str] = []
    under = ""
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        table = following if following.startswith("|") else ""
        spoken_of = set(NAME.findall(paragraph + table))
        under = unit_heading(paragraph) or under
        of_unit = evidence if ENTITY.search(paragraph) else _of_unit(evidence, under)
        for sentence in SENTENCE.findall(paragraph):
            latest = NAME.findall(sentence)[:1] or latest
            masked = YEAR.sub(blank, NAME.sub(blank, sentence))
            for claim in _EXTREME.finditer(masked):
                if not _is_extreme(sentence, masked, claim, spoken_of, latest, of_unit):
                    findings.append(Finding(sentence[claim.start() :].strip(), "不是所说的最高或最低"))
    return findings


def _of_unit(evidence: Evidence, mark: str) -> Evidence:
    """Leave of the evidence the figures of the unit under whose name a text stands, if any."""
    unit = next((unit for unit, own in entity_marks(evidence.entities).items() if own == mark), "")
    if not unit:
        return evidence
    return replace(evidence, figures=[f for f in evidence.figures if f.unit in ("", unit) or f.other_unit])


def _is_first(sentence: str, claim: re.Match[str], figures: Sequence[Figure]) -> bool:
    """Whether a node moved one way in the year that a sentence speaks of, and in no other one since a year it names."""
    moved, nodes = DIRECTION.match(sentence, claim.end()), NAME.findall(sentence[: claim.start()])
    years = ends_of(sentence[: claim.start()])
    if not claim["since"] or not moved or not nodes or not years:
        return False
    direction, until = 1 if moved["rise"] else -1, max(years)
    steps = {
        f.year: f.direction
        for f in figures
        if f.kind is Kind.CHANGE and f.node_id == nodes[-1] and f.year and f.base_year == f.year - 1
    }
    since = range(int(claim["since"]) + 1, until)
    return steps.get(until) == direction and all(steps.get(year, direction) != direction for year in since)


def _is_extreme(
    sentence: str, masked: str, claim: re.Match[str], spoken_of: set[str], latest: Sequence[str], evidence: Evidence
) -> bool:
    """Whether the figure that a claim gives is the extreme among its peers: other years, or other nodes."""
    behind = (_SAID_OTHERS if claim[0].endswith(("他", "它", "余")) else _SAID_BEHIND).match(sentence, claim.end())
    among = _AMONG.search(sentence, 0, claim.start()) is not None
    if claim[0][0] in "较更" and not among:
        return True
    clause = _CLAUSE_END.split(sentence[: claim.start()])[-1] + (behind[0] if behind else "")
    said = next((kinds for words, kinds in _KINDS.items() if re.search(words, clause)), None)
    figures = [f for f in evidence.figures if f.kind in (said or {Kind.SCORE})]
    given = [digits_of(number) for number in NUMBER.finditer(masked, claim.end())]
    by_year = _BY_YEAR.match(sentence, claim.end()) is not None or _OF_YEARS.search(clause) is not None
    if given:
        claimed = next(filter(None, ([f for f in figures if shows(f, digits)] for digits in given)), None)
    else:
        claimed = _meant(sentence, claim, figures, latest, by_year=by_year) if said else None
    if claimed is None:
        return True
    sign = 1 if claim["top"] else -1
    pulled = _PULLED.search(clause)
    wholes = {(f.node_id, f.year, f.base_year): f.direction for f in evidence.figures if f.kind is Kind.CHANGE}
    for figure in claimed:
        whole = wholes.get((figure.within or "", figure.year, figure.base_year)) or 1
        whole = (-1 if pulled["down"] else 1) if pulled else whole
        readings = _readings(figure, figures, spoken_of, by_year, evidence.tree)
        readings = [_beside(figure, figures, evidence.tree)] if among and not by_year else readings
        if any(_leads(figure, peers, clause, sign * whole) for peers in readings):
            return True
    return False


def _readings(
    figure: Figure, figures: Sequence[Figure], spoken_of: set[str], by_year: bool, tree: Tree
) -> list[list[Figure]]:
    """List what a figure can be the extreme of: what is spoken of with it, else its storey, its years, other units."""
    of_node = [
        f
        for f in figures
        if (f.node_id, f.kind, f.within, f.measure_unit)
        == (figure.node_id, figure.kind, figure.within, figure.measure_unit)
    ]
    of_years = [f for f in of_node if f.unit == figure.unit and _length(f) == _length(figure)]
    if by_year:
        return [of_years]
    beside = _beside(figure, figures, tree)
    together = [f for f in beside if f.kind is Kind.CONTRIBUTION or f.node_id in spoken_of]
    if len(together) > 1:
        return [together]
    of_units = [f for f in of_node if (f.year, f.base_year) == (figure.year, figure.base_year)]
    of_storey = [f for f in beside if f.unit == figure.unit]
    return [peers for peers in (of_storey, of_years, of_units) if len(peers) > 1] or [[figure]]


def _meant(
    sentence: str, claim: re.Match[str], figures: Sequence[Figure], latest: Sequence[str], *, by_year: bool
) -> list[Figure] | None:
    """Find the figures that a claim without a number means, of its node and year; None where it names no node."""
    before = NAME.findall(sentence[: claim.start()])
    behind = NAME.findall(_CLAUSE_END.split(sentence[claim.end() :])[0])
    nodes = (before[-1:] if by_year else behind[:1] or before[-1:]) or (latest if by_year else [])
    years = [int(year) for year in YEAR.findall(sentence[claim.end() :] if by_year else sentence)]
    years = years or sorted(ends_of(sentence))
    if not nodes or (by_year and not years):
        return None
    meant = [f for f in figures if f.node_id in nodes and (not years or f.year in years)]
    return [f for f in meant if not by_year or _length(f) == min(map(_length, meant))]


def _beside(figure: Figure, figures: Sequence[Figure], tree: Tree) -> list[Figure]:
    """List the figures of the same storey and time; of what moved a whole, those of the same whole."""

    def peers_of(f: Figure) -> tuple[object, ...]:
        of_whole = (f.within, f.unit) if f.kind is Kind.CONTRIBUTION else f.within
        return f.year, f.base_year, f.kind, of_whole, f.measure_unit, tree.levels.get(f.node_id)

    return [f for f in figures if peers_of(f) == peers_of(figure) and (f.node_id != f.within or f is figure)]


def _length(figure: Figure) -> int:
    """Give over how many years a figure counts."""
    return (figure.year or 0) - (figure.base_year or figure.year or 0)


def _leads(figure: Figure, peers: Sequence[Figure], clause: str, sign: int) -> bool:
    """Whether no peer lies further the way a claim says; of what rose or fell, only what moved the same way counts."""
    if _ROSE_OR_FELL.search(clause):
        peers = [peer for peer in peers if peer.direction == figure.direction]
    by_value = all(sign * figure.value >= sign * peer.value for peer in peers)
    by_size = all(sign * abs(figure.value) >= sign * abs(peer.value) for peer in peers)
    return by_size if figure.kind is Kind.CHANGE else by_value
