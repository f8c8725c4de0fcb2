import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class EmbeddingScript:
    """What a server of embeddings does next: a status to fail with, a body to answer with, or "vectors"."""

    def __init__(self) -> None:
        self.steps: list[int | str] = []
        self.asked: list[list[str]] = []
        self.largest_batch = 1000
        self.url = ""

    def answer(self, texts: list[str]) -> tuple[int, str]:
        self.asked.append(texts)
        step = self.steps.pop(0) if self.steps else "vectors"
        if isinstance(step, int):
            return step, json.dumps({"error": {"message": "no"}})
        if step != "vectors":
            return 200, step
        if len(texts) > self.largest_batch:
            return 400, json.dumps({"error": {"message": "too many"}})
        data = [{"object": "embedding", "index": i, "embedding": [len(t), 1.0, 2.0]} for i, t in enumerate(texts)]
        return 200, json.dumps({"object": "list", "model": "m", "data": data[::-1]})


@contextmanager
def playing() -> Iterator[EmbeddingScript]:
    """Play a script on loopback."""
    script = EmbeddingScript()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, body = script.answer(json.loads(self.rfile.read(length))["input"])
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
