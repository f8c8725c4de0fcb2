"""Nodes in a text: only those it has reason to speak of, listed as counted, related as the index relates them."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.answer import Kind
from assistant.evidence import Evidence, Finding, Tree
from assistant.guard.tables import NAME

_BRACKETS = r"(?:\s?[（(][^（）()]*[）)])?"
_LIST = rf"⟦[^⟧]*⟧{_BRACKETS}(?:(?:、|和|与|以及|, | and ){{1,2}}⟦[^⟧]*⟧{_BRACKETS})*"
_ENUMERATION = re.compile(_LIST)
_COUNTED = re.compile(r"(?:^|(?<=[：:。；;\n]))(?P<clause>[^：:。；;\n]+)[：:](?P<list>[^。；;\n]*)")
_COUNT = re.compile(r"(?<![\d.])\d{1,3}(?!\.?\d)")
_PATH = re.compile(r"⟦[^⟧]*⟧(?: > ⟦[^⟧]*⟧)+")
_GAP = r"[^⟦⟧。；;\n]"
_BELONGS = re.compile(rf"⟦(?P<part>[^⟧]*)⟧{_GAP}{{0,60}}(?:属于|隶属于?|belongs to)\s?⟦(?P<whole>[^⟧]*)⟧")
_CONTRIBUTES = re.compile(
    r"⟦(?P<part>[^⟧]*)⟧对⟦(?P<whole>[^⟧]*)⟧的贡献|⟦(?P<en>[^⟧]*)⟧ contributed [^⟦]*? to ⟦(?P<to>[^⟧]*)⟧"
)
_CONTRIBUTES_UPWARDS = re.compile(r"⟦(?P<part>[^⟧]*)⟧(?:的贡献是| contributed)[：:](?P<wholes>(?:[^。；;\n.]|\.\d)*)")
_UNDER = re.compile(
    r"(?:⟦(?P<zh>[^⟧]*)⟧(?:之下|下属|以下)的?各|\bindicators under ⟦(?P<en>[^⟧]*)⟧)[^。；;：:\n]*"
    r"(?:[：:](?P<list>[^。；;\n]*))?"
)
_SIBLINGS = re.compile(rf"(?:同组的?还有|In the same group:)\s?(?P<list>{_LIST})")
_COMPOSED = re.compile(
    rf"(?:⟦(?P<whole>[^⟧]*)⟧[^⟦⟧。；;：:\n]{{0,4}}由\s?(?P<parts>{_LIST})(?:按[几何调和]+平均)?(?:加权)?(?:合成|构成|组成)"
    rf"|⟦(?P<of>[^⟧]*)⟧由{_GAP}*(?:合成|构成|组成){_GAP}*[：:](?P<following>[^。；;\n]*)"
    rf"|⟦(?P<en>[^⟧]*)⟧{_GAP}*(?:weighted (?:geometric |harmonic )?mean of|(?:consists|is made up) of{_GAP}*:)\s?"
    r"(?P<listed>[^。；;\n]*))"
)
_TOP = re.compile(r"⟦(?P<node>[^⟧]*)⟧(?:是最上层|就是指数本身| is the index (?:at the top|itself))")
_SOURCE = re.compile("数据来源|来自|提供|data (?:source|for)|data from|come from")
_DEFINED = re.compile(
    r"(?:⟦(?P<node>[^⟧]*)⟧”?的定义|(?:defines|definition of) ⟦(?P<en>[^⟧]*)⟧ \(verbatim\))\s?[：:]\s?"
    r"(?P<definition>[^\n]*)"
)


def wrong_relations(plain: str, evidence: Evidence) -> list[Finding]:
    """Find nodes said to be related, made up, placed or supplied in another way than the index has it."""
    tree = evidence.tree
    wrong = [*_paths(plain, tree), *_wholes(plain, tree), *_places(plain, tree)] if tree.parents else []
    return [Finding(claim.strip(), "与指标体系不符") for claim in (*wrong, *_sources(plain, tree), *_repeats(plain))]


def wrong_definitions(text: str, evidence: Evidence, marked: Callable[[str], str]) -> list[Finding]:
    """Find definitions given to another node than theirs, in a text with marked names that still holds quotations."""
    known = evidence.tree.definitions
    return [
        Finding(match[0][:40], "定义不是这个指标的")
        for match in _DEFINED.finditer(text)
        if not match["definition"].startswith(marked(known.get(match["node"] or match["en"], "\0")))
    ]


def _paths(plain: str, tree: Tree) -> Iterator[str]:
    for path in _PATH.finditer(plain):
        nodes = NAME.findall(path[0])
        if any(tree.parents.get(part) != whole for whole, part in pairwise(nodes)) or nodes[0] in tree.parents:
            yield path[0]


def _wholes(plain: str, tree: Tree) -> Iterator[str]:
    """Yield what is said to be made up of other parts than it is."""
    for claim in _COMPOSED.finditer(plain):
        whole = claim["whole"] or claim["of"] or claim["en"]
        parts = NAME.findall(claim["parts"] or claim["following"] or claim["listed"] or "")
        if parts and set(parts) not in (tree.children(whole), tree.leaves(whole)):
            yield claim[0]
    for claim in _TOP.finditer(plain):
        if claim["node"] in tree.parents:
            yield claim[0]


def _places(plain: str, tree: Tree) -> Iterator[str]:
    """Yield what is said to stand elsewhere in the index than it does."""
    for claim in _BELONGS.finditer(plain):
        if claim["whole"] not in tree.above(claim["part"]):
            yield claim[0]
    for claim in _CONTRIBUTES.finditer(plain):
        if (claim["whole"] or claim["to"]) not in tree.above(claim["part"] or claim["en"]):
            yield claim[0]
    for claim in _CONTRIBUTES_UPWARDS.finditer(plain):
        if not set(NAME.findall(claim["wholes"])) <= set(tree.above(claim["part"])):
            yield claim[0]
    for claim in _UNDER.finditer(plain):
        whole = claim["zh"] or claim["en"]
        listed = NAME.findall(claim["list"] or "")
        if not tree.children(whole) or any(whole not in tree.above(node) for node in listed):
            yield claim[0]
    for group in _SIBLINGS.finditer(plain):
        before = plain[plain.rfind("\n", 0, group.start()) + 1 : group.start()]
        together = [*NAME.findall(before)[:1], *NAME.findall(group["list"])]
        if len({tree.parents.get(node) for node in together}) != 1 or len(set(together)) < len(together):
            yield group[0]
    labels = sorted({label for labels in tree.levels.values() for label in labels}, key=len, reverse=True)
    if labels:
        placed = re.compile(
            rf"⟦(?P<node>[^⟧]*)⟧”?(?:是| is an? |\s?[（(])(?P<level>{'|'.join(map(re.escape, labels))})"
        )
        for claim in placed.finditer(plain):
            if claim["level"] not in tree.levels.get(claim["node"], ()):
                yield claim[0]


def _sources(plain: str, tree: Tree) -> Iterator[str]:
    """Yield what is said to come from another supplier than it does."""
    suppliers = sorted(set(tree.sources.values()), key=len, reverse=True)
    if not suppliers:
        return
    supplier = re.compile("|".join(map(re.escape, suppliers)))
    for sentence in re.findall(r"[^。；;\n]+", plain):
        if not _SOURCE.search(sentence):
            continue
        for said in supplier.finditer(sentence):
            before = NAME.findall(sentence[: said.start()])[-1:]
            for node in before or NAME.findall(sentence[said.end() :]):
                if {tree.sources.get(leaf) for leaf in tree.leaves(node) or {node}} != {said[0]}:
                    yield sentence


def _repeats(plain: str) -> Iterator[str]:
    """Yield lists that hold a node twice."""
    for run in _ENUMERATION.finditer(plain):
        listed = NAME.findall(re.sub(r"[（(][^（）()]*[）)]", "", run[0]))
        if len(set(listed)) < len(listed):
            yield run[0]


def wrong_lists(plain: str, evidence: Evidence) -> list[Finding]:
    """Find lists of nodes behind their number that are not those that were counted."""
    counts = [figure for figure in evidence.figures if figure.kind is Kind.COUNT and figure.members]
    findings: list[Finding] = []
    for counted in _COUNTED.finditer(plain):
        listed = NAME.findall(re.sub(r"[（(][^（）()]*[）)]", "", counted["list"]))
        numbers = set(map(int, _COUNT.findall(counted["clause"])))
        of_number = [set(figure.members) for figure in counts if figure.value in numbers]
        if listed and of_number and set(listed) not in of_number:
            findings.append(Finding(counted[0].strip(), "列出的与统计的不符"))
    return findings


def other_nodes(plain: str, evidence: Evidence) -> list[Finding]:
    """Find nodes that the answer has no reason to speak of."""
    if not evidence.named:
        return []
    known = {*evidence.named, *(figure.node_id for figure in evidence.figures), *(f.within for f in evidence.figures)}
    return [Finding(name[0], "证据中没有这个指标") for name in NAME.finditer(plain) if name[1] not in known]
