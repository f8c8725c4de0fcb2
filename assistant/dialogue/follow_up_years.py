"""The years that a follow-up speaks of: what it points back to, and what it leaves out."""

import re
from dataclasses import replace

from assistant.intent.particulars import number_said
from assistant.language.phrasings import Phrasings
from assistant.query import Query

# These hold for all years.
TIMELESS = {"strategy", "problem", "definition", "source", "weight", "hierarchy"}
# These are of a span of years.
OF_SPANS = {"why", "change", "share"}


def with_years_named(text: str, previous: Query, phrasings: Phrasings) -> str:
    """Put the year that was spoken of, or found, for words that point back to it: "that year", "since then"."""
    spoken = previous.found_years or years_spoken(previous)
    if not spoken:
        return text
    both = sorted({*previous.years, *previous.spoken_years})
    if len(both) == 2:
        joint = "to" if text.isascii() else "到"
        text = phrasings.between_both.sub(f" {both[0]}{joint}{both[1]} ", text)
    text = phrasings.that_year.sub(f" {spoken[-1]} ", text)
    text = phrasings.years_on.sub(lambda words: _years_on(words, spoken[-1], phrasings), text)
    return phrasings.since_then.sub(lambda words: _since(words[0], spoken[-1]), text)


def _years_on(words: re.Match[str], year: int, phrasings: Phrasings) -> str:
    """Write the year that lies so many years after the one spoken of, or before it."""
    count = number_said(words, phrasings)
    return f" in {year + count if words['later'] else year - count} "


def _since(words: str, year: int) -> str:
    return f"since {year}" if words.isascii() else f"{year}年以来"


def years_of(
    query: Query, kind: str, masked: str, previous: Query, phrasings: Phrasings
) -> tuple[str, tuple[int, ...], bool]:
    """Tell the years that a follow-up speaks of, whether they are a range, and the kind that it thus is of."""
    years, is_range, spoken = query.years, query.is_range, years_spoken(previous)
    if not years and kind not in TIMELESS:
        years, is_range = _carried_years(kind, previous)
        before = asks_before(query, masked, phrasings)
        compares = before and bool(phrasings.comparing.search(masked) or phrasings.beside_previous.search(masked))
        if compares and kind == "value":
            return "change", years, is_range
        if before and kind == "value" and (query.side or query.bound) and len(years) == 1:
            return "change", years, is_range  # "how far above the year before is that"
        after = bool(phrasings.relative_years["next"].search(masked))
        if kind in OF_SPANS and len(years) == 2 and max(years) - min(years) == 1 and (before or after) and not compares:
            step = 1 if after else -1
            return kind, tuple(year + step for year in years), is_range
        if before and years and not compares:
            return kind, (min(years) - 1,), False
        if after and years:
            return kind, (max(years) + 1,), False
        apart = query.asks_gap or (query.asks_raw and query.direction)
        apart = apart or (kind == "change" and previous.kind == "value" and query.asks_amount and query.direction)
        if apart and not query.nodes and len({*years, *previous.spoken_years}) == 2:
            return "change", (*previous.spoken_years, *years), is_range
    elif len(years) == len(previous.years) == 1 and phrasings.up_to.search(masked) and previous.years < years:
        return kind, (*previous.years, *years), is_range
    elif len(years) == len(spoken) == 1 and not query.nodes and phrasings.comparing.search(masked):
        # "Compared with last year", said of the latest, means the one before that.
        return "change" if kind == "value" else kind, years if spoken == years else (*spoken, *years), is_range
    return kind, years, is_range


def in_year_beside(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query:
    """Ask a question that stands alone, but for the year "after" or "before", of the one beside the year spoken of."""
    spoken = years_spoken(previous)
    sets_apart = phrasings.comparing.search(masked) or phrasings.beside_previous.search(masked)
    if query.years or not spoken or query.kind in TIMELESS or sets_apart:
        return query
    if phrasings.relative_years["next"].search(masked):
        return replace(query, years=(max(spoken) + 1,))
    return replace(query, years=(min(spoken) - 1,)) if asks_before(query, masked, phrasings) else query


def _carried_years(kind: str, previous: Query) -> tuple[tuple[int, ...], bool]:
    """Give the years of the question before, or of a movement the one that its answer found."""
    if previous.found_years and ({kind, previous.kind} & {"why", "change"} or kind == "share"):
        return previous.found_years[-1:], False
    return years_spoken(previous), previous.is_range


def asks_before(query: Query, masked: str, phrasings: Phrasings) -> bool:
    """Whether the year before is asked for."""
    return bool(phrasings.relative_years["previous"].search(masked)) and not query.years


def years_spoken(previous: Query) -> tuple[int, ...]:
    """Give the years that were spoken of last, where need be before a question that has none."""
    return previous.years or previous.spoken_years
