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
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_THINKING = re.compile(r"<think(?:ing)?>|<[a-z]{0,8}$")
_END_OF_THOUGHT = re.compile(r".*</think(?:ing)?>\s*", re.DOTALL)


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
    check_alone : callable
        Finds what a sentence may not hold whatever the evidence; it is handed the sentence, and the same behind what
        left before it.
    """

    def __init__(
        self,
        written_out: Callable[[str], str],
        check: Callable[[str], Sequence[Finding]],
        check_alone: Callable[[str, str], Sequence[Finding]],
    ):
        self._written_out = written_out
        self._check = check
        self._check_alone = check_alone
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
        """Take over more of the text, without what the model thinks aloud."""
        self._waiting = _THOUGHT.sub("", self._waiting + text)
        thought = _END_OF_THOUGHT.match(self._waiting)
        if thought and not _THINKING.search(thought[0]):  # it began before the text, as some servers have it
            self._waiting = self._waiting[thought.end() :]
            self._left.clear()
            self.held, self.left_out = None, 0

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
        rewritten = _END_OF_THOUGHT.sub("", rewritten).strip()
        sentence = self._written_out(rewritten) + gap
        if not rewritten or self._findings(sentence):
            self.left_out += 1
            sentence = gap
        self._left.append(sentence)
        return sentence

    def _findings(self, sentence: str) -> list[Finding]:
        if not sentence.strip():
            return []
        behind = "".join([*self._left[-_CONTEXT:], sentence])
        findings = [Finding(match[0], "没有这个数") for match in _UNKNOWN_REFERENCE.finditer(sentence)]
        findings += self._check_alone(sentence, behind)
        return findings or list(self._check(behind))

    def _cut(self) -> str:
        """Take the next sentence, or a table as a whole; nothing as long as it may go on."""
        if not self._left:
            self._waiting = self._waiting.lstrip()
        thinking = _THINKING.search(self._waiting)
        waiting = self._waiting[: thinking.start()] if thinking else self._waiting
        is_table = waiting.startswith("|")
        end = (_TABLE.match if is_table else _END.search)(waiting)
        if end and (is_table or end.end() < len(waiting) or self._is_closed):
            length = end.end()
        else:
            length = len(waiting) if self._is_closed else 0
        self._waiting = self._waiting[length:]
        return waiting[:length]
