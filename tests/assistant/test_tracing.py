"""Spans reach a collector where one is configured, and hold no word of question or answer."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from ..chat_script import chatting
from ..command import run
from .play import CALLS, GOOD, QUESTION


class Collector(TraceServiceServicer):
    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        self.lock = threading.Lock()

    def Export(self, request: ExportTraceServiceRequest, context: object) -> ExportTraceServiceResponse:
        with self.lock:
            self.requests.append(request)
        return ExportTraceServiceResponse()

    @property
    def spans(self) -> list[Span]:
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            if scope.scope.name == "assistant"
            for span in scope.spans
        ]


@contextmanager
def collecting() -> Iterator[tuple[Collector, str]]:
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(1))
    add_TraceServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield collector, f"http://127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def test_a_question_its_calls_and_its_tools_are_traced_without_their_words(tmp_path: Path):
    with chatting() as script, collecting() as (collector, endpoint):
        script.turns = [CALLS, GOOD]
        done = run(
            "assistant", "ask", QUESTION,
            EQI_HOME=str(tmp_path), LLM_MODEL="scripted", OPENAI_BASE_URL=script.url,
            OTEL_EXPORTER_OTLP_ENDPOINT=endpoint,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    spans = {span.name: span for span in collector.spans}
    assert set(spans) == {"ask", "chat scripted", "execute_tool change"}
    told = {item.key: item.value for item in spans["chat scripted"].attributes}
    assert told["gen_ai.usage.input_tokens"].int_value == 100
    assert all(spans[name].parent_span_id == spans["ask"].span_id for name in spans if name != "ask")
    assert not any(word in str(collector.requests) for word in ("质量水平", "93.65", "下降"))


def test_a_collector_that_is_away_costs_the_answer_nothing(tmp_path: Path):
    with collecting() as (_, endpoint):
        pass
    done = run("assistant", "ask", QUESTION, EQI_HOME=str(tmp_path), OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)
    assert done.returncode == 0
    assert "0.59" in done.stdout
    assert "Traceback" not in done.stderr
