"""Claims of rise and fall: each must have the sign of the figure that it speaks of."""

import re
from collections.abc import Sequence

from assistant.answer import Figure, Kind
from assistant.evidence import COMPARED, NUMBER, SPAN, YEAR, Evidence, Finding, blank, digits_of, shows
from assistant.guard.places import ends_of, joined_names
from assistant.guard.tables import NAME
from assistant.guard.units import units_after
from assistant.language.motion import DIRECTION, PULLING

_CLAUSE = re.compile(r"[^。！？；;，,：:\n|]+")
_EVERY_YEAR = re.compile(r"(?:每年[都均]?在?|逐年|年年|连年|一直在?|持续|不断|(?:always|steadily|continuously)\s)\s*$")
_IN_EVERY = re.compile(
    r"\s*(?:in )?(?:each|every)(?: single)? year|\s*(?:steadily|continuously|year by year|year after year)"
)
_RUNNING = re.compile(r"连续(?P<years>\d+)年[都均]?(?:保持|实现|出现)?\s*$|(?P<times>\d+)年连$")
_IN_A_ROW = re.compile(r"[^,.。]{0,20}?(?P<years>\d+) (?:consecutive years|years (?:in a row|running))")
_OF_ALL = re.compile(r"所有|全部|各项?指标|各项均|\b(?:all|every|each)\b(?! (?:single )?year)", re.IGNORECASE)
_OF_NONE = re.compile(r"\bnone(?: of (?:them|the \d+|these))?\s*$", re.IGNORECASE)
_BEFORE_THAT = re.compile(r"此前|之前|先前|previous|until then", re.IGNORECASE)
_OF_INDICATORS = re.compile(
    r"(?:全部|所有|各项?)的?(?:指标|观测变量|变量)|\b(?:all|every) (?:the )?(?:indicators?|of)\b"
)
_THEREBY = re.compile(r" in (?:19|20)\d\d \((?P<sign>[-+])")
_SIGNED = re.compile(r"[，,（(]\s*(?P<sign>[-+])\d")
_SENTENCE_END = re.compile(r"[。！？；;\n]")
_DENIAL = re.compile(r"(?:没有|并未|未|不是|无|has not|not|neither|nor|n't)\s*$")
_NOT_EVERY = re.compile(r"(?:并非|不是|没有|并未|未|not|n't)\s*$")
_UNMOVED = re.compile(r"没有变化|did not (?:move|change)")
_SAME_AS = re.compile(
    r"[与和同](?P<year>(?:19|20)\d\d)年[^，,。；;]{0,4}(?:相同|持平|一样|相等)|the same as in (?P<in>(?:19|20)\d\d)"
)
_SUPPOSED = re.compile(r"\s*(?:如果|若|假[设如]|要是|倘若?|if\b|suppose\b)", re.IGNORECASE)
# Between what two values something moved.
_FROM_TO = re.compile(r" from (?P<first>\d+(?:\.\d+)?)\D{0,30}(?:in \d{4} )?to (?P<last>\d+(?:\.\d+)?)(?![\d,])")
_LEVEL = re.compile(r"(?:到|至|为|达|to|at)\s*$")
_MOVING = {Kind.CHANGE, Kind.CONTRIBUTION}


