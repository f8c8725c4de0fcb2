"""The manifest: which build is in use, and what it holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from knowledge.errors import StoreError
from knowledge.files import name_of

INDEXED = "indexed"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the library knows of one file; `state` is `indexed`, or says why it is not."""

    document: str
    state: str
    sections: int
    passages: int
    bytes: int
    sha256: str
    collection: str = ""

    @property
    def is_indexed(self) -> bool:
        """Whether the file was read."""
        return self.state == INDEXED


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What a store is made with: its format, the provider and model of its vectors, the server that holds them."""

    format: int
    embedding: str
    server: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in use: a generation of passages, and the collections that hold their vectors, with the size of each.

    `settings` are those that all of it was made with; made with others, it would be different.
    """

    settings: BuildSettings
    generation: int
    collections: Mapping[str, int]
    documents: tuple[DocumentRecord, ...]

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """Read a manifest; None where there is none or it cannot be read, so that a build mends it."""
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
            documents = tuple(DocumentRecord(**document) for document in record.pop("documents"))
            manifest = cls(BuildSettings(**record.pop("settings")), **record, documents=documents)
            return manifest if isinstance(manifest.generation, int) and isinstance(manifest.passages, int) else None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        except OSError as error:
            raise StoreError(f"读不到 {file}（{error.strerror}）；可用 EQI_HOME 指定状态文件夹") from error

    def write(self, file: Path) -> None:
        """Put the manifest in the place of the one before, at once."""
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(file)

    def holds(self, contents: Mapping[Path, str]) -> bool:
        """Whether these files, given with their digests, are what was indexed."""
        held = [(record.document, record.sha256) for record in self.documents]
        return held == [(name_of(path), digest) for path, digest in contents.items()]

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return sum(record.passages for record in self.documents)
