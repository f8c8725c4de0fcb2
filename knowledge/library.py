"""The library: which documents are indexed, whether that is current, and how it is made so.

A build writes a new generation beside the one in use; then one small file, the manifest, is replaced, and with it
readers change over. A build cut short leaves the manifest, and so the old answers, as they were.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from filelock import FileLock

from knowledge.documents import Document
from knowledge.embeddings import Embedding
from knowledge.errors import StoreError
from knowledge.files import name_of
from knowledge.generation import Generation
from knowledge.isolation import read_isolated
from knowledge.manifest import BuildSettings, Manifest
from knowledge.progress import Progress, silent
from knowledge.shelf import Shelf
from knowledge.synonyms import Synonyms

if TYPE_CHECKING:
    from knowledge.retriever import Retriever

# Raised when passages are cut, embedded offline or stored otherwise than before, so that earlier stores are made anew.
_FORMAT = 9


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file to be added: its name in the library, and whether it was not there before."""

    document: str
    is_new: bool


class Library:
    """The documents of a folder, those added to them, and their store."""

    def __init__(
        self,
        documents: Path,
        directory: Path,
        embedding: Embedding,
        *,
        server: str = "",
        synonyms: Callable[[], Iterable[Collection[str]]] = tuple,
    ):
        self.shelf = Shelf(documents, directory / "added")
        self._directory = directory
        self._store_directory = directory / "store"
        self._embedding = embedding
        self._server = server
        self._settings = BuildSettings(_FORMAT, embedding.name, server)
        self._synonyms = synonyms
        self._read: tuple[tuple[int, ...], Manifest | None] = ((), None)
        self._lock = FileLock(directory / "lock")

    @property
    def _manifest_file(self) -> Path:
        return self._store_directory / "manifest.json"

    def manifest(self) -> Manifest | None:
        """Give the manifest in use, read anew where its file was replaced: every question asks for it."""
        try:
            file = self._manifest_file.stat()
        except OSError:
            return Manifest.read(self._manifest_file)
        edition = (file.st_ino, file.st_mtime_ns, file.st_size)
        if edition != self._read[0]:
            self._read = edition, Manifest.read(self._manifest_file)
        return self._read[1]

    def build(self, progress: Progress = silent, *, rebuild: bool = False) -> Manifest:
        """Bring the store up to date; documents that did not change are kept as they are unless `rebuild` says so.

        A file that cannot be read is recorded with the reason; the rest are indexed.

        Raises
        ------
        StoreError
            The state folder cannot be written, or the server does not answer.
        EmbeddingError
            The provider of embeddings does not answer.
        """
        with self._writing():
            return self._build(progress, rebuild=rebuild)

    def add(self, path: Path, progress: Progress = silent) -> Added:
        """Add a file to the shelf and index it; once this returns, it is there for good.

        Raises
        ------
        DocumentError
            The file cannot be read as a document, or another document of the data folder bears its name.
        StoreError, EmbeddingError
            As of `build`.
        """
        with self._writing():
            same = self.shelf.same(path)
            if same is not None:
                self.build(progress)
                return Added(name_of(same), is_new=False)
            progress(f"读取 {name_of(path)}", 0, 1)
            with self.shelf.incoming(path) as copy:
                document = read_isolated(copy)
                kept = self.shelf.keep(copy)
            self._build(progress, {kept: document})
            return Added(name_of(kept), is_new=True)

    def remove(self, name: str, progress: Progress = silent) -> None:
        """Take a document off the shelf and out of the store; a file of the data folder itself is left where it is.

        Raises
        ------
        DocumentError
            There is no such document.
        """
        with self._writing():
            self.shelf.remove(name)
            self.build(progress)

    def open(self, progress: Progress = silent) -> "Retriever":
        """Open the store for searching, built first where it is missing, out of date or broken.

        Raises
        ------
        StoreError
            It is missing and cannot be built, or was built with another embedding.
        """
        manifest = self.manifest()
        if manifest and manifest.settings.embedding != self._embedding.name:
            raise StoreError(
                f"知识库的向量由 {manifest.settings.embedding} 生成，当前设置为 {self._embedding.name}；"
                "请运行 python -m knowledge build 重建，或改回原来的 EMBEDDING_PROVIDER、EMBEDDING_MODEL"
            )
        manifest = self.build(progress)
        try:
            return self._retriever(manifest)
        except StoreError:
            newer = self.build(progress, rebuild=self.manifest() == manifest)
            return self._retriever(newer)

    def refresh(self, retriever: "Retriever") -> "Retriever":
        """Give the retriever back, or a new one where another build has been made since it was opened."""
        return retriever if self.manifest() == retriever.edition else self.open()

    def _retriever(self, manifest: Manifest) -> "Retriever":
        from knowledge.retriever import Retriever
        from knowledge.store import Store

        generation = Generation.open(self._store_directory / str(manifest.generation))
        if len(generation.passages) != manifest.passages:
            raise StoreError(f"知识库应有 {manifest.passages} 段，实有 {len(generation.passages)} 段")
        store = Store.open(self._store_directory, self._server)
        store.check(manifest.collections)
        synonyms = Synonyms(self._synonyms())
        return Retriever(generation, store, manifest.collections, self._embedding, synonyms, manifest)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock: one process writes at a time."""
        try:
            self._store_directory.mkdir(parents=True, exist_ok=True)
            with self._lock:
                yield
        except OSError as error:
            raise StoreError(
                f"状态文件夹 {self._directory} 不可写（{error.strerror or error}）；可用 EQI_HOME 指定另一个文件夹"
            ) from error

    def _build(
        self, progress: Progress, read: Mapping[Path, Document] = MappingProxyType({}), *, rebuild: bool = False
    ) -> Manifest:
        before = self.manifest()
        contents = self.shelf.contents()
        if before and not rebuild and before.settings == self._settings and before.holds(contents):
            return before
        from knowledge.building import Builder

        builder = Builder(self._store_directory, self._embedding, self._settings)
        manifest = builder.build(contents, before, progress, read=read, rebuild=rebuild)
        manifest.write(self._manifest_file)
        # What came before this one stays until the next build: a reader may still be at it.
        builder.sweep(manifest, *([before] if before else []))
        progress("完成", 1, 1)
        return manifest
