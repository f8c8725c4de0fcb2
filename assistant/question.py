"""A question and what went before it become a Query: what is asked, of which nodes, for which years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.assumptions import Assumption, find_assumptions
from assistant.mentions import LEVEL, NODE, PLACE, SOURCE, UNIT, YEAR, Mention, Names, normalise
from assistant.phrasings import RESEMBLANCE, Phrasings
from scoring import Node

LONGEST_QUESTION = 2000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# A number of points: with decimals, or followed by the word for points.
_CLAIM = re.compile(r"(?<![\d.a-z}])(\d{1,3}\.\d{1,2}|\d{1,3}(?=\s*(?:分|points?)))(?![\d.%])")
# The score that a goal names, whatever stands behind it.
_AMOUNT = re.compile(r"(?<![\d.a-z}])\d{1,3}(?:\.\d+)?(?![\d.%])")
_LENGTH = re.compile(r"(\d{2,4})\s*(?:字|个字|characters|words)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A relative year before these kinds is what the year is compared with, not the year that is meant.
_COMPARING = {"change"}
# These hold for all years.
_TIMELESS = {"strategy", "problem", "definition", "source", "weight", "hierarchy"}
# From this likeness on a question asks for its kind even without one of its cues.
_PLAINLY = 0.6


class QuestionError(Exception):
    """A question cannot be taken; the message is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    Attributes
    ----------
    text : str
        As asked, without control characters.
    asks : bool
        Whether it plainly asks for its kind, by a cue or by its likeness to an exemplar.
    language : str
        `zh` or `en`.
    kind : str
        A kind of `phrasings.yaml`; empty where the question resembles none.
    nodes : tuple of Node
        What it is about, in the order named.
    name, readings : str, tuple of Node
        A name that several nodes bear and that nothing decides, and those nodes.
    years : tuple of int
        As named, also years that the data lack; empty where none is named.
    is_range : bool
        Whether the years are the ends of a span.
    misspelled : tuple of (str, str)
        Names with a mistake in them, as written and as they were understood.
    levels, sources, places, units : tuple
        Storeys of the tree, data suppliers, foreign places and scored units named.
    direction : int
        1 where a rise is spoken of, -1 for a fall, 0 for neither or both.
    extreme : int
        1 where the highest, largest or most is asked for, -1 for the lowest, smallest or least, 0 for neither or both.
    claims : tuple of str
        Sizes that the question puts forward, in points, as written.
    assumptions : tuple of Assumption
        What a hypothetical question supposes.
    aspects : tuple of str
        What a text that is asked for is to speak of: `problem`, `cause`, `advice`.
    length : int
        How many characters it is to have; 0 where nothing is said.
    asks_list : bool
        Whether it is to be a list.
    asks_raw, asks_score, asks_change, asks_gap, asks_which : bool
        Whether the observed value is wanted, expressly a score, how far scores moved or are apart, or which indicators.
    content : str
        What it is about beside all that.
    topic : str
        The same with the names left in, to search the documents with.
    """

    text: str
    language: str
    kind: str
    nodes: tuple[Node, ...] = ()
    name: str = ""
    readings: tuple[Node, ...] = ()
    years: tuple[int, ...] = ()
    is_range: bool = False
    misspelled: tuple[tuple[str, str], ...] = ()
    levels: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    direction: int = 0
    extreme: int = 0
    claims: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    asks: bool = False
    aspects: tuple[str, ...] = ()
    length: int = 0
    asks_list: bool = False
    asks_raw: bool = False
    asks_score: bool = False
    asks_change: bool = False
    asks_gap: bool = False
    asks_which: bool = False
    content: str = ""
    topic: str = ""


def clean(question: str) -> str:
    """Take control characters out of a question.

    Raises
    ------
    QuestionError
        Nothing is left, or it is too long.
    """
    text = " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", question)).split())
    if not text:
        raise QuestionError("问题是空的，请输入一个问题")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"问题太长（{len(text)} 个字符），请缩短到 {LONGEST_QUESTION} 个字符以内")
    return text


def understand(question: str, names: Names, phrasings: Phrasings, previous: Query | None = None) -> Query:
    """Understand a question; what it leaves out it takes over from the one before.

    Raises
    ------
    QuestionError
        The question is empty or too long.
    """
    text = clean(question)
    plain = normalise(text)
    mentions = names.find(plain)
    masked = _mask(plain, mentions)
    [(kind, likeness), *_] = phrasings.rank(masked)
    content = phrasings.content(masked, kind)
    nodes, name, readings = _nodes(mentions, previous)
    years = [mention for mention in mentions if mention.what == YEAR]
    query = Query(
        text=text,
        language=_language(plain, mentions, previous.language if previous else names.language),
        kind=kind if likeness >= RESEMBLANCE else "",
        asks=phrasings.has_cue(kind, masked) or likeness >= _PLAINLY,
        nodes=nodes,
        name=name,
        readings=readings,
        years=tuple(dict.fromkeys(year for mention in years for year in mention.years)),
        is_range=any(mention.is_range for mention in years),
        misspelled=tuple((mention.text, mention.misspelled) for mention in mentions if mention.misspelled),
        levels=tuple(mention.level for mention in mentions if mention.what == LEVEL),
        sources=tuple(mention.text for mention in mentions if mention.what == SOURCE),
        places=tuple(mention.text for mention in mentions if mention.what == PLACE),
        units=tuple(dict.fromkeys(mention.unit for mention in mentions if mention.what == UNIT)),
        direction=_sign(masked, phrasings.directions["rise"], phrasings.directions["fall"]),
        extreme=_sign(masked, phrasings.superlatives["highest"], phrasings.superlatives["lowest"]),
        claims=tuple((_AMOUNT if kind == "target" else _CLAIM).findall(masked)),
        assumptions=find_assumptions(plain, mentions, phrasings) if kind == "what_if" else (),
        aspects=tuple(name for name, words in phrasings.aspects.items() if words.search(masked)),
        length=int(length[1]) if (length := _LENGTH.search(masked)) else 0,
        asks_list=bool(phrasings.list_form.search(masked)),
        asks_score=bool(phrasings.asks_score.search(masked)),
        asks_which=bool(phrasings.which_indicators.search(masked)),
        asks_change=bool(phrasings.asks_change.search(masked)),
        asks_gap=bool(phrasings.asks_gap.search(masked)),
        asks_raw=bool(phrasings.asks_raw.search(masked)),
        content=content,
        topic=_topic(plain, mentions, phrasings),
    )
    if previous is not None and not content:
        query = _inherit(query, masked, previous, phrasings)
    return query


def _inherit(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Take over what a follow-up leaves out. A question that names nodes and asks for something stands alone."""
    before = bool(phrasings.relative_years["previous"].search(masked)) and not query.years
    nodes = query.nodes
    if before and nodes and previous.nodes and all(_is_below(node, previous.nodes) for node in nodes):
        nodes = previous.nodes  # what is named is the supposed cause, not the subject
    elif query.levels or query.sources or (nodes and query.asks):
        return query
    kind = query.kind if query.asks else previous.kind
    years, is_range = query.years, query.is_range
    if not years and kind not in _TIMELESS:
        years, is_range = previous.years, previous.is_range
        if before and years and kind not in _COMPARING:
            years, is_range = (min(years) - 1,), False
    elif len(years) == 1 and len(previous.years) == 1 and not nodes and phrasings.comparing.search(masked):
        years, kind = (*previous.years, *years), "change" if kind == "value" else kind
    nodes = nodes or (() if query.readings else previous.nodes)
    units = query.units or previous.units
    return replace(query, kind=kind, nodes=nodes, years=years, is_range=is_range, units=units)


