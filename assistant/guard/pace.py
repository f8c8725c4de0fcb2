"""Claims that a rise or fall became faster or slower: its step must be larger or smaller than the one before."""

import re
from collections.abc import Sequence

from assistant.answer import Figure, Kind
from assistant.evidence import Evidence, Finding
from assistant.guard.places import ends_of, sentences
from assistant.guard.tables import NAME

_STEP = re.compile(r"[升降增涨跌]幅|增速|增势|涨势|\b(?:growth|gain|rise|decline|increase|fall)s?\b", re.IGNORECASE)
_PACE = re.compile(
    r"(?P<slower>收窄|放缓|减缓|趋缓|缩小|\b(?:slow|narrow)(?:ed|s|ing)\b)"
    r"|(?P<faster>扩大|加快|加速|加大|\b(?:accelerat|widen)(?:ed|es|s|ing)\b)",
    re.IGNORECASE,
)


def wrong_paces(plain: str, evidence: Evidence) -> list[Finding]:
    """Find, in a text with a mark for each name, steps said to be larger or smaller than the last that are not."""
    findings: list[Finding] = []
    for match, context in sentences(plain):
        sentence = match[0]
        for claim in _PACE.finditer(sentence) if _STEP.search(sentence) else ():
            named = NAME.findall(sentence[: claim.start()]) or context.earlier
            years = ends_of(sentence)
            node, year = (named[-1] if named else None), max(years, default=None)
            now, before = (_step(evidence.figures, node, year and year - ago) for ago in (0, 1))
            if now is None or before is None or (abs(now) < abs(before)) != bool(claim["slower"]):
                findings.append(Finding(sentence.strip(), "快慢与数字不符"))
    return findings


def _step(figures: Sequence[Figure], node: str | None, year: int | None) -> float | None:
    """Give how far a node moved in a year; without a name, the only node that is known to."""
    steps = {
        f.node_id: f.value
        for f in figures
        if f.kind is Kind.CHANGE and f.year and f.year == year and f.base_year == f.year - 1
    }
    return steps.get(node) if node else next(iter(steps.values()), None) if len(steps) == 1 else None
