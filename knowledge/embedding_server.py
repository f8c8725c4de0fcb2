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
_SECONDS = 60.0


class ServerEmbedding:
    """Vectors of a model on a server; each text is asked for once, so that a build that was cut short goes on."""

    weight = 1.0

    def __init__(self, model: str, *, base_url: str | None, api_key: str, cache: Path, retries: int = 4):
        self.name = f"openai/{model}"
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._cache = cache
        self._retries = retries

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
        with closing(sqlite3.connect(self._cache, timeout=_SECONDS)) as cache:
            cache.execute("create table if not exists vectors (key blob primary key, vector blob)")
            missing = {key: text for key, text in zip(keys, texts, strict=True) if _find(cache, key) is None}
            for batch, vectors in self._ask(list(missing.items())):
                rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)]
                cache.executemany("insert or replace into vectors values (?, ?)", rows)
                cache.commit()
            found = [np.frombuffer(_find(cache, key) or b"", dtype=np.float32) for key in keys]
        if len({len(vector) for vector in found}) > 1:
            raise EmbeddingError(f"嵌入模型 {self._model} 先后给出了不同维数的向量；请删除 {self._cache} 后重建知识库")
        return np.array(found)

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

        client = openai.OpenAI(
            base_url=self._base_url,
            api_key=self._api_key or "none",
            # A build has time; with a single text, a query, somebody waits for it.
            max_retries=self._retries if len(texts) > 1 else min(1, self._retries),
            timeout=_SECONDS,
        )
        size, start = _BATCH, 0
        with client:
            while start < len(texts):
                batch = texts[start : start + size]
                try:
                    yield batch, self._vectors(client, [text for _, text in batch])
                except openai.BadRequestError as error:
                    if len(batch) == 1:
                        raise self._error(f"不接受这段文字（{error.status_code}）") from error
                    size = max(1, len(batch) // 2)
                    continue
                except openai.AuthenticationError as error:
                    raise self._error("拒绝了密钥（401），请检查 OPENAI_API_KEY") from error
                except openai.NotFoundError as error:
                    raise self._error(
                        "没有这个模型或地址（404），请检查 EMBEDDING_MODEL 与 EMBEDDING_BASE_URL"
                    ) from error
                except openai.APIStatusError as error:
                    raise self._error(f"答复了错误 {error.status_code}") from error
                except openai.APITimeoutError as error:
                    raise self._error("没有在时限内答复") from error
                except openai.APIConnectionError as error:
                    raise self._error("连不上") from error
                except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
                    raise self._error("答复的不是向量") from error
                start += len(batch)

    def _vectors(self, client: "OpenAI", texts: list[str]) -> Vectors:
        answer = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        vectors = np.array([item.embedding for item in sorted(answer.data, key=lambda item: item.index)], np.float32)
        norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all() or not norms.all():
            raise ValueError(f"{vectors.shape} for {len(texts)} texts")
        return vectors / norms

    def _error(self, what: str) -> EmbeddingError:
        return EmbeddingError(f"嵌入服务 {self.address}（模型 {self._model}）{what}")


def _find(cache: sqlite3.Connection, key: bytes) -> bytes | None:
    row = cache.execute("select vector from vectors where key = ?", (key,)).fetchone()
    return row[0] if row else None
