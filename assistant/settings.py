"""The one place that reads the environment and `.env`."""

import hashlib
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.llm.model import Model
from knowledge import Embedding, Library, OfflineEmbedding, ServerEmbedding
from scoring import Dataset, ScoringError, load_definition


class SettingsError(Exception):
    """A setting cannot be used; the message is one line in Chinese that names it and what it accepts."""


class Settings(BaseSettings):
    """What a deployment may choose."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    data_dir: Path = Field(default=Path("data"), description="一个含 index.yaml 与 observations.csv 的文件夹")
    eqi_home: Path = Field(default=Path("var"), description="一个可写的文件夹")
    embedding_provider: Literal["offline", "openai"] = Field(default="offline", description="offline、openai")
    embedding_model: str = Field(default="", description="嵌入模型的名称，EMBEDDING_PROVIDER=openai 时必填")
    embedding_base_url: HttpUrl | None = Field(
        default=None, description="http:// 或 https:// 开头的地址，不填则用 OPENAI_BASE_URL"
    )
    openai_api_key: SecretStr = Field(default=SecretStr(""), description="密钥")
    openai_base_url: HttpUrl | None = Field(default=None, description="http:// 或 https:// 开头的地址")
    llm_model: str = Field(default="", description="对话模型的名称，不填则不用大模型")
    otel_exporter_otlp_endpoint: HttpUrl | None = Field(
        default=None, description="http://主机:4317，OpenTelemetry 收集器（OTLP/gRPC），不填则不发送"
    )
    chroma_url: HttpUrl | None = Field(default=None, description="http://主机:端口，不填则用内置的")

    @property
    def definition_file(self) -> Path:
        """The index definition of the data folder."""
        return self.data_dir / "index.yaml"

    @property
    def observations_file(self) -> Path:
        """The observations of the data folder."""
        return self.data_dir / "observations.csv"

    @property
    def published_file(self) -> Path:
        """The printed figures of the data folder; it may be missing."""
        return self.data_dir / "published.csv"

    @property
    def documents_dir(self) -> Path:
        """The corpus of the data folder; it may be missing."""
        return self.data_dir / "documents"

    @property
    def state_dir(self) -> Path:
        """What is kept for this data folder; another one has another, and both may move together."""
        folder = self.data_dir.resolve()
        place = os.path.relpath(folder, self.eqi_home.resolve())
        return self.eqi_home / f"{folder.name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"

    @property
    def store_dir(self) -> Path:
        """Where the store of this data folder is kept."""
        return self.state_dir / "knowledge"

    def library(self) -> Library:
        """Give the documents of the data folder and those added to them."""
        return Library(
            self.documents_dir,
            self.store_dir,
            self.embedding(),
            server=str(self.chroma_url or ""),
            synonyms=self._synonyms,
        )

    def embedding(self) -> Embedding:
        """Give the provider of vectors."""
        if self.embedding_provider == "offline":
            return OfflineEmbedding()
        url = self.embedding_base_url or self.openai_base_url
        return ServerEmbedding(
            self.embedding_model,
            base_url=str(url) if url else None,
            api_key=self.openai_api_key.get_secret_value(),
            cache=self.store_dir / "embedded.sqlite3",
        )

    def model(self) -> Model | None:
        """Give the language model, where one is configured."""
        if not self.llm_model:
            return None
        url = self.openai_base_url
        return Model(self.llm_model, str(url) if url else None, self.openai_api_key.get_secret_value())

    def _synonyms(self) -> list[tuple[str, ...]]:
        try:
            definition = load_definition(self.definition_file)
        except ScoringError as error:
            raise SettingsError(str(error)) from error
        return [definition.own_names(node) for node in definition.nodes.values()]

    @property
    def dataset(self) -> Dataset:
        """The observations of the data folder and their versions."""
        return Dataset(self.observations_file, self.state_dir / "versions")


def load_settings() -> Settings:
    """Read the settings.

    Raises
    ------
    SettingsError
        A setting is wrong.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][0])
        accepts = Settings.model_fields[name].description
        raise SettingsError(f"设置 {name.upper()}={wrong['input']} 无效；可用：{accepts}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(".env 不是 UTF-8 编码的文本") from error
    if settings.embedding_provider == "openai" and not settings.embedding_model:
        raise SettingsError("设置 EMBEDDING_PROVIDER=openai 还需要 EMBEDDING_MODEL：嵌入模型的名称")
    if not settings.data_dir.is_dir():
        raise SettingsError(
            f"设置 DATA_DIR={settings.data_dir} 不是一个文件夹；应为一个含 index.yaml 与 observations.csv 的文件夹"
        )
    return settings
