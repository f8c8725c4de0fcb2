"""Progress of a build on the error stream of a command line."""

import sys

_WIDTH = 20


def report_progress(step: str, done: int, total: int) -> None:
    """Draw a bar; on a terminal it is drawn over, elsewhere the beginning and end of each step have a line."""
    share = done / total if total else 1.0
    bar = ("█" * round(_WIDTH * share)).ljust(_WIDTH, "░")
    line = f"{bar} {share:4.0%} {step}"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}" + ("\n" if done == total else ""))
    elif done in (0, total):
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
