"""What a question took, as OpenTelemetry spans; they hold no word of question or answer, and go nowhere by default.

Spans of models and tools are named as the semantic conventions for generative AI have it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from opentelemetry import trace
from opentelemetry.trace import Span

_SECONDS = 2
_TRACER = trace.get_tracer("assistant")


@contextmanager
def traced(name: str, attributes: Mapping[str, str] | None = None) -> Iterator[Span]:
    """Trace what happens inside; of an exception only its type is told, as its message may quote what was asked."""
    with _TRACER.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            raise


@cache
def export_spans(endpoint: str) -> None:
    """Send spans to a collector (OTLP over gRPC) from now on."""
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "eqi-assistant"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint, timeout=_SECONDS)))
    trace.set_tracer_provider(provider)