def wrong_directions(plain: str, evidence: Evidence) -> list[Finding]:
    """Find the claims of rise and fall in a text, with a mark for each name, that no figure bears out."""
    findings: list[Finding] = []
    subject: str | None = None
    end = 0
    for clause in _CLAUSE.finditer(plain):
        if _SENTENCE_END.search(plain, end, clause.start()):
            subject = None
        end = clause.end()
        words = clause[0]
        still = _UNMOVED.search(words)
        if still and not _all_unmoved(words, still, plain[: clause.start()], evidence.figures):
            findings.append(Finding(words.strip(), "升降方向与数字不符"))
        if (same := _SAME_AS.search(words)) and not _is_same(same, plain[: clause.start()] + words, evidence.figures):
            findings.append(Finding(words.strip(), "升降方向与数字不符"))
        is_claim = DIRECTION.search(words) and not _SUPPOSED.match(words)
        for claim in () if not is_claim else DIRECTION.finditer(NAME.sub(blank, words)):
            before, behind = words[: claim.start()], words[claim.end() :]
            named = NAME.findall(before) or NAME.findall(words)
            who = named[-1] if named else subject
            every, run = _EVERY_YEAR.search(before), _RUNNING.search(before) or _IN_A_ROW.match(behind)
            listed = _SIGNED.search(_rest_of_sentence(plain, end)) if behind == "" else _THEREBY.match(behind)
            if every or run or _IN_EVERY.match(behind):
                spoken_of = who or next(reversed(NAME.findall(plain[: clause.start()])), None)
                count = int(next(filter(None, run.groups()))) if run else 0
                steps = _within(_steps(spoken_of, evidence.figures), SPAN.search(before))
                steps = steps[:-1] if _BEFORE_THAT.search(before) else steps
                is_denied = bool(_NOT_EVERY.search(before[: every.start()] if every else before))
                proven = bool(steps) and is_denied != _is_in_steps(claim, steps, count)
            elif listed:
                proven = (listed["sign"] == "+") == bool(claim["rise"])
            elif _OF_ALL.search(before) and not _DENIAL.search(before):
                named = joined_names(before) or NAME.findall(before)
                together = set(named) if len(named) > 1 and not _OF_INDICATORS.search(before) else set[str]()
                changes = [
                    f
                    for f in evidence.figures
                    if f.kind is Kind.CHANGE and _is_of_years(f, words) and (not together or f.node_id in together)
                ]
                proven = bool(changes) and all(f.direction == _direction(claim) for f in changes)
            elif _OF_NONE.search(before):
                changes = [f for f in evidence.figures if f.kind is Kind.CHANGE and _is_of_years(f, words)]
                proven = bool(changes) and all(f.direction != _direction(claim) for f in changes)
            elif _DENIAL.search(before) and behind.strip() == "的":
                changes = [f for f in evidence.figures if f.kind is Kind.CHANGE and _is_of_years(f, words)]
                below = [f for f in changes if who in (None, *evidence.tree.above(f.node_id))]
                proven = bool(below) and all(f.direction != _direction(claim) for f in below)
            elif _DENIAL.search(before):
                proven = _is_denied(claim, words, who, evidence.figures)
            else:
                together = joined_names(before) or [who]
                proven = all(_is_borne_out(claim, words, node, evidence) for node in together)
            if not proven and not _is_quoted(claim, words, evidence):
                findings.append(Finding(words.strip(), "升降方向与数字不符"))
        if named := NAME.findall(words):
            subject = named[0]
    return findings


def _rest_of_sentence(plain: str, end: int) -> str:
    """Give what a colon introduces, up to the end of its sentence."""
    if plain[end : end + 1] not in ("：", ":"):
        return ""
    stop = _SENTENCE_END.search(plain, end)
    return plain[end : stop.start() if stop else len(plain)]


def _direction(claim: re.Match[str]) -> int:
    return 1 if claim["rise"] else -1


def _steps(subject: str | None, figures: Sequence[Figure]) -> list[Figure]:
    """List the changes of a node from one year of the data to the next, in order."""
    spans = [(f, f.year - f.base_year) for f in figures if f.kind is Kind.CHANGE and f.year and f.base_year]
    shortest = min((span for _, span in spans), default=1)
    steps = {f.year: f for f, span in spans if f.node_id == subject and span == shortest}
    return [steps[year] for year in sorted(year for year in steps if year)] if shortest == 1 or len(steps) > 1 else []


def _within(steps: Sequence[Figure], span: re.Match[str] | None) -> Sequence[Figure]:
    """Keep the steps between two years, where some words name two; none where one of them is not known."""
    if span is None:
        return steps
    years = range(int(span["first"]) + 1, int(span["last"]) + 1)
    kept = [step for step in steps if step.year in years]
    return kept if len(kept) == len(years) else []


def _is_quoted(claim: re.Match[str], words: str, evidence: Evidence) -> bool:
    """Whether a passage says of the same numbers that they went that way."""
    numbers = [digits_of(number) for number in NUMBER.finditer(YEAR.sub(blank, NAME.sub(blank, words)))]
    return bool(numbers) and any(
        [digits for digits in map(digits_of, NUMBER.finditer(YEAR.sub(blank, clause[0]))) if digits in numbers]
        == numbers
        and any(bool(said["rise"]) == bool(claim["rise"]) for said in DIRECTION.finditer(clause[0]))
        for citation in evidence.citations
        for clause in _CLAUSE.finditer(citation.quote)
    )


def _is_in_steps(claim: re.Match[str], steps: Sequence[Figure], count: int) -> bool:
    """Whether all steps, or so many in a row, go the way that is claimed."""
    run = longest = 0
    for before, step in zip([None, *steps], steps, strict=False):
        goes_on = before is not None and before.year == step.base_year
        run = (run if goes_on else 0) + 1 if step.direction == _direction(claim) else 0
        longest = max(longest, run)
    return longest >= (count or len(steps))


