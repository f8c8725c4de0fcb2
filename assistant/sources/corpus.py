"""One state of the documents, with what is found out about it once and asked of it by every question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from assistant.language.phrasings import Phrasings
from assistant.sources.assertions import Assertions
from assistant.sources.chapters import Chapters
from assistant.sources.rare_words import RareWords
from assistant.sources.remarks import Remarks
from knowledge import Passage
from scoring import IndexDefinition

if TYPE_CHECKING:  # with it comes Chroma, a second that a page need not wait for
    from knowledge.retriever import Retriever

_HAN = re.compile(r"[\u3400-\u9fff]")
# One character in so many tells that a text is Chinese.
_FEW_OF = 20


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents as a retriever knows them, and the language that they are written in, `zh` or `en`."""

    retriever: "Retriever"
    language: str
    chapters: Chapters
    remarks: Remarks
    rare_words: RareWords
    assertions: Assertions
    on_names: dict[tuple[str, ...], Sequence[Passage]] = field(default_factory=dict[tuple[str, ...], Sequence[Passage]])
    """The passages that were found to speak of some names: those of the index, which no question changes."""

    @classmethod
    def of(cls, retriever: "Retriever", definition: IndexDefinition, phrasings: Phrasings) -> Self:
        """Look at what a retriever has opened."""
        chapters = Chapters(retriever, definition, phrasings)
        return cls(
            retriever,
            _language_of([passage.text for passage in retriever.passages]),
            chapters,
            Remarks(retriever, definition, phrasings, chapters),
            RareWords(retriever),
            Assertions(retriever, definition, phrasings),
        )


def _language_of(texts: Sequence[str]) -> str:
    """Tell what language texts are written in: Chinese where they hold Chinese characters in any number."""
    han = sum(len(_HAN.findall(text)) for text in texts)
    return "zh" if han * _FEW_OF >= sum(map(len, texts)) else "en"
