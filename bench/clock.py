"""Timing."""

import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
