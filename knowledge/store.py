"""The only room that knows Chroma: collections of passages with our own vectors."""

import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Self

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge.embeddings import Vectors
from knowledge.errors import StoreError
from knowledge.passages import Passage

_BATCH = 500


class Store:
    """An embedded Chroma database in a folder."""

    def __init__(self, client: ClientAPI):
        self._client = client

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the database of a folder, making it where there is none.

        Raises
        ------
        StoreError
            It is broken or cannot be written.
        """
        try:
            settings = Settings(anonymized_telemetry=False)
            return cls(chromadb.PersistentClient(path=str(directory / "chroma"), settings=settings))
        except (ChromaError, ValueError, OSError) as error:
            SharedSystemClient.clear_system_cache()
            raise StoreError(f"打不开知识库 {directory}：{_one_line(error)}") from error

    @classmethod
    def replace(cls, directory: Path) -> Self:
        """Throw a broken database away and open an empty one: it can always be made anew from the documents."""
        SharedSystemClient.clear_system_cache()
        chroma = directory / "chroma"
        if chroma.is_dir():
            shutil.rmtree(chroma)
        else:
            chroma.unlink(missing_ok=True)
        return cls.open(directory)

    def write(self, name: str, passages: Sequence[Passage], vectors: Vectors, progress: Callable[[int], None]) -> None:
        """Write a new collection, replacing a half-written one of the same name; `progress` hears how many are in."""
        try:
            if name in self._names():
                self._client.delete_collection(name)
            collection = self._client.create_collection(
                name,
                embedding_function=None,
                metadata={"dimension": vectors.shape[1]},
                configuration={"hnsw": {"space": "cosine"}},
            )
            for start in range(0, len(passages), _BATCH):
                batch = passages[start : start + _BATCH]
                collection.add(
                    ids=[passage.id for passage in batch],
                    embeddings=vectors[start : start + _BATCH],
                    documents=[passage.text for passage in batch],
                    metadatas=[
                        {
                            "document": passage.document,
                            "section": passage.section,
                            "start": passage.start,
                            "end": passage.end,
                            "position": passage.position,
                            "caption": passage.caption,
                            "order": order,
                        }
                        for order, passage in enumerate(batch, start)
                    ],
                )
                progress(start + len(batch))
        except ChromaError as error:
            raise StoreError(f"写不进知识库：{_one_line(error)}") from error

    def keep_only(self, names: Collection[str]) -> None:
        """Delete every other collection."""
        for name in self._names():
            if name not in names:
                self._client.delete_collection(name)

    def _names(self) -> list[str]:
        return [collection.name for collection in self._client.list_collections()]

    def passages(self, name: str) -> tuple[Passage, ...]:
        """Read all passages of a collection, in the order they were written.

        Raises
        ------
        StoreError
            The collection is missing or broken.
        """
        try:
            return self._passages(name)
        except (ChromaError, KeyError, TypeError, ValueError) as error:
            raise StoreError(f"读不出知识库：{_one_line(error)}") from error

    def _passages(self, name: str) -> tuple[Passage, ...]:
        found = self._client.get_collection(name, embedding_function=None).get(include=["documents", "metadatas"])
        rows = zip(found["ids"], found["documents"] or [], found["metadatas"] or [], strict=True)
        return tuple(
            Passage(
                id=passage_id,
                document=str(metadata["document"]),
                section=str(metadata["section"]),
                text=text,
                start=int(str(metadata["start"])),
                end=int(str(metadata["end"])),
                position=int(str(metadata["position"])),
                caption=str(metadata["caption"]),
            )
            for passage_id, text, metadata in sorted(rows, key=lambda row: int(str(row[2]["order"])))
        )

    def nearest(self, name: str, vector: Vectors, k: int) -> list[str]:
        """List the ids of the passages nearest to a vector of shape (1, dimension), best first."""
        try:
            found = self._client.get_collection(name, embedding_function=None).query(
                query_embeddings=vector, n_results=k, include=[]
            )
        except ChromaError as error:
            raise StoreError(f"知识库检索失败：{_one_line(error)}") from error
        return found["ids"][0]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
