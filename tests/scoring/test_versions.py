import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from scoring import Dataset, VersionError


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    base = tmp_path / "data" / "observations.csv"
    base.parent.mkdir()
    base.write_text("one", encoding="utf-8")
    return Dataset(base, tmp_path / "state" / "versions")


def commit(dataset: Dataset, content: str) -> int:
    return dataset.commit(content, based_on=dataset.current.number, made="2026-01-01", source="f.xlsx").number


def content(dataset: Dataset) -> str:
    return dataset.current_file.read_text(encoding="utf-8")


def test_without_a_commit_the_data_folder_is_version_one(dataset: Dataset):
    assert [version.number for version in dataset.versions] == [1]
    assert content(dataset) == "one"
    dataset.restore(1)
    assert not dataset.list_file.exists()


def test_a_commit_becomes_current_and_a_restore_undoes_it(dataset: Dataset):
    assert commit(dataset, "two") == 2
    assert content(dataset) == "two"
    dataset.restore(1)
    assert content(dataset) == "one"
    assert commit(dataset, "three") == 3
    assert [version.number for version in dataset.versions] == [1, 2, 3]
    dataset.restore(2)
    assert content(dataset) == "two"


def test_version_one_stays_what_it_was_when_the_data_folder_is_edited(dataset: Dataset, tmp_path: Path):
    commit(dataset, "two")
    assert not dataset.base_was_edited
    (tmp_path / "data" / "observations.csv").write_text("edited", encoding="utf-8")
    assert dataset.base_was_edited
    dataset.restore(1)
    assert content(dataset) == "one"


def test_a_commit_on_an_older_state_is_refused(dataset: Dataset):
    commit(dataset, "two")
    with pytest.raises(VersionError, match="从版本 1 变为版本 2"):
        dataset.commit("three", based_on=1, made="", source="")
    assert content(dataset) == "two"


def test_unknown_damaged_and_missing_versions_are_told(dataset: Dataset):
    commit(dataset, "two")
    with pytest.raises(VersionError, match="没有数据版本 7；现有：1、2"):
        dataset.restore(7)
    dataset.current_file.write_text("tampered", encoding="utf-8")
    with pytest.raises(VersionError, match="版本 2 的文件 .*被改动；可恢复的其他版本：1"):
        _ = dataset.current_file
    dataset.restore(1)
    assert content(dataset) == "one"
    dataset.list_file.write_text("{", encoding="utf-8")
    with pytest.raises(VersionError, match="清单 .* 已损坏"):
        _ = dataset.versions


def killed_at(line: int, work: Callable[[], object]) -> bool:
    """Run work in a child that is killed at the given line of the room of versions; tell whether it got that far."""
    child = os.fork()
    if not child:
        reached = 0

        def trace(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal reached
            if not frame.f_code.co_filename.endswith("versions.py"):
                return None
            if event == "line":
                reached += 1
                if reached == line:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kill_everywhere(dataset: Dataset, prepare: Callable[[], object], work: Callable[[], object]) -> set[str]:
    """Kill the work at each of its lines in turn; what is current afterwards is whole, and a commit works again."""
    seen: set[str] = set()
    line = 0
    killed = True
    while killed:
        line += 1
        shutil.rmtree(dataset.list_file.parent, ignore_errors=True)
        prepare()
        killed = killed_at(line, work)
        seen.add(content(dataset))
        assert all(dataset.restore(version.number) for version in dataset.versions)
        commit(dataset, "after")
        assert content(dataset) == "after"
    assert line > 30
    return seen


def test_a_commit_killed_at_any_line_leaves_the_old_version_or_the_new_one(dataset: Dataset):
    assert kill_everywhere(dataset, lambda: None, lambda: commit(dataset, "two")) == {"one", "two"}


def test_a_restore_killed_at_any_line_leaves_the_old_version_or_the_new_one(dataset: Dataset):
    def prepare() -> None:
        commit(dataset, "two")
        dataset.restore(1)

    assert kill_everywhere(dataset, prepare, lambda: dataset.restore(2)) == {"one", "two"}
