"""Random indices for property tests: any shape, any mix of means, two years of scores, gaps where they are allowed."""

from hypothesis import strategies as st

from scoring import IndexDefinition, Node, Observation, Observations
from scoring.aggregate import AGGREGATIONS

UNIT, BEFORE, AFTER = "甲市", 2020, 2021
YEARS = (BEFORE, AFTER)

weights = st.floats(0.01, 10)
scores = st.floats(1, 120)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3, prefix: str = "n", aggregation: str | None = None) -> Node:
    """Draw a node with all below it."""
    mean = aggregation or draw(st.sampled_from(list(AGGREGATIONS)))
    count = draw(st.integers(1, 4)) if depth else 0
    if not count or (depth < 3 and draw(st.booleans())):
        return Node(prefix, f"指标{prefix}", draw(weights))
    children = tuple(draw(trees(depth - 1, f"{prefix}_{number}", aggregation)) for number in range(count))
    return Node(prefix, f"节点{prefix}", draw(weights), children, aggregation=mean)


@st.composite
def indices(
    draw: st.DrawFn, missing: str = "error", aggregation: str | None = None
) -> tuple[IndexDefinition, Observations]:
    """Draw an index and its scores in two years."""
    definition = IndexDefinition(draw(trees(aggregation=aggregation)), default_unit=UNIT, missing=missing)
    cells = [
        Observation(UNIT, year, leaf.id, score=draw(scores))
        for year in YEARS
        for leaf in definition.indicators
        if missing == "error" or leaf is definition.indicators[0] or draw(st.booleans())
    ]
    return definition, Observations.of(definition, cells)
