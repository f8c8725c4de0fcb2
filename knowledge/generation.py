"""What a build leaves on disk beside the vectors: the passages in order, and their keyword index. It never changes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from knowledge.errors import StoreError
from knowledge.keyword import KeywordIndex
from knowledge.passages import Passage

_PASSAGES = "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Generation:
    """The passages of one build, numbered as the rows of their keyword index."""

    passages: tuple[Passage, ...]
    keyword: KeywordIndex

    @classmethod
    def write(cls, directory: Path, passages: Sequence[Passage]) -> Self:
        """Write a generation into a folder, over what a build cut short may have left there."""
        directory.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(asdict(passage), ensure_ascii=False) + "\n" for passage in passages)
        (directory / _PASSAGES).write_text("".join(lines), encoding="utf-8")
        keyword = KeywordIndex.of([passage.index_text for passage in passages])
        keyword.save(directory)
        return cls(tuple(passages), keyword)

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the generation of a folder.

        Raises
        ------
        StoreError
            It is missing or damaged.
        """
        try:
            lines = (directory / _PASSAGES).read_text(encoding="utf-8").split("\n")[:-1]
            passages = tuple(Passage(**json.loads(line)) for line in lines)
            return cls(passages, KeywordIndex.open(directory, len(passages)))
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise StoreError(f"读不出知识库 {directory}（{type(error).__name__}）") from error
