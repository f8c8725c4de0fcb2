"""A text that is still being written leaves sentence by sentence, each when the guard has nothing against it. Pure.

Each sentence is checked behind the ones that left just before it, which tell whom it speaks of.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Finding

# With what belongs to the sentence though it stands behind its end, also where only a part of that has arrived.
_END = re.compile(r"(?:[。！？]|(?<![\d\s])[.!?](?=\s)|\n)[”」』’»\"）)*]*(?:\[\d*\]?)*\s*")
_TABLE = re.compile(r"(?:\|[^\n]*\n)+(?=[^|])")
_UNKNOWN_REFERENCE = re.compile(r"\{F[^}]*\}?")
_CONTEXT = 12
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
# What carries hidden words out.
_OPAQUE = re.compile(r"[A-Za-z0-9+/_=-]{28,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|^>.*", re.MULTILINE)
_MOST_FOREIGN = 5
_OUTWARD = re.compile(r"!\[|\]\s*\(|\]:\s*\S|https?:|www\.|<\s*[/!a-zA-Z]|javascript:|data:\w+/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that may not leave, and why."""

    sentence: str
    findings: Sequence[Finding]


class Gate:
    """Lets the sentences of one text out.

    Parameters
    ----------
    written_out : callable
        Writes the figures for their references.
    check : callable
        Finds what a text claims without evidence, as far as that was collected.
    language : str
        In which the text is to be.
    private : sequence of str
        Sentences that are not to be told.
    check_citations : callable
        Finds the markers in a sentence whose passage does not speak of what it says.
    """

    def __init__(
        self,
        written_out: Callable[[str], str],
        check: Callable[[str], Sequence[Finding]],
        language: str = "zh",
        private: Sequence[str] = (),
        check_citations: Callable[[str], Sequence[Finding]] = lambda sentence: (),
    ):
        self._written_out = written_out
        self._check = check
        self._language = language
        self._private = private
        self._check_citations = check_citations
        self._waiting = ""
        self._is_closed = False
        self._left: list[str] = []
        self.left_out = 0
        """How many sentences never left."""
        self.held: Held | None = None
        """The sentence that blocks the way; nothing leaves until it is settled."""

    @property
    def text(self) -> str:
        """What has left."""
        return "".join(self._left)

    def feed(self, text: str) -> None:
        """Take over more of the text."""
        self._waiting += text

    def close(self) -> None:
        """Know that the text is complete."""
        self._is_closed = True

    def passed(self) -> Iterator[str]:
        """Let out what is complete and proven, up to the first sentence that is not."""
        while self.held is None and (piece := self._cut()):
            sentence = self._written_out(piece)
            if findings := self._findings(sentence):
                self.held = Held(sentence, findings)
            else:
                self._left.append(sentence)
                yield sentence

    def settle(self, rewritten: str = "") -> str:
        """Put another sentence in place of the one held; if that fails too, leave it out. Give what left."""
        if self.held is None:
            return ""
        held, self.held = self.held.sentence, None
        gap = held[len(held.rstrip()) :]
        sentence = self._written_out(rewritten.strip()) + gap
        if not rewritten.strip() or self._findings(sentence):
            self.left_out += 1
            sentence = gap
        self._left.append(sentence)
        return sentence

    def _findings(self, sentence: str) -> list[Finding]:
        if not sentence.strip():
            return []
        behind = "".join([*self._left[-_CONTEXT:], sentence])
        findings = [Finding(match[0], "没有这个数") for match in _UNKNOWN_REFERENCE.finditer(sentence)]
        findings += [Finding(match[0], "不能有链接、图片或网页代码") for match in _OUTWARD.finditer(behind)]
        findings += [Finding(match[0], "不能有编码的内容") for match in _OPAQUE.finditer(sentence)]
        findings += [Finding(told, "不能透露说明") for told in self._private if told in behind]
        if _is_foreign(sentence, self._language):
            findings.append(Finding(sentence.strip(), "不是提问的语言"))
        findings += self._check_citations(sentence)
        return findings or list(self._check(behind))

    def _cut(self) -> str:
        """Take the next sentence, or a table as a whole; nothing as long as it may go on."""
        self._drop_thought()
        if not self._left:
            self._waiting = self._waiting.lstrip()
        waiting = self._waiting
        is_table = waiting.startswith("|")
        if not self._is_closed and _may_begin_a_thought(waiting):
            return ""
        end = (_TABLE.match if is_table else _END.search)(waiting)
        if end and (is_table or end.end() < len(waiting) or self._is_closed):
            length = end.end()
        else:
            length = len(waiting) if self._is_closed else 0
        self._waiting = waiting[length:]
        return waiting[:length]

    def _drop_thought(self) -> None:
        """Drop what a model thinks aloud, as far as that has ended."""
        while self._waiting.lstrip().startswith(_THOUGHT):
            _, end, behind = self._waiting.partition(_THOUGHT_ENDS)
            if not end and not self._is_closed:
                return
            self._waiting = behind.lstrip() if end else ""


def _may_begin_a_thought(text: str) -> bool:
    """Whether a text is a thought that goes on, or the beginning of the word that opens one."""
    start = text.lstrip()
    return start.startswith(_THOUGHT) or bool(start and _THOUGHT.startswith(start))


def _is_foreign(sentence: str, language: str) -> bool:
    """Whether a sentence, but for what it quotes, is in another language than it should be."""
    own = _QUOTED.sub(" ", sentence)
    han, latin = len(_HAN.findall(own)), len(_LATIN_WORD.findall(own))
    return latin > max(_MOST_FOREIGN, 2 * han) if language == "zh" else han > max(_MOST_FOREIGN, latin)