def _is_borne_out(claim: re.Match[str], words: str, subject: str | None, evidence: Evidence) -> bool:
    """Whether a figure moves the way a clause claims: the one whose size it gives, else one of its subject."""
    direction, figures = _direction(claim), evidence.figures
    if ends := _FROM_TO.match(words, claim.end()):
        return (float(ends["last"]) - float(ends["first"])) * direction > 0
    moving = [figure for figure in figures if figure.kind in _MOVING]
    if signed := [number for number in NUMBER.finditer(words, 0, claim.start()) if number["sign"]]:
        return all((number["sign"].strip() == "+") == (direction > 0) for number in signed)
    pulled = NAME.match(words, claim.end()) if PULLING.fullmatch(claim[0]) else None
    if pulled and not any(f.direction == direction and f.within == pulled[1] for f in moving):
        return False
    number = NUMBER.search(words, claim.end())
    if number and not YEAR.fullmatch(number["digits"]) and not _LEVEL.search(words[: number.start()]):
        units = units_after(number, evidence.units)
        alike = (figure for figure in moving if not units or figure.measure_unit in units)
        sized = [figure for figure in alike if shows(figure, digits_of(number))]
        own = [figure for figure in sized if subject in (None, figure.node_id, figure.within)]
        if sized:
            return any(figure.direction == direction for figure in own or sized)
    if number and any(_moves_to(figure, direction, subject, digits_of(number), figures) for figure in figures):
        return True
    pulling = bool(PULLING.fullmatch(claim[0]))
    return any(
        figure.direction == direction
        for figure in moving
        if (subject in (None, figure.node_id) or (pulling and subject == figure.within)) and _is_of_years(figure, words)
    )


def _moves_to(figure: Figure, direction: int, subject: str | None, digits: str, figures: Sequence[Figure]) -> bool:
    """Whether a level that is supposed or aimed at lies on that side of what the subject has."""
    if figure.kind not in {Kind.SCENARIO, Kind.TARGET} or figure.node_id != subject or not shows(figure, digits):
        return False
    own = [f for f in figures if f.kind is Kind.SCORE and f.node_id == subject and f.year == figure.year]
    return any((figure.value - f.value) * direction > 0 for f in own if f.measure_unit == figure.measure_unit)


def _is_of_years(figure: Figure, words: str) -> bool:
    """Whether a figure is of a year that some words name; of any, where they name none but the one they count from."""
    ends = ends_of(words)
    return not ends or figure.year in ends


def _all_unmoved(words: str, claim: re.Match[str], until: str, figures: Sequence[Figure]) -> bool:
    """Whether all nodes that some words name, else the one named last, did not move in every year the words name."""
    before = words[: claim.start()]
    is_counted = NUMBER.search(YEAR.sub(blank, NAME.sub(blank, before))) is not None
    nodes = set(NAME.findall(before) or ([] if is_counted else NAME.findall(until)[-1:]))
    still = [f for f in figures if f.kind in _MOVING and not f.direction and (not nodes or f.node_id in nodes)]
    years = {int(year) for year in YEAR.findall(words)}
    starts = {figure.base_year for figure in still if figure.year in years and COMPARED.search(words)}
    return nodes <= {figure.node_id for figure in still} and years <= ({figure.year for figure in still} | starts)


def _is_same(same: re.Match[str], until: str, figures: Sequence[Figure]) -> bool:
    """Whether what a sentence speaks of stood, in the year compared with, as it does in the other year it names."""
    sentence = _SENTENCE_END.split(until)[-1]
    names, years = NAME.findall(sentence), {int(year) for year in YEAR.findall(sentence)}
    start = int(same["year"] or same["in"])
    return any(
        not figure.direction and start in (figure.year, figure.base_year) and {figure.year, figure.base_year} >= years
        for figure in figures
        if figure.kind in _MOVING and (not names or figure.node_id in names)
    )


def _is_denied(claim: re.Match[str], words: str, subject: str | None, figures: Sequence[Figure]) -> bool:
    """Whether a change of the subject is known that does not move the way that is denied."""
    direction = _direction(claim)
    changes = [f for f in figures if f.kind is Kind.CHANGE and subject in (None, f.node_id) and _is_of_years(f, words)]
    return any(change.direction != direction for change in changes)
