import subprocess
import sys
from pathlib import Path

from ..conftest import ROOT

KILLS = 20


def test_whatever_is_killed_leaves_the_old_or_the_new_answers_and_the_next_build_mends_the_rest(tmp_path: Path):
    """kill -9 in adding, removing and rebuilding; nothing that was acknowledged is lost."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.knowledge.kill_at_every_step", str(tmp_path), str(KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3 * KILLS
