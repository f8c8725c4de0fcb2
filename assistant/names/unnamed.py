"""What a question means without naming it: an indicator by its unit alone, those of a supplier by its name."""

from collections.abc import Sequence

from assistant.language.patterns import amounts_in, without_amounts
from assistant.language.phrasings import Phrasings
from assistant.names.mention import NODE, SOURCE, Mention
from assistant.names.mentions import Names
from scoring import Node

# Of these kinds a question may name an indicator by its unit alone.
_OF_AMOUNTS = {"", "value", "computation", "what_if"}


def with_unnamed(
    plain: str, masked: str, mentions: Sequence[Mention], kind: str, names: Names, phrasings: Phrasings
) -> list[Mention]:
    """Name at the head of a question the one indicator in whose unit it gives a number, where it speaks of no other.

    For a supplier of data stand the indicators that it supplies, where one of them is asked for.
    """
    nodes = [mention for mention in mentions if mention.what == NODE]
    of_whole = kind == "what_if" and all(mention.text in phrasings.whole for mention in nodes)
    if kind in _OF_AMOUNTS and (of_whole or not nodes):
        one = _measured_in(plain, masked, kind, names, phrasings)
        return [*([Mention(0, 0, "", NODE, nodes=(one,))] if one else []), *mentions]
    of_source = any(mention.what == SOURCE for mention in mentions) and not nodes and _ranks(masked, phrasings)
    return [part for mention in mentions for part in (names.supplied(mention) if of_source else [mention])]


def _measured_in(plain: str, masked: str, kind: str, names: Names, phrasings: Phrasings) -> Node | None:
    """Give the one indicator in whose unit a question gives a number, where it speaks of nothing else."""
    units: dict[str, list[Node]] = {}
    for node in names.indicators:
        units.setdefault(node.measure_unit, []).append(node)
    for unit, nodes in units.items():
        if len(nodes) == 1 and len(unit) > 1 and amounts_in(phrasings.words_of_unit(unit), plain):
            beside = phrasings.content(without_amounts(phrasings.words_of_unit(unit), masked), kind)
            return None if beside else nodes[0]
    return None


def _ranks(masked: str, phrasings: Phrasings) -> bool:
    """Whether a question asks which stands, or moved, foremost."""
    foremost = any(words.search(masked) for words in phrasings.superlatives.values())
    return foremost and phrasings.has_cue("ranking", masked)
