"""Which pieces of a text are chosen where it has to have a length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations

from assistant.answer import Point
from assistant.desk import Desk

# How far a text may be from the length asked for.
TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or two that may stand in a text.

    Attributes
    ----------
    point : Point
        In which part of the text it stands, and what it says.
    size, worth : int, float
        How long it is, and what a character of it is worth.
    shorter : tuple of Piece
        What may stand for it in a part that is asked for and has no room for it, the longest first.
    """

    point: Point
    write: Callable[[Desk], None]
    size: int
    worth: float
    shorter: "tuple[Piece, ...]" = ()


def fit(
    pieces: Sequence[Piece], asked: Sequence[str], length: int, written: int, opening: Callable[[str], int]
) -> list[Piece]:
    """Choose pieces that bring a text to a length: of each part asked for the first that fits, then what is worth most.

    Parameters
    ----------
    asked : sequence of str
        The parts that the text is to have, most wanted first.
    length, written : int
        The size that the text is to have, within `TOLERANCE`, and the size that it has already.
    opening : function of str
        The size of the opening of a part.
    """
    least, most = (round(length * (1 + way * TOLERANCE)) - written for way in (-1, 1))
    best: tuple[bool, list[bool], float, list[Piece]] = (False, [], -1.0, [])
    parts = list(dict.fromkeys(piece.point.part for piece in pieces))
    for chosen in chain.from_iterable(combinations(parts, count) for count in range(len(parts) + 1)):
        openings = sum(map(opening, chosen))
        within = [piece for piece in pieces if piece.point.part in chosen]
        first = _first_of_each(within, [part for part in asked if part in chosen], most - openings)
        taken = openings + sum(piece.size for piece in first)
        others = [piece for piece in within if not any(choice in first for choice in (piece, *piece.shorter))]
        reaching, worth, rest = _knapsack(others, least - taken, most - taken)
        kept = [piece for piece in map(partial(_as_chosen, chosen=first), pieces) if piece in first or piece in rest]
        worth += sum(piece.size * piece.worth for piece in first)
        covered = [any(piece.point.part == part for piece in kept) for part in asked]
        best = max(best, (reaching and taken <= most, covered, worth, kept), key=lambda choice: choice[:3])
    return best[3]


def _first_of_each(pieces: Sequence[Piece], parts: Sequence[str], room: int) -> list[Piece]:
    """Choose of each part the first piece that leaves room for the shortest one of each part after it."""
    shortest = {part: min((*p.shorter[-1:], p)[0].size for p in pieces if p.point.part == part) for part in parts}
    chosen: list[Piece] = []
    for place, part in enumerate(parts):
        free = room - sum(piece.size for piece in chosen) - sum(shortest[later] for later in parts[place + 1 :])
        of_part = [choice for piece in pieces if piece.point.part == part for choice in (piece, *piece.shorter)]
        chosen += [piece for piece in of_part if piece.size <= free][:1]
    return chosen


def _as_chosen(piece: Piece, chosen: Sequence[Piece]) -> Piece:
    """Give the shorter piece in place of the one that it stands for, where that is the one chosen."""
    return next((shorter for shorter in piece.shorter if shorter in chosen), piece)


def _knapsack(pieces: Sequence[Piece], least: int, most: int) -> tuple[bool, float, list[Piece]]:
    """Choose pieces of at most a size: whether they reach the least size, what they are worth, and which they are."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for place, piece in enumerate(pieces):
        for size, (worth, chosen) in list(best.items()):
            larger, worth_more = size + piece.size, worth + piece.size * piece.worth
            if larger <= most and worth_more > best.get(larger, (0.0,))[0]:
                best[larger] = worth_more, (*chosen, place)
    reaching = [size for size in best if size >= least]
    worth, chosen = max(best[size] for size in reaching or best)
    return bool(reaching), worth, [pieces[place] for place in chosen]
