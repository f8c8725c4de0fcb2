"""A piece of a name that stands for it: what is asked about where a question names nothing in full."""

import re
from collections.abc import Iterator, Sequence

from assistant.language.phrasings import Phrasings
from assistant.language.stems import stems
from assistant.names.mention import NODE, UNIT, YEAR, Mention, mask
from assistant.names.mentions import Names

# Kinds that ask about a node; without one they ask for nothing.
_OF_NODES = {
    "value", "why", "change", "trend", "ranking", "share", "computation", "definition", "weight", "hierarchy", "source",
    "draft",
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]+")
# A run of words begins at each of them.
_LATIN = re.compile(r"(?<![a-z])(?=(?P<pair>[a-z]{3,} [a-z]{3,})?)(?P<word>[a-z]{3,})")
# Before a word that is meant as it stands.
_QUOTES = ("“", '"', "‘", "'", "「")
_WORD_BEFORE = re.compile(r"(?<![a-z])([a-z]{3,}) $")
_WORD_BEHIND = re.compile(r" ([a-z]{3,})")
_LATIN_WORD = re.compile(r"(?<![a-z])[a-z]{3,}(?:-[a-z]+)*")
_LONGEST = 6


def with_fragment(text: str, mentions: Sequence[Mention], names: Names, phrasings: Phrasings) -> list[Mention]:
    """Add the piece of a name that a question consists of beside years and the words of its kind, if it names no node.

    A word for the whole index behind the piece belongs to it, as in "safety index".
    """
    wholes = [mention for mention in mentions if mention.what == NODE]
    if len(wholes) > 1 or any(whole.text not in phrasings.whole for whole in wholes):
        return list(mentions)
    others = [mention for mention in mentions if mention not in wholes]
    if any(mention.what not in (YEAR, UNIT) for mention in others):
        return list(mentions)
    end = wholes[0].start if wholes else len(text)
    for start, piece in _pieces(text[:end], others):
        behind = phrasings.abstract.match(text, start + len(piece))
        stop = wholes[0].end if wholes else behind.end() if behind else start + len(piece)
        if wholes and (text[start + len(piece) : end].strip() or _is_of_the_whole(text[:start], phrasings)):
            continue
        with_whole = names.pieces.nodes_named_with(text[start:stop]) if wholes else ()
        nodes = with_whole or names.pieces.nodes_named_with(piece)
        if not nodes or len(nodes) == len(piece) == 1:
            continue
        if text[start - 1 : start] in _QUOTES or _is_telling(piece, phrasings):
            meant = nodes[0].name if len(nodes) == 1 else ""
            mention = Mention(start, stop, text[start:stop], NODE, nodes=nodes, misspelled=meant)
            if _asks_of_it_alone(text, [*others, mention], phrasings):
                return sorted([*others, mention], key=lambda found: found.start)
    if scattered := _scattered(text[:end], others, names, phrasings):
        apart = [whole for whole in wholes if text[scattered.end : whole.start].strip()]
        return sorted([*others, *apart, scattered], key=lambda found: found.start)
    return list(mentions)


def _is_telling(piece: str, phrasings: Phrasings) -> bool:
    """Whether a piece of a name is no word with which any question may be asked, or yet what is measured."""
    if phrasings.bare_measures.fullmatch(piece):
        return True
    is_common = piece.isascii() and phrasings.common_stems.issuperset(stems(piece))
    return not is_common and bool(phrasings.without_fillers(piece))


def _is_of_the_whole(before: str, phrasings: Phrasings) -> bool:
    """Whether the word before a piece of a name tells that the whole is meant: "the overall transport index"."""
    words = before.split()
    return bool(words and phrasings.overall.fullmatch(words[-1]))


def _scattered(text: str, taken: Sequence[Mention], names: Names, phrasings: Phrasings) -> Mention | None:
    """Find the words of a Latin name in another form, or with others between them: "how punctual are the buses".

    One word alone is not meant beside a noun of something else, as "quality" in "air quality".
    """
    words = [
        word
        for word in _LATIN_WORD.finditer(text)
        if all(word.end() <= mention.start or mention.end <= word.start() for mention in taken)
    ]
    of_word = {word: names.pieces.stems_meant(word[0]) for word in words}
    node, held = names.pieces.node_of_stems(set[str]().union(*of_word.values()))
    if node is None:
        return None
    meant = [word for word in words if of_word[word] & held]
    start = meant[0].start()
    beside = (_WORD_BEFORE.search(text, 0, start), _WORD_BEHIND.match(text, meant[0].end()))
    if len(meant) == 1 and any(word and _is_of_something_else(word[1], phrasings) for word in beside):
        return None
    end = max(word.end() for word in meant if not any(start < mention.start < word.start() for mention in taken))
    return Mention(start, end, text[start:end], NODE, nodes=(node,), misspelled=node.name)


def _is_of_something_else(word: str, phrasings: Phrasings) -> bool:
    """Whether a Latin word is none that may stand in any question."""
    return bool(phrasings.without_fillers(word)) and not phrasings.common_stems.issuperset(stems(word))


def _pieces(text: str, taken: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    """Yield the stretches of a text that may be pieces of names, the longest first, with where they begin."""
    pieces: list[tuple[int, str]] = []
    for run in _HAN.finditer(text):
        size = len(run[0])
        pieces += [
            (run.start() + first, run[0][first:last])
            for first in range(size)
            for last in range(first + 1, min(size, first + _LONGEST) + 1)
        ]
    pieces += [(run.start(), piece) for run in _LATIN.finditer(text) for piece in filter(None, run.groups())]
    free = [
        (start, piece)
        for start, piece in pieces
        if all(start + len(piece) <= mention.start or mention.end <= start for mention in taken)
    ]
    yield from sorted(free, key=lambda found: -len(found[1]))


def _asks_of_it_alone(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> bool:
    """Whether a question asks for nothing but what is found, or for a number in the unit of the one indicator found."""
    masked = mask(text, sorted(mentions, key=lambda found: found.start))
    [(kind, _), *_] = phrasings.rank(masked)
    *_, found = mentions
    unit = found.nodes[0].measure_unit if len(found.nodes) == 1 else ""
    if unit and (rest := phrasings.in_unit(unit).sub(" ", masked)) != masked:
        return not phrasings.content(rest, kind)
    return kind in _OF_NODES and not phrasings.content(masked, kind)
