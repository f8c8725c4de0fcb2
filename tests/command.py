"""Runs the command lines as a user does: in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT


def run(module: str, *arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m module …` from the root of the checkout."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        input=stdin,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def assert_one_line_error(done: subprocess.CompletedProcess[str], status: int, words: str) -> None:
    """The error stream holds one line, with these words and no traceback."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith(("█", "░"))]
    assert done.returncode == status, done.stderr
    assert len(lines) == 1, done.stderr
    assert words in lines[0]


def touch_store(path: Path) -> None:
    """Make a file where a folder is expected, so that nothing can be written there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("not a folder")
