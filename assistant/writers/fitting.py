"""Which pieces of a text are chosen where it has to have a length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from assistant.desk import Desk

# How far a text may be from the length asked for.
TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or two that may stand in a text: in which part of it, its size, and what a character is worth."""

    part: str
    write: Callable[[Desk], None]
    size: int
    worth: float


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
    parts = list(dict.fromkeys(piece.part for piece in pieces))
    for chosen in chain.from_iterable(combinations(parts, count) for count in range(len(parts) + 1)):
        openings = sum(map(opening, chosen))
        within = [piece for piece in pieces if piece.part in chosen]
        first = _first_of_each(within, [part for part in asked if part in chosen], most - openings)
        taken = openings + sum(piece.size for piece in first)
        others = [piece for piece in within if piece not in first]
        reaching, worth, rest = _knapsack(others, least - taken, most - taken)
        kept = [piece for piece in pieces if piece in first or piece in rest]
        worth += sum(piece.size * piece.worth for piece in first)
        covered = [any(piece.part == part for piece in kept) for part in asked]
        best = max(best, (reaching and taken <= most, covered, worth, kept), key=lambda choice: choice[:3])
    return best[3]


def _first_of_each(pieces: Sequence[Piece], parts: Sequence[str], room: int) -> list[Piece]:
    """Choose of each part the first piece that leaves room for the shortest one of each part after it."""
    shortest = {part: min(piece.size for piece in pieces if piece.part == part) for part in parts}
    chosen: list[Piece] = []
    for place, part in enumerate(parts):
        free = room - sum(piece.size for piece in chosen) - sum(shortest[later] for later in parts[place + 1 :])
        fitting = [piece for piece in pieces if piece.part == part and piece.size <= free]
        chosen += fitting[:1]
    return chosen


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
