"""The names of the storeys of an index: its own, those of any, and what the documents call them."""

from collections.abc import Iterable, Mapping

from assistant.language.phrasings import Phrasings
from assistant.names.mention import LEVEL, Mention
from knowledge.tokens import fold
from scoring import IndexDefinition, Level


def level_meanings(
    definition: IndexDefinition, phrasings: Phrasings, storeys: Mapping[str, int]
) -> Mapping[str, Mention]:
    """Tell what each name of a storey stands for: the index's own first, but for `storeys` that the documents name."""
    deepest, usual = definition.lowest_level, phrasings.usual_levels
    own = ((*_names_of(level), *phrasings.words_of_level(level)) for level in definition.levels)
    named = [
        *enumerate(own, 1),
        *enumerate(phrasings.levels_by_number, 1),
        (2, usual["upper"]),
        (deepest, usual["leaf"]),
        *([] if definition.levels else [(deepest, usual["lowest"])]),
        (deepest, phrasings.counted_indicators(len(definition.indicators))),
    ]
    found: dict[str, int] = {}
    for depth, names in named:
        for name in names:
            found.setdefault(name, depth)
    return {
        name: Mention(0, 0, name, LEVEL, nodes=definition.indicators if depth == deepest else (), level=depth)
        for name, depth in (found | dict(storeys)).items()
    }


def _names_of(level: Level) -> Iterable[str]:
    """Give the names of a level, those in Latin letters also for several."""
    names = list(map(fold, (level.name, *level.aliases, *level.names.values())))
    return [*names, *(f"{name}s" for name in names if " " in name and name.isascii() and not name.endswith("s"))]
