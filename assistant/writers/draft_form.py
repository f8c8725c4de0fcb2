"""The form of a text to be pasted: paragraphs or a table, with a title or without, with markers or without."""

import re
from collections.abc import Sequence

from assistant.desk import Desk
from assistant.writers.draft_pieces import LEAD, MOVERS, QUOTED, STATE
from assistant.writers.fitting import Piece

_MARKER = re.compile(r"\s?\[\d+\]")
# In which order the parts of a text stand.
_ORDER = {LEAD: 0, STATE: 1, MOVERS: 1, "state": 2, "cause": 3, "problem": 4, "strategy": 5}


def write_title(desk: Desk) -> None:
    """Put the title of a text above it, where one is wanted."""
    draft, query = desk.draft, desk.query
    if query.edits.title:
        draft.block(draft.phrase("draft.titled", title=query.edits.title))
    elif query.edits.has_title:
        what = next(what for what in ("problem", "advice", "cause", "state") if what in query.aspects)
        form = "list" if query.asks_list else "text"
        subject = desk.names(query.nodes) if query.nodes and not query.content else query.content
        key = "draft.title.of_years" if len(query.years) > 1 else "draft.title.of_year"
        first, last = min(query.years), max(query.years)
        what = draft.phrase(f"draft.title.{what}.{form}")
        draft.block(draft.phrase(key, first_year=first, last_year=last, subject=subject, what=what))


def write_pieces(desk: Desk, pieces: Sequence[Piece]) -> None:
    """Write pieces in the order of their parts, each part with its own opening, or in the cells of a table."""
    front = desk.query.edits.front
    ordered = sorted(pieces, key=lambda piece: (piece.point.part not in front, _ORDER[piece.point.part]))
    desk.draft.points.extend(piece.point for piece in ordered)
    if desk.query.edits.is_table:
        _write_table(desk, ordered)
        return
    if desk.query.asks_list and not any(piece.point.part in QUOTED.values() for piece in ordered):
        _write_lines(desk, ordered)
        return
    before, in_one = "", desk.query.edits.in_one
    for piece in ordered:
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


def write_without_markers(desk: Desk) -> None:
    """Take the markers of citations out of a text; its citations stay beside it."""
    desk.draft.blocks[:] = [_MARKER.sub("", block) for block in desk.draft.blocks]
