"""What the tables of the documents call the storeys of an index that names none of them itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from knowledge import Passage
from knowledge.passages import cells
from scoring import IndexDefinition
from scoring.names import fold


def storeys_told(
    passages: Sequence[Passage], definition: IndexDefinition, heading_of_storey: re.Pattern[str]
) -> Mapping[str, int]:
    """Tell on which storey the nodes stand that are listed under a heading as "三级指标".

    Returns
    -------
    mapping of str to int
        The storey by the heading, 1 for the whole index; empty where the index names its storeys, or no table does.
    """
    seen: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for passage in passages if not definition.levels else ():
        lines = [line for text in (passage.header, passage.text) for line in text.split("\n") if line.startswith("|")]
        headings, *rows = list(map(cells, lines)) or [[]]
        for heading, cell in (pair for row in rows for pair in zip(headings, row, strict=False)):
            named = definition.names.get(fold(cell), ())
            if len(named) == 1 and heading_of_storey.fullmatch(heading):
                seen[heading][definition.storey(named[0].id)] += 1
    return {heading: storeys.most_common(1)[0][0] for heading, storeys in seen.items()}
