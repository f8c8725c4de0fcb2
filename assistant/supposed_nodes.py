"""Of which nodes a question speaks: all but one, those that fell, the indicators of one dimension."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, NODE, Mention
from scoring import Node

LISTED = re.compile(r"\s*(?:[、和与及]|and|,)\s*(?:the )?")
"""What may stand between two names of a list."""
# Between a node and the name of the lowest storey, where its own indicators are meant.
_OF_NODE = re.compile(
    r"\s*(?:之?下(?:面|属|边)?|里(?:面|头)?|当?中|内)?的?\s*(?:[两二三四五六七八九\d]+个?|各个?|所有|全部|每个)?\s*"
)
_UNDER = re.compile(r"\s*(?:under|of|in|within|below|belonging to)\s+(?:the )?")
# What may stand between the word that leaves something out and its name.
_NEXT_TO = re.compile(r"\s*(?:the )?")


def with_own_indicators(named: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Let the name of the lowest storey beside that of a dimension stand for the indicators of that alone."""
    for before, mention, behind in zip((None, *named), named, (*named[1:], None), strict=False):
        if before and _is_of(before, mention) and _UNDER.fullmatch(text, before.end, mention.start):
            continue
        if behind and _is_of(mention, behind) and _UNDER.fullmatch(text, mention.end, behind.start):
            yield replace(mention, end=behind.end, nodes=tuple(_leaves(behind)))
        elif before and _is_of(mention, before) and _OF_NODE.fullmatch(text, before.end, mention.start):
            yield replace(mention, nodes=tuple(_leaves(before)))
        else:
            yield mention


def _is_of(level: Mention, whole: Mention) -> bool:
    """Whether one mention is of the lowest storey and the other of a node that has parts."""
    return level.what == LEVEL and whole.what == NODE and bool(whole.nodes[0].children)


def _leaves(whole: Mention) -> Iterator[Node]:
    return (node for node in whole.nodes[0].walk() if node.is_indicator)


def excepted(text: str, mentions: Sequence[Mention], phrasings: Phrasings) -> list[Mention]:
    """List the nodes behind a word that leaves them out: "除甲和乙外"."""
    found: list[Mention] = []
    for mention in mentions:
        between = text[found[-1].end : mention.start] if found else ""
        opens = list(phrasings.assumptions["except"].finditer(text[: mention.start]))
        is_first = not found and opens and _NEXT_TO.fullmatch(text, opens[-1].end(), mention.start)
        if mention.what == NODE and (is_first or (found and LISTED.fullmatch(between))):
            found.append(mention)
    return found


def excepting(
    text: str, mentions: Sequence[Mention], indicators: Sequence[Node], phrasings: Phrasings
) -> list[Mention]:
    """Put all the others for the indicators that a hypothesis leaves out: "除甲外全部满分", "all but one"."""
    spared = excepted(text, mentions, phrasings)
    if not spared:
        return [*mentions]
    below = {leaf for mention in spared for node in mention.nodes for leaf in node.walk()}
    others = tuple(node for node in indicators if node not in below)
    rest = [mention for mention in mentions if mention not in spared]
    of_all = next((m for m in rest if m.what == LEVEL and m.nodes), Mention(spared[-1].end, spared[-1].end, "", LEVEL))
    rest = [mention for mention in rest if mention != of_all]
    return sorted([*rest, replace(of_all, nodes=others)], key=lambda mention: mention.start)


def with_those_moved(
    text: str, mentions: Sequence[Mention], indicators: Sequence[Node], phrasings: Phrasings
) -> tuple[list[Mention], int]:
    """Put all indicators for those that a hypothesis tells by how they moved, and say which way; 0 for none."""
    for way, pattern in ((-1, phrasings.moved_ones["fall"]), (1, phrasings.moved_ones["rise"])):
        if told := pattern.search(text):
            rest = [mention for mention in mentions if mention.end <= told.start() or mention.start >= told.end()]
            all_of_them = Mention(told.start(), told.end(), told[0], LEVEL, nodes=tuple(indicators))
            return sorted([*rest, all_of_them], key=lambda mention: mention.start), way
    return [*mentions], 0
