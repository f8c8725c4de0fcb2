"""The HTTP client for servers that speak the OpenAI protocol."""

import ssl
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx2
import openai


def http_client(seconds: float, longest_wait: Callable[[], float]) -> openai.DefaultHttpxClient:
    """Make a client that gives up when a server says nothing, or asks to wait longer than somebody would.

    Parameters
    ----------
    seconds : float
        That the server may say nothing.
    longest_wait : callable
        Tells, when a server asks to be asked again later, how many seconds of waiting are left.
    """

    def bound_wait(response: Any) -> None:
        try:
            wait = float(response.headers.get("retry-after", 0))
        except ValueError:
            return
        if wait > longest_wait():
            response.headers["x-should-retry"] = "false"

    return openai.DefaultHttpxClient(timeout=seconds, event_hooks={"response": [bound_wait]}, verify=_certificates())


def was_cut(error: openai.APIConnectionError) -> bool:
    """Whether a server that had been reached hung up."""
    return isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)


@cache
def _certificates() -> ssl.SSLContext:
    """Read the machine's certificates once; it takes longer than all else before the first request."""
    return httpx2.create_ssl_context()
