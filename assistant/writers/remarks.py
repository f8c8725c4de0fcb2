"""What the documents say of how nodes developed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from assistant.answer import Status
from assistant.desk import Desk
from assistant.sources.lookup import Quotation
from assistant.writers.passages import quote_all

_MOST = 2


def write_remarks(desk: Desk) -> Status | None:
    """Quote what the documents say of the nodes' development up to the latest year asked for, if they say anything."""
    query, known = desk.query, desk.figures.years
    if any(year not in known for year in query.years):
        return None
    years = query.years or (known[-1],)
    kept = list(_remarks(replace(desk, query=replace(query, years=years))))
    return quote_all(replace(desk, query=replace(query, years=())), kept) if kept else None


def _remarks(desk: Desk) -> Iterator[Quotation]:
    """Yield the sentences that say most of how each node stands in the latest year asked for."""
    start, end = desk.span()
    taken = list(desk.of_others())
    for node in desk.query.nodes:
        direction = desk.figures.change(node, start, end).direction or 1
        about = desk.sources.remarks.each_about(node, end, desk.figures.years, direction, taken)
        for found in islice(about, _MOST):
            taken.append(found.quote)
            yield found
