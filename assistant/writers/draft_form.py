"""The form of a text to be pasted: paragraphs or a table, with a title or without, with markers or without."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.desk import Desk
from assistant.writers.draft_pieces import CLOSING, LEAD, MOVERS, OPENING, QUOTED, STATE
from assistant.writers.fitting import Piece

_MARKER = re.compile(r"\s?\[\d+\]")
# In which order the parts of a text stand.
_ORDER = {OPENING: -1, LEAD: 0, STATE: 1, MOVERS: 1, "state": 2, "cause": 3, "problem": 4, "strategy": 5, CLOSING: 6}


def write_title(desk: Desk, topic: str) -> None:
    """Put the title of a text above it, where one is wanted; it names the nodes, or the topic of a text on none."""
    draft, query = desk.draft, desk.query
    if query.edits.title:
        draft.block(draft.phrase("draft.titled", title=query.edits.title))
    elif query.edits.has_title:
        what = next(what for what in ("problem", "advice", "cause", "state") if what in query.aspects)
        form = "list" if query.asks_list else "text"
        subject = topic or desk.names(query.nodes)
        key = "draft.title.of_years" if len(query.years) > 1 else "draft.title.of_year"
        first, last = min(query.years), max(query.years)
        what = draft.phrase(f"draft.title.{what}.{form}")
        draft.block(draft.phrase(key, first_year=first, last_year=last, subject=subject, what=what))


def write_pieces(desk: Desk, pieces: Sequence[Piece]) -> None:
    """Write pieces in the order of their parts, each part with its own opening, or in the cells of a table."""
    front = desk.query.edits.front
    front = (OPENING, *front)
    ordered = sorted(pieces, key=lambda piece: (piece.point.part not in front, _ORDER[piece.point.part]))
    if not desk.query.edits.groups:
        desk.draft.points.extend(piece.point for piece in ordered)
    if desk.query.edits.is_table:
        _write_table(desk, ordered)
        return
    if desk.query.edits.groups:
        _write_groups(desk, ordered)
        return
    if desk.query.asks_list and not any(piece.point.part in QUOTED.values() for piece in ordered):
        _write_lines(desk, ordered)
        return
    _write_text(desk, ordered)


def _write_text(desk: Desk, pieces: Sequence[Piece], before: str = "") -> None:
    """Write pieces one after the other, `before` them a part of the text."""
    in_one = desk.query.edits.in_one
    for piece in pieces:
        part = piece.point.part
        if not in_one and _begins_a_paragraph(desk, part, before):
            desk.draft.paragraph()
        if part in QUOTED.values() and part != before:
            desk.draft.say(f"draft.{part}")
            if desk.query.asks_list:
                desk.draft.paragraph()
        piece.write(desk)
        before = part


def _begins_a_paragraph(desk: Desk, part: str, before: str) -> bool:
    """Whether a paragraph begins with a piece: with what is quoted, and behind it; with each of several leads."""
    if part in QUOTED.values() or before in QUOTED.values():
        return part != before
    return len(desk.query.nodes) > 1 and (part == LEAD or before == LEAD)


def _write_lines(desk: Desk, pieces: Sequence[Piece]) -> None:
    draft, lines = desk.draft, list[str]()
    for piece in pieces:
        draft.paragraph()
        piece.write(desk)
        lines.append(draft.phrase("draft.line", text=draft.blocks.pop()))
    draft.block("\n".join(lines))


def _write_groups(desk: Desk, pieces: Sequence[Piece]) -> None:
    """Write as many numbered points as are wanted, each of what belongs together."""
    draft, lines, before = desk.draft, list[str](), ""
    in_one = replace(desk, query=replace(desk.query, asks_list=False, edits=replace(desk.query.edits, in_one=True)))
    for number, group in enumerate(_groups_of(pieces, desk.query.edits.groups), 1):
        draft.paragraph()
        _write_text(in_one, group, before)
        before = group[-1].point.part
        draft.points.extend(piece.point._replace(number=number) for piece in group)
        lines.append(draft.phrase("draft.numbered", number=number, text=draft.blocks.pop()))
    draft.block("\n".join(lines))


def _groups_of(pieces: Sequence[Piece], count: int) -> list[list[Piece]]:
    """Divide pieces by their parts, then further or less so until there are as many groups as wanted, or nearly."""
    groups = [list(group) for _, group in groupby(pieces, key=_section)]
    while len(groups) > count:
        place = min(range(1, len(groups)), key=lambda place: _size(groups[place - 1]) + _size(groups[place]))
        groups[place - 1 : place + 1] = [groups[place - 1] + groups[place]]
    while len(groups) < count and (divisible := [group for group in groups if len(group) > 1]):
        longest = max(divisible, key=_size)
        place, middle = groups.index(longest), len(longest) // 2
        groups[place : place + 1] = [longest[:middle], longest[middle:]]
    return groups


def _section(piece: Piece) -> str:
    """Tell the part that a piece quotes for; what the figures say is one."""
    return piece.point.part if piece.point.part in QUOTED.values() else ""


def _size(group: Sequence[Piece]) -> int:
    return sum(piece.size for piece in group)


def _write_table(desk: Desk, pieces: Sequence[Piece]) -> None:
    draft = desk.draft
    rows = [draft.phrase("draft.head")]
    for piece in pieces:
        draft.paragraph()
        piece.write(desk)
        text = draft.blocks.pop()
        column = draft.phrase(f"draft.column.{piece.point.part}")
        rows.append(draft.phrase("draft.row", part=column, text=text))
    draft.block("\n".join(rows))


def write_sources_below(desk: Desk) -> None:
    """Name below a text where in the documents what it cites stands."""
    draft = desk.draft
    cited = [
        draft.phrase("draft.source", marker=f"[{cited.marker}]", document=cited.document, section=cited.section)
        for cited in draft.citations
    ]
    if cited:
        draft.paragraph()
        draft.say("draft.sources", sources="\n".join(cited))


def write_without_markers(desk: Desk) -> None:
    """Take the markers of citations out of a text; its citations stay beside it."""
    desk.draft.blocks[:] = [_MARKER.sub("", block) for block in desk.draft.blocks]
