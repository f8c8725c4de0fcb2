"""What a follow-up changes in a text that was drafted before it: its points, its parts, its form, its length."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Point
from assistant.edit_words import edit_words
from assistant.edits import UNEDITED, Addition, Edits
from assistant.phrasings import Phrasings
from assistant.pointing import PARTS, names_a_place, pointed_at, said_of
from assistant.query import LONG_DRAFT, SHORT_DRAFT, Query
from scoring import Node


def form_asked(masked: str, plain: str, edits: Edits = UNEDITED) -> Edits:
    """Read in what form a text is to be; a title is read where nothing is masked."""
    words = edit_words()
    untitled, titled = words.untitle.search(masked), words.titled.search(plain)
    title = next(filter(None, titled.groups())) if titled else edits.title
    is_table = (edits.is_table and not words.list.search(masked)) or bool(words.table.search(masked))
    in_one = bool(words.one_paragraph.search(masked))
    return replace(
        edits,
        has_title=not untitled and (edits.has_title or bool(words.title.search(masked) or titled)),
        title="" if untitled else title,
        is_bare=edits.is_bare or bool(words.bare.search(masked)),
        is_cautious=edits.is_cautious and not words.cautions.search(masked),
        is_table=is_table and not in_one,
        in_one=in_one or (edits.in_one and not (is_table or words.list.search(masked))),
        is_formal=bool(words.formal.search(masked)),
        missing="",
    )


def edited(
    query: Query,
    plain: str,
    masked: str,
    previous: Query,
    indicators: Sequence[Node],
    phrasings: Phrasings,
    *,
    of_language: bool,
) -> Query | None:
    """Ask for the text before once more, with what a follow-up changes in it; None where it asks something else.

    Parameters
    ----------
    plain, masked : str
        The follow-up, and the same with its names masked.
    indicators : sequence of Node
        All of the index.
    of_language : bool
        Whether it asks for a language.
    """
    words = edit_words()
    if previous.kind == "draft" and words.restyle.search(masked) and not words.formal.search(masked):
        return replace(query, kind="help", aspects=("editing",), nodes=(), years=(), content="")
    confirms = query.confirms and not words.request.search(masked)
    asks_else = confirms or query.asks_amount or query.asks_which or query.asks_number
    if previous.kind != "draft":
        return _told(query, masked, previous) if previous.text_before and not asks_else else None
    if asks_else:
        return None
    if words.undo.search(masked) and not (query.nodes or query.years):
        before = previous.text_before or replace(previous, text_before=previous)
        return replace(before, text=query.text, written=() if previous.text_before else previous.written)
    if words.latest.search(masked) and words.drop.search(masked) and previous.edits.additions:
        edits = replace(previous.edits, additions=previous.edits.additions[:-1], kept=())
        return _redrafted(replace(query, nodes=(), years=(), aspects=previous.aspects, items=0), "", previous, edits)
    edits = form_asked(masked, plain, previous.edits)
    masked_whole = masked
    for pattern in words.of_form():
        masked = masked if pattern in (words.list, words.one_sentence) else pattern.sub(" ", masked)
    form = next((form for form, pattern in phrasings.forms.items() if pattern.search(masked)), "")
    if form == "chart":
        return None
    form = "list" if words.list.search(masked) else "paragraph" if edits.in_one else form
    unchanged = replace(query, nodes=(), years=(), aspects=previous.aspects, items=0)
    if words.front.search(masked) and query.aspects:
        first = min(query.aspects, key=lambda aspect: _at(phrasings.aspects[aspect], masked))
        parts = tuple(PARTS[first])
        return _redrafted(unchanged, form, previous, replace(edits, front=parts))
    cuts = bool(words.drop.search(masked)) and not words.keep.search(masked)
    masked = masked_whole if words.unquoted.search(masked_whole) else masked
    cuts = cuts or bool(words.unquoted.search(masked_whole))
    swaps = words.swap.search(masked) and names_a_place(masked, phrasings)
    pointed = None
    if cuts or swaps or words.keep.search(masked) or words.one_sentence.search(masked):
        pointed = pointed_at(query, masked, previous.written, indicators, phrasings)
    if pointed is not None and (cuts or not (swaps and pointed.points)):
        others = tuple(point for point in pointed.among if point not in pointed.points)
        left_out = pointed.points if cuts or not pointed.points else others
        form = "" if form == "shorter" else form
        return _redrafted(unchanged, form, previous, _without(edits, left_out, previous))
    if pointed is not None and (query.nodes or said_of(masked, phrasings)):
        part = pointed.points[0].part
        aspects = tuple(aspect for aspect in ("problem", "advice", "state") if part in PARTS[aspect])
        instead = Addition(aspects, query.nodes, (), content="" if query.nodes else said_of(masked, phrasings))
        edits = _without(edits, pointed.points, previous)
        return _redrafted(unchanged, form, previous, replace(edits, additions=(*edits.additions, instead)))
    if addition := _added(query, masked, previous, phrasings):
        edits = replace(edits, additions=(*edits.additions, addition))
        return _redrafted(unchanged, form, previous, edits)
    form = form or ("language" if of_language else "")
    return _of_other_parts(query, masked, form, previous, edits, phrasings)


def _of_other_parts(
    query: Query, masked: str, form: str, previous: Query, edits: Edits, phrasings: Phrasings
) -> Query | None:
    """Ask for a text of other parts, another length or form, or on something else."""
    words = edit_words()
    share = next((share for share, pattern in words.fractions.items() if pattern.search(masked)), 0.0)
    parts = _parts_wanted(query, masked, previous, phrasings)
    has_form = bool(form or share or query.length or query.items) or query.language != previous.language
    has_form = has_form or edits != replace(previous.edits, missing="", is_formal=False)
    carries_on = has_form or query.kind == "draft" or not (query.asks or query.content)
    if parts is None and (not carries_on or (query.nodes and query.aspects)):
        return None
    if query.nodes or query.years:
        edits = replace(edits, dropped=(), additions=())
    if share:
        query = replace(query, length=round(share * sum(len(point.text) for point in previous.written)))
    return _redrafted(replace(query, aspects=previous.aspects if parts is None else parts), form, previous, edits)


def _at(words: re.Pattern[str], masked: str) -> int:
    """Tell where some words stand in a follow-up."""
    return found.start() if (found := words.search(masked)) else len(masked)


def _told(query: Query, masked: str, previous: Query) -> Query | None:
    """Put into the text before what was told since, where a follow-up says so."""
    text = previous.text_before
    if text is None or not edit_words().told.search(masked):
        return None
    aspects = ("state", "cause") if previous.kind in {"why", "change"} else ("state",)
    addition = Addition(aspects, previous.nodes, previous.years, previous.is_range)
    edits = replace(text.edits, additions=(*text.edits.additions, addition))
    return _redrafted(replace(query, nodes=(), years=(), aspects=text.aspects), "", text, edits)


def _without(edits: Edits, points: Sequence[Point], previous: Query) -> Edits:
    """Leave some points out of the text as it stands, or say that there are none such."""
    if not points:
        return replace(edits, missing="draft.nothing_pointed_at")
    kept = tuple(point.text for point in previous.written if point not in points)
    return replace(edits, kept=kept, dropped=(*edits.dropped, *(point.text for point in points)))


def _added(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Addition | None:
    """Read what is to be written beside what stands there; None where that is only another of its parts."""
    words = edit_words()
    if not words.add.search(masked) or words.anew.search(masked):
        return None
    all_years = bool(words.all_years.search(masked))
    content = " ".join((*query.places, said_of(words.all_years.sub(" ", masked), phrasings)))
    content = "" if query.nodes or query.years or all_years else content.strip()
    if not (query.nodes or query.years or all_years or content):
        return None
    aspects = query.aspects
    if query.kind == "why":
        aspects = ("state", "cause")
    elif not aspects:
        of_figures = words.of_figures.search(masked) or query.places or not (query.nodes or content)
        aspects = ("state",) if of_figures else previous.aspects
    years = query.years
    if len(years) == 1 and (query.compares or query.asks_gap):
        return Addition(aspects, query.nodes, (*years, *previous.years[-1:]), is_range=True)
    return Addition(aspects, query.nodes, years, query.is_range or all_years, content)


def _parts_wanted(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> tuple[str, ...] | None:
    """Tell of what parts a text is to be from now on; None where that is left as it was."""
    words = edit_words()
    if not query.aspects:
        return None
    if words.drop.search(masked):
        return tuple(aspect for aspect in previous.aspects if aspect not in query.aspects) or previous.aspects
    if words.keep.search(masked):
        return query.aspects
    if (query.kind == "draft" or not query.nodes) and (phrasings.also.search(masked) or words.add.search(masked)):
        return tuple(dict.fromkeys((*previous.aspects, *query.aspects)))
    return None


def _redrafted(query: Query, form: str, previous: Query, edits: Edits) -> Query:
    length, items = query.length or previous.length, query.items or previous.items
    if not query.length and form == "shorter":
        length = previous.length * 2 // 3 or SHORT_DRAFT
    elif not query.length and form in ("longer", "fuller"):
        length = previous.length * 3 // 2 or LONG_DRAFT
    if (length, items, query.aspects, query.language) != (
        previous.length,
        previous.items,
        previous.aspects,
        previous.language,
    ):
        edits = replace(edits, kept=())
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
        items=items,
        asks_list=form == "list"
        or (query.asks_list and not edits.is_table)
        or (previous.asks_list and form != "paragraph"),
        edits=edits,
        text_before=previous,
        found=(),
    )
