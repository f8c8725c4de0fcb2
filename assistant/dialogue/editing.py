"""What a follow-up changes in a text that was drafted before it: its points, its parts, its form, its length."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Point
from assistant.dialogue.pointing import PARTS, QUOTING, names_a_place, pointed_at, said_of
from assistant.edits import UNEDITED, Addition, Edits, Position
from assistant.language.edit_words import edit_words
from assistant.language.phrasings import Phrasings
from assistant.language.wording import wording
from assistant.query import LONG_DRAFT, SHORT_DRAFT, Query
from scoring import Node

_NUMBER = re.compile(r"\d+|[二两三四五六七八九]|[a-z]+")
# How long a quotation is that a reader takes for one short sentence.
_ONE_SENTENCE = 40
# How long what says something is at least.
_A_WORD = 2
# How many quotations are added where a part is to say more.
_MORE = 2


def form_asked(masked: str, plain: str, phrasings: Phrasings, edits: Edits = UNEDITED) -> Edits:
    """Read in what form a text is to be; a title is read where nothing is masked."""
    words = edit_words()
    untitled, titled = words.untitle.search(masked), words.titled.search(plain)
    title = next(filter(None, titled.groups())) if titled else edits.title
    is_table, in_one = bool(words.table.search(masked)), bool(words.one_paragraph.search(masked))
    is_list, groups = bool(words.list.search(masked)), _number_in(words.groups.search(masked), phrasings)
    is_table = (edits.is_table and not (is_list or groups)) or is_table
    each = words.each.search(masked)
    return replace(
        edits,
        has_title=not untitled and (edits.has_title or bool(words.title.search(masked) or titled)),
        title="" if untitled else title,
        is_bare=edits.is_bare or bool(words.bare.search(masked)),
        is_cautious=edits.is_cautious and not words.cautions.search(masked),
        is_table=is_table and not in_one,
        in_sentence=_is_one_sentence(masked) or (edits.in_sentence and not (is_table or in_one or is_list or groups)),
        is_sourced=edits.is_sourced or bool(words.sourced.search(masked)),
        in_one=in_one or (edits.in_one and not (is_table or is_list or groups)),
        groups=0 if is_table or in_one else groups or edits.groups,
        longest=(_number_in(each, phrasings, least=_ONE_SENTENCE) or _ONE_SENTENCE) if each else edits.longest,
        is_formal=bool(words.formal.search(masked)),
        missing="",
    )


def _is_one_sentence(masked: str) -> bool:
    """Whether the whole text is to be one sentence, not each of its points, nor what is added to it."""
    words = edit_words()
    return bool(words.one_sentence.search(masked)) and not (words.each.search(masked) or words.add.search(masked))


def _number_in(said: re.Match[str] | None, phrasings: Phrasings, least: int = 2) -> int:
    """Read the first number of some words that is not smaller; 0 where there is none."""
    written = _NUMBER.findall(said[0]) if said else ()
    numbers = (int(word) if word.isdigit() else phrasings.numbers.get(word, 0) for word in written)
    return next((number for number in numbers if number >= least), 0)


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
        return _cannot_be_done(query)
    confirms = query.confirms and not words.request.search(masked)
    asks_else = confirms or query.asks_amount or query.asks_which or query.asks_number
    if previous.kind != "draft":
        return _told(query, masked, previous) if previous.text_before and not asks_else else None
    if asks_else:
        return None
    if words.other_version.search(masked) and not (query.nodes or query.years):
        quoted = tuple(point.text for point in previous.written if point.part in QUOTING)
        other = replace(previous.edits, dropped=(*previous.edits.dropped, *quoted), kept=())
        return _redrafted(_as_it_is(query, previous), "", previous, other, is_anew=True)
    if words.very_first.search(masked) and not (query.nodes or query.years):
        return _version_before(query, previous, is_first=True)
    if words.undo.search(masked) and not (query.nodes or query.years):
        return _version_before(query, previous)
    if words.latest.search(masked) and words.drop.search(masked) and previous.edits.additions:
        edits = replace(previous.edits, additions=previous.edits.additions[:-1])
        return _redrafted(_as_it_is(query, previous), "", previous, edits)
    edits = form_asked(masked, plain, phrasings, previous.edits)
    if words.each.search(masked):
        query = replace(query, length=0)
    if words.titled.search(plain):
        query = replace(query, nodes=(), years=(), aspects=(), content="")  # what a title names is not what it is on
    masked_whole = masked
    for pattern in words.of_form():
        masked = masked if pattern in (words.list, words.one_sentence) else pattern.sub(" ", masked)
    form = next((form for form, pattern in phrasings.forms.items() if pattern.search(masked)), "")
    if form == "chart":
        return None
    if words.groups.search(masked_whole) or words.one_paragraph.search(masked_whole):
        form = "paragraph"
    elif words.list.search(masked):
        form = "list"
    unchanged = _as_it_is(query, previous)
    if exchanged := words.exchange.search(masked):
        return _exchanged(query, unchanged, exchanged, previous, edits, phrasings)
    if words.front.search(masked) and words.conclusion.search(masked):
        return _redrafted(unchanged, form, previous, replace(edits, missing="draft.begins_with_conclusion"))
    if words.reverse.search(masked) and len(query.aspects) > 1:
        last = max(query.aspects, key=lambda aspect: _at(phrasings.aspects[aspect], masked))
        return _redrafted(unchanged, form, previous, replace(edits, front=tuple(PARTS[last])))
    if words.front.search(masked) and (query.aspects or query.nodes or query.years):
        return _redrafted(unchanged, form, previous, _put_first(query, masked, previous, edits, indicators, phrasings))
    if form in ("fuller", "longer") and query.aspects and not (query.length or query.nodes or query.years):
        more = Addition(query.aspects, most=_MORE)
        return _redrafted(unchanged, "", previous, edits.adding(more))
    cuts = bool(words.drop.search(masked)) and not words.keep.search(masked)
    masked = masked_whole if words.unquoted.search(masked_whole) else masked
    cuts = cuts or bool(words.unquoted.search(masked_whole))
    swaps = words.swap.search(masked) and names_a_place(masked, phrasings)
    pointed = None
    if cuts or swaps or words.keep.search(masked):
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
        return _redrafted(unchanged, form, previous, edits.adding(instead))
    if addition := _added(query, masked, previous, phrasings):
        edits = edits.adding(addition)
        return _redrafted(unchanged, form, previous, edits)
    form = form or ("language" if of_language else "")
    return _of_other_parts(query, masked, form, previous, edits, phrasings)


def _as_it_is(query: Query, previous: Query) -> Query:
    """Ask for the text before on what it is on, in its parts."""
    return replace(query, nodes=(), years=(), aspects=previous.aspects, items=0)


def _version_before(query: Query, previous: Query, *, is_first: bool = False) -> Query:
    """Ask for a text as it was before its last change, or as it was first; where it has none, as it stands."""
    before = previous.text_before
    if before is None:
        return replace(previous, text=query.text, text_before=previous)
    while is_first and before.text_before:
        before = before.text_before
    return replace(before, text=query.text, written=())


def _put_first(
    query: Query, masked: str, previous: Query, edits: Edits, indicators: Sequence[Node], phrasings: Phrasings
) -> Edits:
    """Put what is said on something before the rest of its part, a part before the others, or something new first."""
    of_indicators = query.nodes and all(node.is_indicator for node in query.nodes)
    pointed = pointed_at(query, masked, previous.written, indicators, phrasings) if of_indicators else None
    quoted = [point.text for point in pointed.points if not point.is_added] if pointed else []
    if quoted and not edit_words().add.search(masked):
        kept = edits.kept or _standing(previous)
        return replace(edits, kept=tuple(sorted(kept, key=lambda text: text not in quoted)))
    if query.nodes or query.years:
        opening = Addition(
            query.aspects or ("state",), query.nodes, query.years, query.is_range, position=Position.FIRST
        )
        return edits.adding(opening)
    first = min(query.aspects, key=lambda aspect: _at(phrasings.aspects[aspect], masked))
    return replace(edits, front=tuple(PARTS[first]))


def _exchanged(
    query: Query, unchanged: Query, said: re.Match[str], previous: Query, edits: Edits, phrasings: Phrasings
) -> Query:
    """Let two points of one part change places; of two parts they cannot."""
    counted = [point for point in previous.written if point.part in QUOTING and not point.is_added]
    counted = counted or [point for point in previous.written if not point.is_added]
    numbers = [phrasings.numbers.get(word) or int(word) for word in filter(None, said.groups())]
    if len(numbers) != len({*numbers}) or not all(0 < number <= len(counted) for number in numbers):
        return _cannot_be_done(query)
    one, other = (counted[number - 1] for number in numbers)
    if one.part != other.part:
        return _cannot_be_done(query)
    instead = {one.text: other.text, other.text: one.text}
    kept = tuple(instead.get(text, text) for text in edits.kept or _standing(previous))
    return _redrafted(unchanged, "", previous, replace(edits, kept=kept))


def _cannot_be_done(query: Query) -> Query:
    """Ask what can be changed in a text."""
    return replace(query, kind="help", aspects=("editing",), nodes=(), years=(), content="")


def _of_other_parts(
    query: Query, masked: str, form: str, previous: Query, edits: Edits, phrasings: Phrasings
) -> Query | None:
    """Ask for a text of other parts, another length or form, or on something else."""
    words = edit_words()
    share = next((share for share, pattern in words.fractions.items() if pattern.search(masked)), 0.0)
    parts = _parts_wanted(query, masked, previous, phrasings)
    has_form = bool(form or share or query.length or query.items) or query.language != previous.language
    has_form = has_form or edits != replace(previous.edits, missing="", is_formal=False)
    says_more = query.content and said_of(masked, phrasings)
    of_years = query.years and not query.nodes and len(said_of(masked, phrasings)) < _A_WORD
    carries_on = has_form or of_years or query.kind == "draft" or not (query.asks or says_more)
    if words.another.search(masked) and (query.content or query.readings) and not query.nodes:
        of = replace(previous, nodes=query.readings, aspects=query.aspects or previous.aspects)
        of = replace(of, content="" if query.readings else said_of(words.anew.sub(" ", masked), phrasings))
        return replace(of, text=query.text, edits=edits.form, text_before=previous, written=(), found=())
    if parts is None and (not carries_on or (query.nodes and query.aspects)):
        asks_nothing = not (query.asks or query.nodes) or query.kind in {"draft", "what_if"}
        return _cannot_be_done(query) if asks_nothing and words.writes.search(masked) else None
    if query.nodes or query.years:
        edits = replace(edits, dropped=(), additions=())
    if parts is not None:
        edits = replace(edits, is_alone=bool(words.keep.search(masked)), groups=0)
    if share:
        query = replace(query, length=round(share * _length(previous)))
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
    return _redrafted(_as_it_is(query, text), "", text, text.edits.adding(addition))


def _without(edits: Edits, points: Sequence[Point], previous: Query) -> Edits:
    """Leave some points out of the text as it stands, or say that there are none such."""
    if not points:
        return replace(edits, missing="draft.nothing_pointed_at")
    return replace(edits, kept=_standing(previous, points), dropped=(*edits.dropped, *(point.text for point in points)))


def _added(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> Addition | None:
    """Read what is to be written beside what stands there; None where that is only another of its parts."""
    words = edit_words()
    if not words.add.search(masked) or words.anew.search(masked):
        return None
    position = Position.LAST if words.at_end.search(masked) else Position.BESIDE
    position = Position.FIRST if words.at_front.search(masked) else position
    if words.observed.search(masked):
        return Addition(("observed",), query.nodes, query.years, query.is_range, position=position)
    all_years = bool(words.all_years.search(masked))
    content = " ".join((*query.places, said_of(words.all_years.sub(" ", masked), phrasings)))
    content = "" if query.nodes or query.years or all_years else content.strip()
    is_there = bool(query.aspects) and all(
        any(point.part in PARTS[aspect] for point in previous.written) for aspect in query.aspects
    )
    had_no_room = bool(query.aspects) and {*query.aspects} <= {*previous.aspects}
    if not (query.nodes or query.years or all_years or content or is_there or had_no_room):
        return None
    aspects = query.aspects
    if query.kind == "why":
        aspects = ("state", "cause")
    elif not aspects:
        of_figures = words.of_figures.search(masked) or query.places or not (query.nodes or content)
        aspects = ("state",) if of_figures else previous.aspects
    years = query.years
    if len(years) == 1 and (query.compares or query.asks_gap):
        return Addition(aspects, query.nodes, (*years, *previous.years[-1:]), is_range=True, position=position)
    return Addition(aspects, query.nodes, years, query.is_range or all_years, content, position)


def _parts_wanted(query: Query, masked: str, previous: Query, phrasings: Phrasings) -> tuple[str, ...] | None:
    """Tell of what parts a text is to be from now on; None where that is left as it was."""
    words = edit_words()
    if not query.aspects:
        return None
    if words.drop.search(masked):
        return tuple(aspect for aspect in previous.aspects if aspect not in query.aspects) or previous.aspects
    if words.keep.search(masked):
        return query.aspects
    if query.items and not query.nodes and not set(query.aspects) <= set(previous.aspects):
        return tuple(dict.fromkeys((*previous.aspects, *query.aspects)))
    if (query.kind == "draft" or not query.nodes) and (phrasings.also.search(masked) or words.add.search(masked)):
        return tuple(dict.fromkeys((*previous.aspects, *query.aspects)))
    return None


def _standing(previous: Query, but_for: Sequence[Point] = ()) -> tuple[str, ...]:
    """List what the points of a text say, but for some, and for those added to what it was first asked for."""
    return tuple(point.text for point in previous.written if not (point.is_added or point in but_for))


def _length(previous: Query) -> int:
    """Measure a text as its reader does."""
    return wording(previous.language).length("".join(point.text for point in previous.written))


def _redrafted(query: Query, form: str, previous: Query, edits: Edits, *, is_anew: bool = False) -> Query:
    length, items = query.length or previous.length, query.items or previous.items
    if not query.length and form == "shorter":
        written = _length(previous)
        length = min(previous.length or written, written) * 2 // 3 or SHORT_DRAFT
    elif not query.length and form in ("longer", "fuller"):
        length = previous.length * 3 // 2 or LONG_DRAFT
    if query.length or form in ("longer", "fuller") or len(edits.additions) > len(previous.edits.additions):
        edits = replace(edits, in_sentence=False)
    composed_of = (previous.length, previous.items, previous.aspects, previous.language, previous.edits.is_alone)
    is_same = (length, items, query.aspects, query.language, edits.is_alone) == composed_of
    is_same = is_same and not (query.nodes or query.years or query.units or is_anew)
    edits = replace(edits, kept=(edits.kept or _standing(previous)) if is_same else ())
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
        or (query.asks_list and not (edits.is_table or edits.groups))
        or (previous.asks_list and form != "paragraph"),
        edits=edits,
        text_before=previous,
        found=(),
    )
