"""The shelf: the files that a library is made of, those of the data folder and those that were added."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import DocumentError
from knowledge.files import name_of

_INCOMING = ".incoming"


class Shelf:
    """The files of the data folder, which belong to the user, and those of the folder of added ones, which is ours."""

    def __init__(self, documents: Path, added: Path):
        self._documents = documents
        self._added = added

    @property
    def _removed_file(self) -> Path:
        return self._added / ".removed.json"

    def files(self) -> list[Path]:
        """List the files by name; a missing folder is an empty one."""
        removed = self._removed()
        own = [path for path in _files(self._documents) if name_of(path) not in removed]
        return sorted([*own, *_files(self._added)], key=lambda path: path.name)

    def contents(self) -> dict[Path, str]:
        """Give each file, in the same order, with the digest of its content."""
        return {path: _digest(path) for path in self.files()}

    def find(self, name: str) -> Path:
        """Find the file of a document.

        Raises
        ------
        DocumentError
            There is none of that name.
        """
        files = {name_of(path): path for path in self.files()}
        if name not in files:
            raise DocumentError(f"没有名为“{name}”的文件；现有：{'、'.join(files) or '无'}")
        return files[name]

    def same(self, path: Path) -> Path | None:
        """Find the file of the same content.

        Raises
        ------
        DocumentError
            The file cannot be read.
        """
        try:
            if not path.is_file():
                raise DocumentError(f"{name_of(path)}：{'不是文件' if path.exists() else '没有这个文件'}")
            if path.name.startswith("."):
                raise DocumentError(f"{name_of(path)}：文件名以点开头；请先改名")
            digest = _digest(path)
        except OSError as error:
            raise DocumentError(f"{name_of(path)}：读不到文件（{error.strerror}）") from error
        return next((file for file, held in self.contents().items() if held == digest), None)

    @contextmanager
    def incoming(self, path: Path) -> Iterator[Path]:
        """Copy a file to where it can be looked at and kept; what is not kept is gone afterwards."""
        folder = self._added / _INCOMING
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield Path(shutil.copyfile(path, folder / path.name))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, copy: Path) -> Path:
        """Put an incoming copy on the shelf for good; it takes the place of an added one of its name.

        Raises
        ------
        DocumentError
            The data folder holds another document of its name.
        """
        name = name_of(copy)
        own = next((path for path in _files(self._documents) if name_of(path) == name), None)
        if own is not None and _digest(own) != _digest(copy):
            raise DocumentError(f"{name}：数据文件夹中已有同名而内容不同的文件；请先改名")
        if own is not None:
            self._write_removed(self._removed() - {name})
            return own
        return copy.replace(self._added / copy.name)

    def remove(self, name: str) -> None:
        """Take a document off the shelf: one that was added is deleted, one of the data folder only passed over.

        Raises
        ------
        DocumentError
            There is none of that name.
        """
        path = self.find(name)
        if path.parent == self._added:
            path.unlink()
        else:
            self._write_removed(self._removed() | {name})

    def _removed(self) -> set[str]:
        try:
            return set(json.loads(self._removed_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return set()

    def _write_removed(self, names: set[str]) -> None:
        self._added.mkdir(parents=True, exist_ok=True)
        draft = self._removed_file.with_suffix(".new")
        draft.write_text(json.dumps(sorted(names), ensure_ascii=False), encoding="utf-8")
        draft.replace(self._removed_file)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
