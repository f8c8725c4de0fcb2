"""The making of a build: what is new is read, embedded and written; what did not change is kept where it is."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from knowledge.documents import Document
from knowledge.embeddings import Embedding, Vectors
from knowledge.errors import DocumentError, StoreError
from knowledge.files import name_of
from knowledge.generation import Generation
from knowledge.isolation import read_isolated
from knowledge.manifest import INDEXED, BuildSettings, DocumentRecord, Manifest
from knowledge.passages import Passage, cut
from knowledge.progress import Progress
from knowledge.store import Store

# More collections than this make a search slow, and more than this share of passages that nobody wants makes it blind.
_MOST_COLLECTIONS = 4
_MOST_WASTE = 0.25

# Texts embedded and stored at a time.
_BATCH = 1000


class Builder:
    """Makes the builds of one folder, each beside the one before."""

    def __init__(self, directory: Path, embedding: Embedding, settings: BuildSettings):
        self._directory = directory
        self._embedding = embedding
        self._settings = settings

    def build(
        self,
        contents: Mapping[Path, str],
        before: Manifest | None,
        progress: Progress,
        *,
        read: Mapping[Path, Document],
        rebuild: bool,
    ) -> Manifest:
        """Make a build of files; readers see it once its manifest is written.

        Parameters
        ----------
        contents : mapping of file to digest
            What to make it of.
        before : Manifest or None
            The build in use.
        read : mapping of file to Document
            Files that were read already.
        rebuild : bool
            Read, embed and write everything anew.

        Raises
        ------
        StoreError, EmbeddingError
            It cannot be made.
        """
        known = self._known(before) if before and not rebuild else {}
        entries = self._entries(contents, known, read, progress)
        try:
            store = Store.open(self._directory, self._settings.server)
            entries, collections = self._store(store, entries, before, progress)
        except StoreError:
            store = self._emptied()
            entries, collections = self._store(store, [entry.anew() for entry in entries], None, progress)
        number = before.generation + 1 if before else 1
        Generation.write(self._directory / str(number), [p for entry in entries for p in entry.passages])
        return Manifest(self._settings, number, collections, tuple(entry.record for entry in entries))

    def sweep(self, *manifests: Manifest) -> None:
        """Delete what none of these builds needs."""
        numbers = {str(manifest.generation) for manifest in manifests}
        for folder in self._directory.iterdir():
            if folder.name.isdecimal() and folder.name not in numbers:
                shutil.rmtree(folder)
        store = Store.open(self._directory, self._settings.server)
        store.keep_only({name for manifest in manifests for name in manifest.collections})

    def _emptied(self) -> Store:
        """Start anew where the database is broken; a server is asked once more."""
        server = self._settings.server
        return Store.open(self._directory, server) if server else Store.replace(self._directory)

    def _known(self, before: Manifest) -> dict[tuple[str, str], "_Entry"]:
        """Give what the build before read and stored, where it would be read and stored alike now."""
        if before.settings != self._settings:
            return {}
        try:
            passages = Generation.open(self._directory / str(before.generation)).passages
        except StoreError:
            return {}
        by_document: dict[str, list[Passage]] = {}
        for passage in passages:
            by_document.setdefault(passage.document, []).append(passage)
        return {
            (record.document, record.sha256): _Entry(record, by_document.get(record.document, []))
            for record in before.documents
            if record.is_indexed
        }

    def _entries(
        self,
        contents: Mapping[Path, str],
        known: Mapping[tuple[str, str], "_Entry"],
        read: Mapping[Path, Document],
        progress: Progress,
    ) -> list["_Entry"]:
        entries: list[_Entry] = []
        for done, (path, digest) in enumerate(contents.items()):
            entry = known.get((name_of(path), digest))
            if entry is None:
                progress(f"读取 {name_of(path)}", done, len(contents))
                entry = _read(path, digest, read.get(path))
            entries.append(entry)
        return entries

    def _store(
        self, store: Store, entries: list["_Entry"], before: Manifest | None, progress: Progress
    ) -> tuple[list["_Entry"], dict[str, int]]:
        """Write what is new into a collection of its own, or everything into one where there are too many."""
        used = Counter[str]()
        for entry in entries:
            used[entry.record.collection] += len(entry.passages)
        fresh = used.pop("", 0)
        collections = {name: before.collections[name] for name in used} if before else {}
        wasted = sum(collections.values()) - sum(used.values())
        if (fresh and len(collections) >= _MOST_COLLECTIONS) or wasted > _MOST_WASTE * sum(collections.values()):
            entries, collections = [entry.anew() for entry in entries], {}
        store.check(collections)
        new = [passage for entry in entries if not entry.record.collection for passage in entry.passages]
        if new:
            name = store.write(vectors_of(new, self._embedding), lambda done: progress("写入知识库", done, len(new)))
            collections[name] = len(new)
            entries = [entry.stored(name) for entry in entries]
        return entries, collections


def vectors_of(passages: Sequence[Passage], embedding: Embedding) -> Iterator[tuple[Sequence[Passage], Vectors]]:
    """Embed passages as they are indexed, batch by batch."""
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        yield batch, embedding.embed([passage.index_text for passage in batch])


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document of a build: its record, which names no collection while its passages are in none."""

    record: DocumentRecord
    passages: Sequence[Passage]

    def anew(self) -> Self:
        """Ask for the passages to be stored again."""
        return replace(self, record=replace(self.record, collection=""))

    def stored(self, collection: str) -> Self:
        """Note the collection where there is none yet."""
        if self.record.collection or not self.passages:
            return self
        return replace(self, record=replace(self.record, collection=collection))


def _read(path: Path, digest: str, document: Document | None) -> _Entry:
    size = path.stat().st_size
    try:
        document = document or read_isolated(path)
    except DocumentError as error:
        return _Entry(DocumentRecord(name_of(path), str(error), 0, 0, size, digest), ())
    passages = cut(document)
    return _Entry(DocumentRecord(name_of(path), INDEXED, len(document.sections), len(passages), size, digest), passages)
