"""Progress of a build: what hears of it, and how a command line shows it."""

import sys
import time
from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told of each step: what is being done, how much is done, of how much."""

_WIDTH = 20

# An estimate from less than this is a guess.
_SECONDS_BEFORE_ESTIMATE = 1.0


def silent(step: str, done: int, total: int) -> None:
    """Report nothing."""


class ProgressBar:
    """A bar on the error stream; on a terminal it is drawn over, elsewhere the ends of each step have a line."""

    def __init__(self) -> None:
        self._step = ""
        self._since = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Draw how far a step is, and how long it will still take."""
        if step != self._step:
            self._step, self._since = step, time.monotonic()
        share = done / total if total else 1.0
        bar = ("█" * round(_WIDTH * share)).ljust(_WIDTH, "░")
        line = f"{bar} {share:4.0%} {step}{self._estimate(share)}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{line}" + ("\n" if done == total else ""))
        elif done in (0, total):
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def _estimate(self, share: float) -> str:
        spent = time.monotonic() - self._since
        if not 0 < share < 1 or spent < _SECONDS_BEFORE_ESTIMATE:
            return ""
        return f"，约剩 {round(spent / share * (1 - share))} 秒"
