"""The HTTP client for servers that speak the OpenAI protocol."""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import httpx2
import openai

_CONNECTED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}


class ServerClient(openai.DefaultHttpxClient):
    """Gives up when a server says nothing, or asks to wait longer than somebody would; may be hung up on at any time.

    Parameters
    ----------
    seconds : float
        That the server may say nothing.
    longest_wait : callable
        Tells, when a server asks to be asked again later, how many seconds of waiting are left.
    """

    def __init__(self, seconds: float, longest_wait: Callable[[], float]):
        hooks = {"request": [self._watch], "response": [self._bound_wait]}
        super().__init__(timeout=seconds, event_hooks=hooks, verify=_certificates())
        self._longest_wait = longest_wait
        self._sockets: list[socket.socket] = []
        self._is_hung_up = False

    def hang_up(self) -> None:
        """End whatever goes on, in whichever thread: closing alone does not wake one that waits for a first byte."""
        self._is_hung_up = True
        for each in self._sockets:
            with suppress(OSError):  # it may have been closed
                socket.socket.shutdown(each, socket.SHUT_RDWR)
        self.close()

    def _watch(self, request: Any) -> None:
        request.extensions["trace"] = self._note_socket

    def _note_socket(self, event: str, told: Mapping[str, Any]) -> None:
        if event in _CONNECTED:
            self._sockets.append(told["return_value"].get_extra_info("socket"))
            if self._is_hung_up:
                self.hang_up()

    def _bound_wait(self, response: Any) -> None:
        try:
            wait = float(response.headers.get("retry-after", 0))
        except ValueError:
            return
        if wait > self._longest_wait():
            response.headers["x-should-retry"] = "false"


def was_cut(error: openai.APIConnectionError) -> bool:
    """Whether a server that had been reached hung up."""
    return isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)


@cache
def _certificates() -> ssl.SSLContext:
    """Read the machine's certificates once; it takes longer than all else before the first request."""
    return httpx2.create_ssl_context()
