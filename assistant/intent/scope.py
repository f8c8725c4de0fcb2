"""Which of the scored units a query is about, and whether it sets them apart."""

from assistant.query import Query
from scoring import IndexResult

# What these tell holds for every unit.
_OF_NO_UNIT = {"definition", "source", "weight", "hierarchy", "strategy", "problem", "fact", "help"}
# Kinds that a question for a gap may seem to be: "在哪些方面不如" asks for parts, "差多少" for a value.
_OF_GAPS = {
    "", "change", "why", "value", "share", "fact", "problem", "source", "hierarchy", "definition", "ranking",
}  # fmt: skip
# Those that it may seem to be where it names the units that it sets apart.
_OF_GAPS_BETWEEN = {"strategy", "target"}


def units_meant(query: Query, result: IndexResult) -> list[str]:
    """List the units a query names, or all; else the default or the only one. Empty where that is open."""
    units, default = result.units, result.definition.default_unit
    named = [unit for unit in query.units if unit in units]
    is_apart = (len(named) > 1 or query.asks_unit) and is_of_gaps(query)
    of_no_unit = query.kind in _OF_NO_UNIT or (query.asks_base and result.definition.base_year is not None)
    of_no_unit = of_no_unit or bool(not query.kind and query.nodes and not query.years)  # told by texts, if at all
    if of_no_unit and not is_apart:
        return named[:1] or [default if default in units else units[0]]
    if len(named) < 2 and (query.asks_unit or (named and (_asks_place(query, result) or _asks_lead(query)))):
        return list(dict.fromkeys((*named, *units)))
    if named or default in units:
        return named or [default]
    of_the_index = query.nodes or query.readings or query.levels or query.sources
    of_nothing_here = query.kind in {"", "fact"} and query.content and not of_the_index
    of_nothing_here = of_nothing_here or (query.asks_personal and not query.nodes)
    if query.kind == "check" and not (query.years or set(query.nodes) - {result.definition.root}):
        return list(units)
    of_no_year_here = bool(query.years) and not {*query.years} & {*result.span}
    if query.places or query.kind == "computation" or of_nothing_here or of_no_year_here:
        return units[:1]  # what is asked of another place or year is outside of them all, and a method is that of any
    return units if len(units) == 1 else []


def sets_units_apart(query: Query) -> bool:
    """Whether a query for several units is about how they compare, not about each of them."""
    if query.kind == "trend":
        return bool(query.asks_gap or query.compares or query.side or (query.bound and not query.claims))
    if query.kind == "robustness":
        return not _is_of_years(query)
    if query.kind == "target":
        return len(query.units) > 1 and not (query.claims or query.to_year)
    if query.kind == "change":
        return is_of_gaps(query) or not (_is_of_years(query) or query.direction or query.asks_change)
    return query.kind == "value" or is_of_gaps(query) or is_of_order(query)


def is_of_gaps(query: Query) -> bool:
    """Whether a query for several units asks how far they are apart."""
    sets_apart = bool(query.compares or query.asks_gap or query.side) or _asks_lead(query)
    is_of_kind = (
        query.kind in _OF_GAPS
        or (query.kind in _OF_GAPS_BETWEEN and len(query.units) > 1)
        or (query.kind == "trend" and query.asks_parts)
    )
    return is_of_kind and sets_apart and not query.claims and not _is_of_years(query) and not is_of_order(query)


def is_of_order(query: Query) -> bool:
    """Whether a query for several units asks for their order."""
    return query.kind == "ranking" and not (query.asks_parts or query.levels)


def _asks_lead(query: Query) -> bool:
    """Whether the reason, or the certainty, of a unit's place at one end of them all is asked for."""
    of_end = query.extreme or (query.kind == "robustness" and query.side)
    of_a_part = query.pulls or query.drags or query.asks_which or query.levels or (query.direction and query.nodes)
    return query.kind in ("why", "robustness") and bool(of_end) and not (of_a_part or _is_of_years(query))


def _is_of_years(query: Query) -> bool:
    return query.is_range or query.against_year or (len(query.years) > 1 and not query.asks_gap)


def _asks_place(query: Query, result: IndexResult) -> bool:
    """Whether the place of a unit is asked for rather than one of its nodes."""
    of_nodes = query.levels or query.asks_parts or query.extreme or query.direction or query.bound
    return query.kind == "ranking" and not of_nodes and set(query.nodes) <= {result.definition.root}
