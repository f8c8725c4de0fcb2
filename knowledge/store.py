"""The only room that knows Chroma: collections of our own vectors, in a folder or on a server."""

import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge.address import shown
from knowledge.embeddings import Vectors
from knowledge.errors import StoreError
from knowledge.passages import Passage

# With fewer neighbours, two builds of the same documents find noticeably different passages.
_GRAPH: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32}
_FAULTS = (ChromaError, httpx.HTTPError, ValueError, OSError)


class Store:
    """The collections of one library; others may share the server with it.

    A collection is written once and never changed, so that readers of one are not disturbed by the making of another.
    """

    def __init__(self, client: ClientAPI, owner: str):
        self._client = client
        self._owner = owner
        self._opened: dict[str, chromadb.Collection] = {}

    @classmethod
    def open(cls, directory: Path, server: str = "") -> Self:
        """Open the database of a folder, making it where there is none, or connect to a server.

        Raises
        ------
        StoreError
            It is broken, cannot be written or does not answer.
        """
        directory.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        try:
            if server:
                address = urlsplit(server)
                port = address.port or (443 if address.scheme == "https" else 80)
                client = chromadb.HttpClient(str(address.hostname), port, address.scheme == "https", settings=settings)
            else:
                client = chromadb.PersistentClient(str(directory / "chroma"), settings)
        except _FAULTS as error:
            SharedSystemClient.clear_system_cache()
            place = f"连不上 Chroma 服务器 {shown(server)}" if server else f"打不开知识库 {directory}"
            raise StoreError(f"{place}：{_one_line(error)}") from error
        return cls(client, _owner(directory))

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

    def write(self, batches: Iterable[tuple[Sequence[Passage], Vectors]], progress: Callable[[int], None]) -> str:
        """Write passages and their vectors as a new collection and check it; `progress` hears how many are in.

        Returns
        -------
        str
            The name of the collection.

        Raises
        ------
        StoreError
            It cannot be written, or what was written is not found again.
        """
        name = f"passages-{secrets.token_hex(8)}"
        try:
            collection = self._client.create_collection(
                name,
                embedding_function=None,
                metadata={"owner": self._owner},
                configuration={"hnsw": _GRAPH},
            )
            written = 0
            progress(written)
            for passages, vectors in batches:
                collection.add(
                    ids=[passage.id for passage in passages],
                    embeddings=vectors,
                    metadatas=[{"document": passage.document, "section": passage.section} for passage in passages],
                )
                written += len(passages)
                progress(written)
            if (found := collection.count()) != written:
                raise StoreError(f"写入知识库 {written} 段，实有 {found} 段")
        except _FAULTS as error:
            raise StoreError(f"写不进知识库：{_one_line(error)}") from error
        return name

    def keep_only(self, names: Collection[str]) -> None:
        """Delete every other collection of this library."""
        try:
            for collection in self._client.list_collections():
                if collection.name not in names and (collection.metadata or {}).get("owner") == self._owner:
                    self._client.delete_collection(collection.name)
        except _FAULTS as error:
            raise StoreError(f"清理知识库失败：{_one_line(error)}") from error

    def check(self, collections: Mapping[str, int]) -> None:
        """Check that collections are there, each with so many passages.

        Raises
        ------
        StoreError
            One is missing or broken.
        """
        for name, expected in collections.items():
            try:
                found = self._collection(name).count()
            except _FAULTS as error:
                raise StoreError(f"读不出知识库：{_one_line(error)}") from error
            if found != expected:
                raise StoreError(f"知识库应有 {expected} 段，实有 {found} 段")

    def _collection(self, name: str) -> chromadb.Collection:
        if name not in self._opened:
            self._opened[name] = self._client.get_collection(name, embedding_function=None)
        return self._opened[name]

    def nearest(
        self, names: Collection[str], vector: Vectors, k: int, sections: Collection[tuple[str, str]] | None = None
    ) -> dict[str, float]:
        """Find the passages nearest to a vector of shape (1, dimension), in these sections only if any are given.

        Parameters
        ----------
        sections : collection of (document, section), optional
            What to search in.

        Returns
        -------
        dict of passage id to cosine similarity
            At most `k` a collection, nearest first.
        """
        found: dict[str, float] = {}
        for name in names:
            try:
                answer = self._collection(name).query(
                    query_embeddings=vector, n_results=k, include=["distances"], where=_where(sections)
                )
            except _FAULTS as error:
                raise StoreError(f"知识库检索失败：{_one_line(error)}") from error
            distances = (answer["distances"] or [[]])[0]
            found.update((i, 1 - distance) for i, distance in zip(answer["ids"][0], distances, strict=True))
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _where(sections: Collection[tuple[str, str]] | None) -> Any:
    if sections is None:
        return None
    names = sorted({section for _, section in sections})
    documents = sorted({document for document, _ in sections})
    return {"$and": [{"document": {"$in": documents}}, {"section": {"$in": names}}]}


def _owner(directory: Path) -> str:
    """Tell who owns the collections of a folder; it is settled when the folder is first used."""
    file = directory / "owner"
    if not file.exists():
        file.write_text(secrets.token_hex(8), encoding="utf-8")
    return file.read_text(encoding="utf-8")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