def _is_below(node: Node, others: Sequence[Node]) -> bool:
    return any(node in other.walk() and node is not other for other in others)


def _nodes(mentions: Sequence[Mention], previous: Query | None) -> tuple[tuple[Node, ...], str, tuple[Node, ...]]:
    """Tell the nodes that are named for certain, and the first name that may mean several with what it may mean."""
    named = [mention for mention in mentions if mention.what == NODE]
    certain = list(dict.fromkeys(m.nodes[0] for m in named if len(m.nodes) == 1))
    for mention in named:
        if len(mention.nodes) == 1:
            continue
        context = {*certain, *(previous.nodes if previous else ())}
        meant = [node for node in mention.nodes if node in context]
        if len(meant) != 1:
            return tuple(certain), mention.text, mention.nodes
        certain.extend(node for node in meant if node not in certain)
    return tuple(certain), "", ()


def _mask(text: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        text = f"{text[: mention.start]}{mention.what}{text[mention.end :]}"
    return text


def _language(text: str, mentions: Sequence[Mention], otherwise: str) -> str:
    """Tell the language of a question by the words around the names; without any, it is that of what went before."""
    around = re.sub(r"\{\w+\}", " ", _mask(text, mentions))
    if _HAN.search(around):
        return "zh"
    words = re.findall(r"[a-z]{2,}", around)
    if _HAN.search(text) and len(words) < 2:
        return "zh"
    return "en" if words else otherwise


def _sign(masked: str, positive: re.Pattern[str], negative: re.Pattern[str]) -> int:
    return bool(positive.search(masked)) - bool(negative.search(masked))


def _topic(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> str:
    """Leave the names of a question as typed and drop the filler words between them."""
    parts: list[str] = []
    end = 0
    for mention in [*mentions, Mention(len(text), len(text), "", "")]:
        parts.append(phrasings.without_fillers(text[end : mention.start]))
        parts.append(mention.text)
        end = mention.end
    return " ".join(" ".join(parts).split())
