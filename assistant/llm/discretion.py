"""What no sentence of a language model may hold, whatever the figures say. Pure.

A text that leaves could carry something out, or make a reader's browser fetch something: links, images, code, runs of
encoded characters, the model's instructions, a key. And it is to be in the language of the question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Citation
from assistant.evidence import Finding

_OUTWARD = re.compile(
    r"!\[|\]\s*\(|(?m:^)\s*\[[^\]\n]*\]:|[a-z]{2,}://|\bwww\.|\w\.[a-z]{2,}/|\S@\w[\w-]*\.\w|<\s*[/!a-z]|\b(?:javascript|mailto|data):\S",
    re.IGNORECASE,
)
_ENCODED = re.compile(
    r"(?![-=_]{32})[A-Za-z0-9+/=_-]{32,}"
    r"|(?:\\x|%|&#x?)[0-9A-Fa-f]{2}(?:[;\\x%&#]*[0-9A-Fa-f]{2}){7,}"
)
_NO_LETTER = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r"\[\d+\]|(?m:^[>\-\s]+)")
_QUOTED = re.compile(r"[“「『‘«\"][^”」』’»\"]*[”」』’»\"]|(?m:^>.*$)")
_RUN = 16
"""So many letters in a row of an instruction are a copy of it."""
_PIECE = 5
"""So is a sentence most of whose pieces of this length stand in the instructions."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """What one answer may not hold.

    Attributes
    ----------
    language : str
        `zh` or `en`: that of the question.
    names : tuple of str
        What is called as it is, in either language.
    instructions : tuple of str
        What the model is told to do.
    citations : sequence of Citation
        What may be repeated as it is written; grows while tools are called.
    key : str
        To the model's server; may be empty.
    """

    language: str
    names: tuple[str, ...]
    instructions: tuple[str, ...]
    citations: Sequence[Citation] = ()
    key: str = ""

    def findings(self, sentence: str, behind: str) -> list[Finding]:
        """Find what keeps a sentence back.

        Parameters
        ----------
        sentence : str
        behind : str
            The same at the end of what left before it: what is cut in two is seen as well.
        """
        found = [Finding(match[0], "不能有链接、图片或网页代码") for match in _OUTWARD.finditer(behind)]
        found += [Finding(match[0], "不能有编码过的文字") for match in _ENCODED.finditer(behind)]
        letters = _letters(behind)
        if self._is_copied(sentence, letters):
            found.append(Finding(sentence.strip(), "不能复述给你的说明"))
        if self.key and _letters(self.key) in letters:
            found.append(Finding("", "不能有密钥"))
        if self._is_foreign(sentence):
            found.append(Finding(sentence.strip(), "要用提问的语言写"))
        return found

    def _is_copied(self, sentence: str, letters: str) -> bool:
        """Whether what leaves repeats an instruction, in one piece or in several."""
        pieces = _runs_of(_letters(sentence), _PIECE)
        known = sum(piece in _runs(self.instructions, _PIECE) for piece in pieces)
        return 2 * known > len(pieces) or not _runs(self.instructions, _RUN).isdisjoint(_runs_of(letters, _RUN))

    def _is_foreign(self, sentence: str) -> bool:
        """Whether a sentence is in the other language, quotations and names left aside."""
        plain = _MARKUP.sub("", sentence).strip()
        if any(plain in citation.quote for citation in self.citations):
            return False
        own = _any_of(self.names).sub(" ", _QUOTED.sub(" ", sentence))
        characters, words = len(_HAN.findall(own)), len(_LATIN_WORD.findall(own))
        return words > characters + 1 if self.language == "zh" else characters > 2 * words


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


def _runs_of(letters: str, length: int) -> list[str]:
    return [letters[start : start + length] for start in range(len(letters) - length + 1)]


@lru_cache(8)
def _runs(texts: Sequence[str], length: int) -> frozenset[str]:
    return frozenset(run for text in texts for run in _runs_of(_letters(text), length))


@lru_cache(8)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)) or "(?!)")
