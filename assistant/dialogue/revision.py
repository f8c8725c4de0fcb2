"""What a follow-up changes of the form of the answer before it, where that was no text to be pasted."""

from dataclasses import replace

from assistant.edits import IN_ONE
from assistant.language.phrasings import Phrasings
from assistant.query import Query

# These are answered with a picture; of anything else the course over the years is drawn.
_DRAWN = {"why", "change", "trend"}
# What a list is of that an answer of some kinds is brought into.
_ASPECTS = {"strategy": "advice", "problem": "problem"}
# Of which kind the answer is that says more than that of another.
_FULLER = {"value": "change", "change": "why"}


def revised(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Query | None:
    """Ask the question before once more, in another form; None where a follow-up asks for none."""
    form = next((form for form, words in phrasings.forms.items() if words.search(masked)), "")
    return _in_form(form, query, previous) if form and not query.nodes else None


def _in_form(form: str, query: Query, previous: Query) -> Query:
    """Ask the question before once more, in another form."""
    again = replace(previous, text=query.text, language=query.language, found=())
    if form in ("fuller", "longer"):
        return replace(again, is_brief=False, kind=_FULLER.get(previous.kind, previous.kind))
    if form == "list":
        aspects = (_ASPECTS[previous.kind],) if previous.kind in _ASPECTS else previous.aspects
        return replace(again, kind="draft" if aspects else previous.kind, aspects=aspects, asks_list=True)
    if form == "chart" and query.kind == "trend":
        return replace(again, kind="trend", years=query.years, is_range=query.is_range, levels=())
    if form == "chart":
        return again if previous.kind in _DRAWN else replace(again, kind="trend", years=(), levels=())
    if form == "paragraph":
        of_text = [asked.aspects for asked in (query, previous) if asked.kind != "help"]
        aspects = next(filter(None, of_text), ("cause",))
        return replace(
            again, kind="draft", aspects=aspects, length=query.length, asks_list=False, items=0, edits=IN_ONE
        )
    return replace(again, is_brief=form == "shorter")
