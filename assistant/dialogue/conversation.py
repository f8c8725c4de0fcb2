"""What was asked and answered before, so that a follow-up may leave things out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Status
from assistant.query import Query


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as typed and as it was understood, with its answer, whichever engine gave it.

    `beside` is another engine's answer to the same, where the reader asked for it; what follows goes on from `answer`.
    """

    question: str
    queries: Sequence[Query]
    answer: Answer
    beside: Answer | None = None


@dataclass
class Conversation:
    """The exchanges so far, in order."""

    exchanges: list[Exchange] = field(default_factory=list[Exchange])

    @property
    def last(self) -> Query | None:
        """The query before the next one; one that was refused and named nothing leaves the thread as it was."""
        led = (e for e in reversed(self.exchanges) if e.queries[-1].nodes or e.answer.status is not Status.REFUSE)
        return next((exchange.queries[-1] for exchange in led), None)

    @property
    def answers(self) -> list[Answer]:
        """The answers so far."""
        return [exchange.answer for exchange in self.exchanges]

    def take_back(self) -> str:
        """Forget the last exchange and give its question, to be asked once more."""
        return self.exchanges.pop().question

    def before(self, position: int) -> "Conversation":
        """Give the conversation as it was before one of its exchanges."""
        return Conversation(self.exchanges[:position])

    def lay_beside(self, position: int, answer: Answer) -> None:
        """Keep another engine's answer beside the one of an exchange."""
        self.exchanges[position] = replace(self.exchanges[position], beside=answer)
