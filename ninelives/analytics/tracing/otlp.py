"""OTLP's JSON: ids in hexadecimal, 64-bit integers as strings, enumerations as numbers.

https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ninelives.analytics.tracing.span import Attribute, Span

KINDS = {"internal": 1, "client": 3}
STATUS_ERROR = 2
SCOPE = "ninelives.trace"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def request_of(spans: Iterable[Span], environment: str) -> dict[str, Any]:
    """An ExportTraceServiceRequest."""
    resource = {"service.name": "ninelives", "deployment.environment.name": environment}
    scope = {"scope": {"name": SCOPE}, "spans": [_span(span) for span in spans]}
    return {"resourceSpans": [{"resource": {"attributes": _attributes(resource)}, "scopeSpans": [scope]}]}


def _span(span: Span) -> dict[str, Any]:
    return {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        **({"parentSpanId": span.parent_id} if span.parent_id else {}),
        "name": span.name,
        "kind": KINDS[span.kind],
        "startTimeUnixNano": _nanoseconds(span.start),
        "endTimeUnixNano": _nanoseconds(span.end),
        "attributes": _attributes(span.attributes),
        **({"links": [{"traceId": trace, "spanId": one} for trace, one in span.links]} if span.links else {}),
        "status": {"code": STATUS_ERROR, "message": span.error} if span.error else {},
    }


def _nanoseconds(moment: datetime) -> str:
    return str((moment - _EPOCH) // timedelta(microseconds=1) * 1000)


def _attributes(attributes: Any) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in attributes.items()]


def _value(value: Attribute) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, tuple):
        return {"arrayValue": {"values": [_value(each) for each in value]}}
    return {"stringValue": value}
