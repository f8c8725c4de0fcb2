"""What a follow-up changes of the answer before it: its form, its length, the parts of a text."""

from dataclasses import replace

from assistant.phrasings import Phrasings
from assistant.query import LONG_DRAFT, SHORT_DRAFT, Query

# These are answered with a picture; of anything else the course over the years is drawn.
_DRAWN = {"why", "change", "trend"}
# What a list is of that an answer of some kinds is brought into.
_ASPECTS = {"strategy": "advice", "problem": "problem"}
# Of which kind the answer is that says more than that of another.
_FULLER = {"value": "change", "change": "why"}


def revised(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Ask the question before once more with what a follow-up changes of its answer; None where it changes nothing."""
    form = next((form for form, words in phrasings.forms.items() if words.search(masked)), "")
    if previous.kind == "draft" and form != "chart":
        parts = _parts_wanted(query, masked, previous, phrasings)
        carries_on = bool(form) or query.kind == "draft" or not query.asks
        if parts is None and (not carries_on or (query.nodes and query.aspects)):
            return None
        return _redrafted(replace(query, aspects=previous.aspects if parts is None else parts), form, previous)
    return _in_form(form, query, previous) if form and not query.nodes else None


def _parts_wanted(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> tuple[str, ...] | None:
    """Tell of what parts a text is to be from now on; None where that is left as it was."""
    if not query.aspects:
        return None
    if phrasings.revising["drop"].search(masked):
        return tuple(aspect for aspect in previous.aspects if aspect not in query.aspects)
    if phrasings.revising["only"].search(masked):
        return query.aspects
    if (query.kind == "draft" or not query.nodes) and phrasings.also.search(masked):
        return tuple(dict.fromkeys((*previous.aspects, *query.aspects)))
    return None


def _redrafted(query: Query, form: str, previous: Query) -> Query:
    length = query.length or previous.length
    if not query.length and form == "shorter":
        length = previous.length * 2 // 3 or SHORT_DRAFT
    elif not query.length and form in ("longer", "fuller"):
        length = previous.length * 3 // 2 or LONG_DRAFT
    return replace(
        previous,
        text=query.text,
        language=query.language,
        nodes=query.nodes or previous.nodes,
        content="" if query.nodes else previous.content,
        years=query.years or previous.years,
        units=query.units or previous.units,
        aspects=query.aspects,
        length=length,
        items=query.items or previous.items,
        asks_list=form == "list" or query.asks_list or (previous.asks_list and form != "paragraph"),
        found=(),
    )


def _in_form(form: str, query: Query, previous: Query) -> Query:
    """Ask the question before once more, in another form."""
    again = replace(previous, text=query.text, language=query.language, found=())
    if form in ("fuller", "longer"):
        return replace(again, is_brief=False, kind=_FULLER.get(previous.kind, previous.kind))
    if form == "list":
        aspects = (_ASPECTS[previous.kind],) if previous.kind in _ASPECTS else previous.aspects
        return replace(again, kind="draft" if aspects else previous.kind, aspects=aspects, asks_list=True)
    if form == "chart":
        return again if previous.kind in _DRAWN else replace(again, kind="trend", years=(), levels=())
    if form == "paragraph":
        aspects = query.aspects or previous.aspects or ("cause",)
        return replace(again, kind="draft", aspects=aspects, length=query.length, asks_list=False, items=0)
    return replace(again, is_brief=form == "shorter")
