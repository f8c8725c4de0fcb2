"""The pieces of a text that has to have a length."""

from collections.abc import Sequence

import pytest

from assistant.answer import Point
from assistant.writers.fitting import TOLERANCE, Piece, fit

_OPENING = 10


def piece(part: str, size: int, worth: float = 1.0) -> Piece:
    return Piece(Point(part, ""), lambda desk: None, size, worth)


def size_of(chosen: Sequence[Piece], written: int = 0) -> int:
    parts = {piece.point.part for piece in chosen if piece.point.part}
    return written + sum(piece.size for piece in chosen) + _OPENING * len(parts)


def fitting(pieces: Sequence[Piece], asked: Sequence[str], length: int, written: int = 0) -> list[Piece]:
    return fit(pieces, asked, length, written, lambda part: _OPENING if part else 0)


def test_each_part_asked_for_has_a_piece_before_one_has_two():
    problem, more, advice = piece("problem", 60), piece("problem", 60), piece("strategy", 20, worth=0.1)
    assert fitting([problem, more, advice], ["problem", "strategy"], 100) == [problem, advice]


def test_a_part_is_left_out_where_it_does_not_fit():
    state, problem = piece("", 90), piece("problem", 200)
    assert fitting([state, problem], ["", "problem"], 100) == [state]


@pytest.mark.parametrize("length", range(60, 400, 17))
def test_a_length_that_can_be_reached_is_reached(length: int):
    pieces = [piece(part, size) for part in ("", "problem", "strategy") for size in (7, 11, 13, 29, 53)]
    chosen = fitting(pieces, ["problem"], length, written=20)
    assert abs(size_of(chosen, written=20) - length) <= max(1, round(TOLERANCE * length))


def test_pieces_keep_their_order():
    pieces = [piece("", 30), piece("problem", 30), piece("problem", 31), piece("strategy", 32)]
    chosen = fitting(pieces, ["strategy", "problem"], 150)
    assert chosen == [piece for piece in pieces if piece in chosen]
