import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from .loopback import QuietHandler, serving

_PIECE = 4


@dataclass(frozen=True)
class Turn:
    """What the model does when it is asked once more: it writes, calls tools (name and arguments), or fails."""

    text: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    reasoning: str = ""
    tells_usage: bool = True
    is_held: bool = False
    """No byte comes before the client gives up."""
    is_cut: bool = False
    """The connection ends in the middle of the text."""
    is_left_open: bool = False
    """Nothing comes after the text before the client gives up."""
    is_endless: bool = False
    """The text is sent again and again."""
    body: bytes | None = None
    """Sent as it is, in place of events."""
    pace: float = 0.0
    """Seconds before each event."""

    def events(self, *, with_usage: bool) -> Iterator[dict[str, Any]]:
        """Give the chunks of a streamed answer."""
        yield _chunk({"role": "assistant", "content": ""})
        if self.reasoning:
            yield _chunk({"reasoning_content": self.reasoning})
        for start in range(0, len(self.text), _PIECE):
            yield _chunk({"content": self.text[start : start + _PIECE]})
            if self.is_cut and start > len(self.text) // 2:
                raise BrokenPipeError
        while self.is_endless:
            yield _chunk({"content": self.text})
        for index, call in enumerate(self._tool_calls()):
            yield _chunk({"tool_calls": [{"index": index, **call}]})
        yield _chunk({}, "tool_calls" if self.calls else "stop")
        if with_usage and self.tells_usage:
            yield {**_chunk({}), "choices": [], "usage": _USAGE}

    def whole(self) -> dict[str, Any]:
        """Give the answer in one piece."""
        message = {"role": "assistant", "content": self.text, "tool_calls": self._tool_calls() or None}
        finish = "tool_calls" if self.calls else "stop"
        return {
            **_ENVELOPE,
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            **({"usage": _USAGE} if self.tells_usage else {}),
        }

    def _tool_calls(self) -> list[dict[str, Any]]:
        return [
            {"id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for index, (name, arguments) in enumerate(self.calls)
        ]


_ENVELOPE = {"id": "chat-1", "created": 0, "model": "scripted"}
_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {**_ENVELOPE, "object": "chat.completion.chunk", "choices": choices}


class ChatScript:
    """A chat model that plays its turns in order and repeats the last; it remembers what it was asked."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.models: list[str] | None = None
        """What it says that it offers; None where it does not tell."""
        self.url = ""
        self.released = threading.Event()
        self.when_waiting: Callable[[], object] = lambda: None
        """Called when a turn falls silent."""

    def wait(self) -> None:
        self.when_waiting()
        self.released.wait()

    def next(self, request: dict[str, Any], key: str) -> Turn:
        self.asked.append(request)
        self.keys.append(key)
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]

    def told(self) -> list[str]:
        """What the tools told the model, as of the last time it was asked."""
        return [message["content"] for message in self.asked[-1]["messages"] if message["role"] == "tool"]


class SteadyScript(ChatScript):
    """Does one thing when it is asked and another when a tool has told it something, in any number of conversations."""

    def __init__(self, asked: Turn, told: Turn):
        super().__init__()
        self._asked, self._told = asked, told

    def next(self, request: dict[str, Any], key: str) -> Turn:
        return self._told if request["messages"][-1]["role"] == "tool" else self._asked


@contextmanager
def chatting(played: ChatScript | None = None) -> Iterator[ChatScript]:
    """Play a script on loopback."""
    script = played or ChatScript()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            listed = [{"id": name, "object": "model", "created": 0, "owned_by": "-"} for name in script.models or ()]
            self._begin(Turn(status=404 if script.models is None else 200), "application/json")
            self.wfile.write(json.dumps({"object": "list", "data": listed}).encode())

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            turn = script.next(request, self.headers.get("Authorization", ""))
            if turn.is_held:
                script.wait()
            # A client that has heard enough goes away; a cut ends the connection the same way.
            with suppress(ConnectionError):
                self._play(turn, request)

        def _play(self, turn: Turn, request: dict[str, Any]) -> None:
            if turn.status != 200:
                self._begin(turn, "application/json")
                self.wfile.write(json.dumps({"error": {"message": turn.text or "no"}}).encode())
            elif not request.get("stream"):
                self._begin(turn, "application/json")
                self.wfile.write(json.dumps(turn.whole()).encode() if turn.body is None else turn.body)
            else:
                self._begin(turn, "text/event-stream")
                if turn.body is not None:
                    self.wfile.write(turn.body)
                    return
                for event in turn.events(with_usage=bool(request.get("stream_options"))):
                    time.sleep(turn.pace)
                    if turn.is_left_open and any(choice["finish_reason"] for choice in event["choices"]):
                        script.wait()
                    self._send(json.dumps(event))
                self._send("[DONE]")

        def _begin(self, turn: Turn, media: str) -> None:
            self.send_response(turn.status)
            for name, value in {"Content-Type": media, "retry-after-ms": "1", **turn.headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def _send(self, data: str) -> None:
            self.wfile.write(f"data: {data}\n\n".encode())
            self.wfile.flush()

    with serving(Handler) as script.url:
        try:
            yield script
        finally:
            script.released.set()
