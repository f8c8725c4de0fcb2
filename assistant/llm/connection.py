"""A connection to the server of a language model for one answer, which ends when the answer's time is up."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from langchain_openai import ChatOpenAI

from assistant.llm.model import Model
from assistant.stopping import Stop
from knowledge.server_client import ServerClient

_MOST_TOKENS = 4096
_LONGEST_WAIT = 5.0
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Connection:
    """A chat with a model: whether its time is up, and how to end it at once."""

    chat: ChatOpenAI
    is_late: threading.Event
    hang_up: Callable[[], None]


@contextmanager
def connected(model: Model, stop: Stop) -> Iterator[Connection]:
    """Connect for one answer; when its time is up, or its reader stops it, hang up."""
    is_late = threading.Event()
    until = time.monotonic() + model.seconds

    def longest_wait() -> float:
        return min(_LONGEST_WAIT, until - time.monotonic())

    with ServerClient(model.silence, longest_wait) as client:

        def end() -> None:
            is_late.set()
            client.hang_up()

        timer = threading.Timer(model.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            chat = ChatOpenAI(
                model=model.name,
                base_url=model.base_url,
                api_key=lambda: model.api_key or "none",
                http_client=client,
                temperature=0,
                timeout=model.silence,
                max_retries=_RETRIES,
                max_completion_tokens=_MOST_TOKENS,
                stream_usage=True,
                use_responses_api=False,
            )
            with stop.ending(client.hang_up):
                yield Connection(chat, is_late, client.hang_up)
        finally:
            timer.cancel()
