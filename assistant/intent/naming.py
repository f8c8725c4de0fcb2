"""What the mentions of a question come to: which nodes and units it names, in which language it is asked."""

import re
from collections.abc import Sequence

from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, NODE, UNIT, Mention, mask, text_before
from assistant.names.mentions import Names
from assistant.query import Query
from scoring import Node

_LAST_WORDS = re.compile(r"(?<![a-z])(?:the|an?) (?P<named>(?:(?!the |an? )[a-z-]+ )+)$")
_POINTED_AT = re.compile(r"(?:这一?[个项]?|该)$")
# Behind a level in brackets, the nodes that are meant.
_OPENS = re.compile("[(（]")
_ITS_OWN = re.compile(r"\bits (?:own )?$")
_LATIN_WORD = re.compile(r"[a-z]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A Chinese word in brackets makes no Chinese question of so many other words.
_IN_BRACKETS, _FEW_WORDS = re.compile(r"[(（][^()（）]*[)）]"), 3


def nodes_named(mentions: Sequence[Mention], previous: Query | None) -> tuple[tuple[Node, ...], str, tuple[Node, ...]]:
    """Tell the nodes that are named for certain, and the first name that may mean several with what it may mean."""
    named = [mention for mention in mentions if mention.what == NODE]
    certain = list(dict.fromkeys(m.nodes[0] for m in named if len(m.nodes) == 1))
    for mention in named:
        if len(mention.nodes) == 1 or len({*mention.nodes} & {*certain}) > 1:
            continue  # it speaks of those that are named in full
        context = {*certain, *(previous.nodes if previous else ())}
        meant = [node for node in mention.nodes if node in context]
        meant = meant or [node for node in mention.nodes if any(node in other.walk() for other in context)]
        if len(meant) != 1:
            return tuple(certain), mention.text, mention.nodes
        certain.extend(node for node in meant if node not in certain)
    return tuple(certain), "", ()


def levels_named(text: str, mentions: Sequence[Mention], names: Names) -> tuple[int, ...]:
    """Tell the storeys that are named, but for one that only says what a node is: "这个二级指标" right behind it."""
    of_nodes = {m.end: names.storey(m.nodes[0]) for m in mentions if m.what == NODE and len(m.nodes) == 1}
    levels = [mention for mention in mentions if mention.what == LEVEL]
    pointed_at = {m: _POINTED_AT.search(text, 0, m.start) for m in levels}
    return tuple(
        level.level
        for level, pointing in pointed_at.items()
        if not (pointing and of_nodes.get(pointing.start()) == level.level)
        and not (of_nodes and _ITS_OWN.search(text, 0, level.start))
        and not (_OPENS.match(text, level.end) and level.end + 1 in {m.start for m in mentions if m.what == NODE})
    )


def ends_another_name(
    mention: Mention, mentions: Sequence[Mention], kind: str, text: str, phrasings: Phrasings
) -> bool:
    """Whether a word for the whole, as "指数", is the end of another name: "产品质量指数", "the innovation index"."""
    if mention.text not in phrasings.whole:
        return False
    joined = {other.end for other in mentions if other.what in (NODE, LEVEL) and other.text not in phrasings.whole}
    gap = next((text[end : mention.start] for end in (mention.start, mention.start - 1) if end in joined), None)
    if gap == "" or (gap == "的" and mention.text.endswith("分")):
        return True
    before = text_before(mention, mentions, text)
    if words := _LAST_WORDS.search(before):
        own = " ".join(mention.nodes[0].names.values()).casefold()
        if all(word in own or phrasings.overall.fullmatch(word) for word in words["named"].split()):
            return False
        return all(phrasings.content(word, kind) for word in words["named"].split())
    return bool(phrasings.last_word(before, kind))


def is_mistaken(mention: Mention) -> bool:
    """Whether a name is written otherwise than with or without the particle between its parts."""
    return bool(mention.misspelled) and mention.text.replace("的", "") != mention.misspelled.casefold().replace(
        "的", ""
    )


def as_meant(mention: Mention, language: str) -> tuple[str, str]:
    """Give a name as written and as it is meant: in the language of the question, where it is that of a node."""
    if not mention.nodes:
        return mention.text, mention.misspelled
    node = mention.nodes[0]
    return mention.text, node.called(language) if mention.misspelled == node.name else mention.misspelled


def units_named(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> tuple[str, ...]:
    """List the units named, last those that others are set against."""
    named = [mention for mention in mentions if mention.unit]
    masked = {m: f"{text[: m.start]}{UNIT}{text[m.end :]}" for m in named}
    ordered = sorted(named, key=lambda mention: bool(phrasings.reference.search(masked[mention])))
    return tuple(dict.fromkeys(mention.unit for mention in ordered))


def beside_suppliers(masked: str, phrasings: Phrasings) -> str:
    """Give what a question speaks of beside suppliers of data and what they do or leave to others."""
    around = phrasings.supplying.sub(" ", phrasings.excluding.sub(" ", masked))
    return phrasings.content(around, "source")


def language_of(text: str, mentions: Sequence[Mention], otherwise: str) -> str:
    """Tell the language of a question by the words around the names; without any, it is that of what went before."""
    around = re.sub(r"\{\w+\}", " ", mask(text, mentions))
    words = _LATIN_WORD.findall(around)
    if _HAN.search(_IN_BRACKETS.sub(" ", around) if len(words) > _FEW_WORDS else around):
        return "zh"
    if _HAN.search(text) and len(words) < 2:
        return "zh"
    return "en" if words or len(_LATIN_WORD.findall(text)) > 1 else otherwise


def wanted_language(plain: str, phrasings: Phrasings) -> tuple[str, str]:
    """Tell which language an answer is expressly wanted in, if any, and give the question without these words."""
    for language, words in phrasings.answer_in.items():
        if words.search(plain):
            return language, words.sub(" ", plain)
    return "", plain


def topic_of(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> str:
    """Leave the names of a question as typed and drop the filler words between them."""
    parts: list[str] = []
    end = 0
    for mention in [*mentions, Mention(len(text), len(text), "", "")]:
        parts.append(phrasings.without_fillers(text[end : mention.start]))
        parts.append(mention.text)
        end = mention.end
    return " ".join(" ".join(parts).split())
