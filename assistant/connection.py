"""A connection to the server of a language model for one answer, which ends when the answer's time is up."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
import openai
from langchain_openai import ChatOpenAI

from assistant.model import Model

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
def connected(model: Model) -> Iterator[Connection]:
    """Connect for one answer; when its time is up, hang up."""
    is_late = threading.Event()
    until = time.monotonic() + model.seconds

    def bound_wait(response: Any) -> None:
        try:
            wait = float(response.headers.get("retry-after", 0))
        except ValueError:
            return
        if wait > min(_LONGEST_WAIT, until - time.monotonic()):
            response.headers["x-should-retry"] = "false"

    hooks = {"response": [bound_wait]}
    with openai.DefaultHttpxClient(timeout=model.silence, event_hooks=hooks, verify=_certificates()) as client:

        def end() -> None:
            is_late.set()
            client.close()

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
            yield Connection(chat, is_late, client.close)
        finally:
            timer.cancel()


@cache
def _certificates() -> ssl.SSLContext:
    """Read the machine's certificates once; it takes longer than all else before the first request."""
    return httpx2.create_ssl_context()
