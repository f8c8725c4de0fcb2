import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from .loopback import QuietHandler, serving


@dataclass(frozen=True)
class Reply:
    """What a server of embeddings answers with; without a body, vectors of three numbers."""

    body: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    is_held: bool = False
    """No byte comes before the client gives up."""
    is_cut: bool = False
    """The connection ends in the middle of the body."""


class EmbeddingScript:
    """A server of embeddings that plays its steps in order: a status to fail with, a body, or a reply; then vectors."""

    def __init__(self) -> None:
        self.steps: list[int | str | Reply] = []
        self.asked: list[list[str]] = []
        self.largest_batch = 1000
        self.refuses_with = 400
        """When it is asked for more at once."""
        self.url = ""
        self.released = threading.Event()

    def texts(self) -> list[str]:
        """All texts that it was asked for, in order."""
        return [text for asked in self.asked for text in asked]

    def answer(self, texts: list[str]) -> Reply:
        self.asked.append(texts)
        step = self.steps.pop(0) if self.steps else Reply()
        if isinstance(step, int):
            return Reply('{"error": {"message": "no"}}', step)
        if isinstance(step, str):
            return Reply(step)
        if len(texts) > self.largest_batch:
            return Reply('{"error": {"message": "too many"}}', self.refuses_with)
        return step


def listed(*vectors: list[float | None], indices: list[int] | None = None) -> str:
    """Write vectors as a server does, in any order."""
    places = range(len(vectors)) if indices is None else indices
    data = [{"object": "embedding", "index": i, "embedding": v} for i, v in zip(places, vectors, strict=True)]
    return json.dumps({"object": "list", "model": "m", "data": data})


@contextmanager
def playing() -> Iterator[EmbeddingScript]:
    """Play a script on loopback."""
    script = EmbeddingScript()

    class Handler(QuietHandler):
        def do_POST(self) -> None:
            texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
            reply = script.answer(texts)
            if reply.is_held:
                script.released.wait()
                return
            vectors = [[len(text), 1.0, 2.0] for text in texts]
            body = (listed(*vectors) if reply.body is None else reply.body).encode()
            self.send_response(reply.status)
            length = str(len(body))
            for name, value in {"Content-Length": length, "retry-after-ms": "1", **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if reply.is_cut else body)

    with serving(Handler) as script.url:
        try:
            yield script
        finally:
            script.released.set()
