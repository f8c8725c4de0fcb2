"""The library: which documents are indexed, whether that is current, and how it is made so.

A build writes a new collection beside the one in use; then one small file, the manifest, is replaced, and with it
readers change over. A build cut short leaves the manifest, and so the old answers, as they were.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from knowledge.documents import Document, read_document
from knowledge.embeddings import Embedding
from knowledge.errors import DocumentError, StoreError
from knowledge.files import name_of
from knowledge.passages import Passage, cut

if TYPE_CHECKING:
    from knowledge.retriever import Retriever

# Raised when passages are cut or stored otherwise than before, so that stores made earlier are made anew.
_FORMAT = 2

Progress = Callable[[str, int, int], None]
"""Told of each step: what is being done, how much is done, of how much."""


def _silent(step: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the library knows of one file; `state` is `indexed`, or says why it is not."""

    document: str
    state: str
    sections: int
    passages: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which collection is in use and what it holds."""

    fingerprint: str
    generation: int
    embedding: str
    dimension: int
    documents: tuple[DocumentRecord, ...]

    @property
    def collection(self) -> str:
        """The name of the collection; every build has its own."""
        return f"passages-{self.generation}"

    @property
    def passages(self) -> int:
        """How many passages the collection must hold."""
        return sum(record.passages for record in self.documents)


class Library:
    """The documents of a folder and their store."""

    def __init__(self, documents: Path, directory: Path, embedding: Embedding):
        self._documents = documents
        self._directory = directory
        self._embedding = embedding

    @property
    def _manifest_file(self) -> Path:
        return self._directory / "manifest.json"

    def sources(self) -> list[Path]:
        """List the files of the documents folder; a missing folder is an empty one."""
        if not self._documents.is_dir():
            return []
        return sorted(path for path in self._documents.iterdir() if path.is_file() and not path.name.startswith("."))

    def fingerprint(self) -> str:
        """Tell the content of the documents, the embedding and the format in one digest."""
        digest = hashlib.sha256(f"{_FORMAT} {self._embedding.name} {self._embedding.dimension}".encode())
        for path in self.sources():
            digest.update(f"\n{name_of(path)} {_sha256(path)}".encode())
        return digest.hexdigest()

    def manifest(self) -> Manifest | None:
        """Read the manifest; None where there is none or it cannot be read, so that a build mends it."""
        try:
            record = json.loads(self._manifest_file.read_text(encoding="utf-8"))
            documents = tuple(DocumentRecord(**document) for document in record.pop("documents"))
            manifest = Manifest(**record, documents=documents)
            return manifest if isinstance(manifest.generation, int) and isinstance(manifest.passages, int) else None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        except OSError as error:
            raise StoreError(
                f"读不到 {self._manifest_file}（{error.strerror}）；可用 EQI_HOME 指定状态文件夹"
            ) from error

    def is_current(self) -> bool:
        """Whether what is indexed is what the documents folder holds."""
        manifest = self.manifest()
        return manifest is not None and manifest.fingerprint == self.fingerprint()

    def build(self, progress: Progress = _silent, *, rebuild: bool = False) -> Manifest:
        """Bring the store up to date; with nothing changed, nothing is done unless `rebuild` says so.

        A file that cannot be read is recorded with the reason; the rest are indexed.

        Raises
        ------
        StoreError
            The state folder cannot be written.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / "lock"):
                manifest = self.manifest()
                if manifest and manifest.fingerprint == self.fingerprint() and not rebuild:
                    return manifest
                return self._write(manifest.generation + 1 if manifest else 1, progress)
        except OSError as error:
            raise StoreError(
                f"状态文件夹 {self._directory} 不可写（{error.strerror or error}）；可用 EQI_HOME 指定另一个文件夹"
            ) from error

    def open(self, progress: Progress = _silent) -> "Retriever":
        """Open the store for searching, built first where it is missing, out of date or broken.

        Raises
        ------
        StoreError
            It is missing and cannot be built.
        """
        from knowledge.retriever import Retriever  # with it comes Chroma, which a build that has nothing to do spares

        manifest = self.build(progress)
        try:
            return Retriever(manifest, self._embedding, self._directory)
        except StoreError:
            return Retriever(self.build(progress, rebuild=True), self._embedding, self._directory)

    def refresh(self, retriever: "Retriever") -> "Retriever":
        """Give the retriever back, or a new one where another build has been made since it was opened."""
        manifest = self.manifest()
        return retriever if manifest == retriever.manifest else self.open()

    def _write(self, generation: int, progress: Progress) -> Manifest:
        from knowledge.store import Store

        fingerprint = self.fingerprint()
        passages: list[Passage] = []
        records: list[DocumentRecord] = []
        sources = self.sources()
        for done, path in enumerate(sources):
            progress(f"读取 {name_of(path)}", done, len(sources))
            record, cut_passages = _read(path)
            records.append(record)
            passages += cut_passages
        manifest = Manifest(fingerprint, generation, self._embedding.name, self._embedding.dimension, tuple(records))
        progress("计算向量", 0, len(passages))
        vectors = self._embedding.embed([passage.index_text for passage in passages])

        def written(done: int) -> None:
            progress("写入知识库", done, len(passages))

        try:
            store = Store.open(self._directory)
            store.write(manifest.collection, passages, vectors, written)
        except StoreError:
            store = Store.replace(self._directory)
            store.write(manifest.collection, passages, vectors, written)
        self._flip(manifest)
        # The collection before this one stays until the next build: a reader may still be at it.
        store.keep_only({manifest.collection, f"passages-{generation - 1}"})
        progress("完成", 1, 1)
        return manifest

    def _flip(self, manifest: Manifest) -> None:
        draft = self._manifest_file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self._manifest_file)


def _read(path: Path) -> tuple[DocumentRecord, tuple[Passage, ...]]:
    size, digest = path.stat().st_size, _sha256(path)
    try:
        document: Document = read_document(path)
    except DocumentError as error:
        return DocumentRecord(name_of(path), str(error), 0, 0, size, digest), ()
    passages = cut(document)
    return DocumentRecord(name_of(path), "indexed", len(document.sections), len(passages), size, digest), passages


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
