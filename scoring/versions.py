"""Versions of a dataset: immutable files and one small list that says which is current.

Version 1 is the observations file of the data folder. A commit writes a new file beside the others and then replaces
the list, each by rename; cut short at any moment, it leaves the old version current, or the new one, whole.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from scoring.errors import VersionError


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, when and from which file it was made, and the checksum of its content."""

    number: int
    made: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _List:
    current: int
    versions: tuple[Version, ...]


class Dataset:
    """The observations of one data folder, and their versions in the state folder."""

    def __init__(self, base: Path, directory: Path):
        self._base = base
        self._directory = directory

    @property
    def list_file(self) -> Path:
        """The list of versions; it changes with every commit and restore."""
        return self._directory / "versions.json"

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first; the first is the observations file of the data folder."""
        return self._read().versions

    @property
    def current(self) -> Version:
        """The version in use."""
        listed = self._read()
        return self._version(listed, listed.current)

    @property
    def current_file(self) -> Path:
        """The file of the version in use.

        Raises
        ------
        VersionError
            The list or the file is missing or was tampered with.
        """
        return self._file(self.current)

    @property
    def base_was_edited(self) -> bool:
        """Whether the observations file of the data folder is no longer what version 1 was made from."""
        return self.list_file.exists() and self._base.exists() and self.versions[0].sha256 != _checksum(self._base)

    def commit(self, content: str, *, based_on: int, made: str, source: str) -> Version:
        """Make a new version and let it be current.

        Parameters
        ----------
        based_on : int
            The version that was current when the content was put together.

        Raises
        ------
        VersionError
            The list is unreadable, or another version has become current since.
        """
        with self._lock():
            listed = self._read()
            if listed.current != based_on:
                raise VersionError(f"数据已从版本 {based_on} 变为版本 {listed.current}，请重新导入")
            if not self.list_file.exists():
                _write(self._numbered(1), self._base.read_bytes())
            encoded = content.encode("utf-8")
            number = self._next_number(listed)
            version = Version(number, made, source, hashlib.sha256(encoded).hexdigest())
            _write(self._numbered(number), encoded)
            self._write_list(_List(number, (*listed.versions, version)))
            return version

    def restore(self, number: int) -> Version:
        """Let an earlier (or later) version be current.

        Raises
        ------
        VersionError
            There is no such version, or its file was tampered with.
        """
        with self._lock():
            listed = self._read()
            version = self._version(listed, number)
            self._file(version)
            if self.list_file.exists():
                self._write_list(replace(listed, current=number))
            return version

    def _next_number(self, listed: _List) -> int:
        """Give a number above all there are, listed or not: no file is written twice."""
        files = [int(path.stem) for path in self._directory.glob("*.csv") if path.stem.isdecimal()]
        return max([listed.versions[-1].number, *files]) + 1

    def _lock(self) -> FileLock:
        self._directory.mkdir(parents=True, exist_ok=True)
        return FileLock(self._directory / "lock")

    def _numbered(self, number: int) -> Path:
        return self._directory / f"{number:04}.csv"

    def _file(self, version: Version) -> Path:
        if not self.list_file.exists():
            return self._base
        path = self._numbered(version.number)
        if not path.exists() or _checksum(path) != version.sha256:
            others = "、".join(str(other.number) for other in self.versions if other != version)
            raise VersionError(f"数据版本 {version.number} 的文件 {path} 缺失或被改动；可恢复的其他版本：{others}")
        return path

    def _version(self, listed: _List, number: int) -> Version:
        for version in listed.versions:
            if version.number == number:
                return version
        known = "、".join(str(version.number) for version in listed.versions)
        raise VersionError(f"没有数据版本 {number}；现有：{known}")

    def _read(self) -> _List:
        if not self.list_file.exists():
            checksum = _checksum(self._base) if self._base.exists() else ""
            return _List(1, (Version(1, "", self._base.name, checksum),))
        try:
            record = json.loads(self.list_file.read_text(encoding="utf-8"))
            listed = _List(int(record["current"]), tuple(Version(**version) for version in record["versions"]))
            self._version(listed, 1)
            self._version(listed, listed.current)
        except (ValueError, TypeError, KeyError, OverflowError, OSError, VersionError) as error:
            raise VersionError(
                f"数据版本清单 {self.list_file} 已损坏；请从备份恢复，"
                f"或移走整个文件夹 {self._directory}，回到数据文件夹里的数据"
            ) from error
        return listed

    def _write_list(self, listed: _List) -> None:
        _write(self.list_file, json.dumps(asdict(listed), ensure_ascii=False, indent=1).encode("utf-8"))


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole: to disk under another name first, then renamed."""
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
