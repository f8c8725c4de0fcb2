"""Kills adding, removing and rebuilding at steps of their own code, and looks at what is left.

Run by its test, in a process that has not yet opened a database: one that has cannot be forked.
"""

import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import knowledge.building
import knowledge.retriever  # noqa: F401  (with it and the builder, all that a child would load after the fork)
from knowledge import Library, OfflineEmbedding

_STEPS = {"library.py", "building.py", "store.py", "generation.py", "manifest.py", "shelf.py"}

OPERATIONS: dict[str, Callable[[Library, Path], object]] = {
    "add": lambda library, outside: library.add(outside / "c.txt"),
    "remove": lambda library, _: library.remove("b.txt"),
    "rebuild": lambda library, _: library.build(rebuild=True),
}
LASTING = {"add": {"a.txt", "b.txt"}, "remove": {"a.txt"}, "rebuild": {"a.txt", "b.txt"}}
AFTERWARDS = {"add": {"a.txt", "b.txt", "c.txt"}, "remove": {"a.txt"}, "rebuild": {"a.txt", "b.txt"}}


TraceFunction = Callable[[FrameType, str, Any], Any]


def library(folder: Path) -> Library:
    return Library(folder / "documents", folder / "knowledge", OfflineEmbedding())


def in_a_process(work: Callable[[], object]) -> int:
    """Do something in a forked process and give its status."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            work()
            status = 0
        except Exception:  # nothing outlives `os._exit`: an error is told here or never
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitpid(process, 0)[1]


def stepping(folder: Path, operation: str, deadly: int, file: Path) -> None:
    """Do an operation and count its lines; at the deadly one, die."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal steps
        if Path(frame.f_code.co_filename).name not in _STEPS:
            return None
        if event == "line":
            steps += 1
            if steps == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    opened = library(folder)
    sys.settrace(trace)
    OPERATIONS[operation](opened, folder / "outside")
    sys.settrace(None)
    file.write_text(str(steps), encoding="utf-8")


def look(folder: Path, file: Path) -> None:
    """Search as a reader does, then build, then search again."""
    opened = library(folder)
    passages = {name: f"{name}的河水质改善" for name in ("a.txt", "b.txt", "c.txt")}

    def found() -> list[str]:
        retriever = opened.open()
        return sorted({hit.passage.document for text in passages.values() for hit in retriever.search(text, 9)})

    before = found()
    opened.build()
    file.write_text(json.dumps([before, found(), [path.name for path in opened.shelf.files()]]), encoding="utf-8")


def main(folder: Path, kills: int) -> None:
    pristine = folder / "pristine"
    for place, name in (("documents", "a.txt"), ("outside", "b.txt"), ("outside", "c.txt")):
        (pristine / place).mkdir(parents=True, exist_ok=True)
        (pristine / place / name).write_text(f"一、{name}\n{name}的河水质改善。\n", encoding="utf-8")
    assert in_a_process(lambda: library(pristine).add(pristine / "outside" / "b.txt")) == 0
    chance = random.Random(20211231)
    told = folder / "told"
    for operation in OPERATIONS:
        trial = folder / operation
        shutil.copytree(pristine, trial)
        assert in_a_process(lambda t=trial, o=operation: stepping(t, o, 0, told)) == 0
        shutil.rmtree(trial)
        steps = int(told.read_text("utf-8"))
        for deadly in sorted(chance.sample(range(1, steps + 1), kills)):
            shutil.copytree(pristine, trial)
            status = in_a_process(lambda t=trial, o=operation, d=deadly: stepping(t, o, d, told))
            assert os.WTERMSIG(status) == signal.SIGKILL, f"{operation} ended by itself before step {deadly}"
            assert in_a_process(lambda t=trial: look(t, told)) == 0, f"{operation} {deadly}/{steps}"
            before, after, shelf = (set(names) for names in json.loads(told.read_text("utf-8")))
            where = f"{operation} killed at {deadly}/{steps}: {before} then {after}, on the shelf {shelf}"
            assert before in ({"a.txt", "b.txt"}, AFTERWARDS[operation]), where
            assert after == shelf, where
            assert LASTING[operation] <= after, where
            shutil.rmtree(trial)
            print(json.dumps([operation, deadly, steps]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
