"""What a model spent on an answer."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model spent on an answer, also on one that did not stand.

    Attributes
    ----------
    model : str
    calls : int
        How often it was asked; one that the client repeats counts once.
    input_tokens, output_tokens : int or None
        As its server counted them; None where it did not.
    first_ms : float or None
        From the first call until the first sentence was checked; None where none was.
    """

    model: str
    calls: int
    input_tokens: int | None
    output_tokens: int | None
    first_ms: float | None

    def record(self) -> dict[str, Any]:
        """Give it as JSON."""
        return asdict(self) | {"first_ms": self.first_ms and round(self.first_ms, 1)}


class Meter:
    """Adds up what the calls of a model took."""

    def __init__(self) -> None:
        self._told: list[tuple[int | None, int | None]] = []
        self._started = 0.0
        self._first_ms: float | None = None

    def begin(self) -> None:
        """Count a call, of which nothing is known yet."""
        if not self._told:
            self._started = time.perf_counter()
        self._told.append((None, None))

    def end(self, input_tokens: int, output_tokens: int) -> None:
        """Take over what the server counted of the call that was begun last."""
        self._told[-1] = input_tokens, output_tokens

    def show(self) -> None:
        """Know that a sentence can be read."""
        if self._first_ms is None:
            self._first_ms = (time.perf_counter() - self._started) * 1000

    def usage(self, model: str) -> Usage | None:
        """Give the sum; None where nothing was asked."""
        if not self._told:
            return None
        read, written = (_sum(part) for part in zip(*self._told, strict=True))
        return Usage(model, len(self._told), read, written, self._first_ms)


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
