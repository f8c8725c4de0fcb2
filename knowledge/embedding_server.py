"""Embeddings from a server that speaks the OpenAI protocol: a cloud provider, or Ollama, vLLM, TEI on this machine."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.address import shown
from knowledge.embeddings import Vectors
from knowledge.errors import EmbeddingError

if TYPE_CHECKING:
    from openai import OpenAI

# Servers differ in how many texts they take at once; one that refuses so many is asked with fewer.
_BATCH = 32
_TOO_MUCH = {400, 413, 422}

# A build has time; with a single text, a query, somebody waits for it.
_BUILD_SECONDS = 60.0
_QUERY_SECONDS = 10.0
_QUERY_WAIT = 5.0
_CACHE_SECONDS = 60.0


class ServerEmbedding:
    """Vectors of a model on a server; each text is asked for once, so that a build that was cut short goes on."""

    weight = 1.0

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None,
        api_key: str,
        cache: Path,
        retries: int = 4,
        seconds: float = _BUILD_SECONDS,
    ):
        self.name = f"openai/{model}"
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._cache = cache
        self._retries = retries
        self._seconds = seconds

    @property
    def address(self) -> str:
        """Where texts go, as it may be told."""
        return shown(self._base_url) if self._base_url else "OpenAI"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text.

        Raises
        ------
        EmbeddingError
            The server does not answer, refuses, or answers with something else than vectors.
        """
        keys = [hashlib.sha256(f"{self.name}\n{text}".encode()).digest() for text in texts]
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._cache, timeout=_CACHE_SECONDS)) as cache:
            cache.execute("create table if not exists vectors (key blob primary key, vector blob)")
            missing = {key: text for key, text in zip(keys, texts, strict=True) if _find(cache, key) is None}
            if missing:
                self._fetch(cache, list(missing.items()))
            found = [np.frombuffer(_find(cache, key) or b"", dtype=np.float32) for key in keys]
        return np.array(found)

    def _fetch(self, cache: sqlite3.Connection, texts: Sequence[tuple[bytes, str]]) -> None:
        """Ask for vectors and keep them, batch by batch."""
        for batch, vectors in self._ask(texts):
            self._check_dimension(cache, vectors)
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)]
            cache.executemany("insert or replace into vectors values (?, ?)", rows)
            cache.commit()

    def _check_dimension(self, cache: sqlite3.Connection, vectors: Vectors) -> None:
        """Refuse what another model seems to have made, before it stands beside what is there."""
        known = cache.execute("select length(vector) from vectors limit 1").fetchone()
        if known and known[0] != vectors[0].nbytes:
            raise self._error(
                f"先后给出了 {known[0] // vectors.itemsize} 维和 {vectors.shape[1]} 维的向量；"
                f"若换了模型，请删除 {self._cache}，再运行 python -m knowledge build --rebuild"
            )

    def try_out(self) -> None:
        """Ask the server for a vector, whatever was asked for before.

        Raises
        ------
        EmbeddingError
            As of `embed`.
        """
        list(self._ask([(b"", self._model)]))

    def _ask(self, texts: Sequence[tuple[bytes, str]]) -> Iterator[tuple[Sequence[tuple[bytes, str]], Vectors]]:
        import openai

        from knowledge.server_client import ServerClient

        is_query = len(texts) == 1
        seconds = min(_QUERY_SECONDS, self._seconds) if is_query else self._seconds
        size, start = _BATCH, 0
        with (
            ServerClient(seconds, lambda: _QUERY_WAIT if is_query else _BUILD_SECONDS) as transport,
            openai.OpenAI(
                base_url=self._base_url,
                api_key=self._api_key or "none",
                http_client=transport,
                timeout=seconds,
                max_retries=min(1, self._retries) if is_query else self._retries,
            ) as client,
        ):
            while start < len(texts):
                batch = texts[start : start + size]
                try:
                    yield batch, self._vectors(client, [text for _, text in batch])
                except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
                    is_too_much = isinstance(error, openai.APIStatusError) and error.status_code in _TOO_MUCH
                    if not is_too_much or len(batch) == 1:
                        kept = "" if is_query else "；已得到的向量都保留着，再次运行时接着做"
                        raise self._error(_reason(error) + kept) from error
                    size = len(batch) // 2
                else:
                    start += len(batch)

    def _vectors(self, client: "OpenAI", texts: list[str]) -> Vectors:
        answer = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        items = sorted(answer.data, key=lambda item: item.index)
        vectors = np.array([item.embedding for item in items], np.float32)
        norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
        in_order = [item.index for item in items] == list(range(len(texts)))
        if vectors.ndim != 2 or not in_order or not np.isfinite(norms).all() or not norms.all():
            raise ValueError(f"{vectors.shape} for {len(texts)} texts")
        return vectors / norms

    def _error(self, what: str) -> EmbeddingError:
        return EmbeddingError(f"嵌入服务 {self.address}（模型 {self._model}）{what}")


def _reason(error: Exception) -> str:
    """Tell what a server or its client failed with."""
    import openai

    from knowledge.server_client import was_cut

    match error:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"拒绝了密钥（{error.status_code}），请检查 OPENAI_API_KEY"
        case openai.NotFoundError():
            return "没有这个模型或地址（404），请检查 EMBEDDING_MODEL 与 EMBEDDING_BASE_URL"
        case openai.RateLimitError():
            return "繁忙，或密钥超出限额（429）"
        case openai.APIStatusError() if error.status_code in _TOO_MUCH:
            return f"不接受这段文字（{error.status_code}）"
        case openai.APIStatusError():
            return f"答复了错误 {error.status_code}"
        case openai.APITimeoutError():
            return "没有在时限内答复"
        case openai.APIConnectionError():
            return "的答复中途断开" if was_cut(error) else "连不上"
        case _:
            return "答复的不是向量"


def _find(cache: sqlite3.Connection, key: bytes) -> bytes | None:
    row = cache.execute("select vector from vectors where key = ?", (key,)).fetchone()
    return row[0] if row else None
