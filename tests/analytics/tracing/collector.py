"""An OTLP/HTTP collector on loopback that decodes what it is sent with OpenTelemetry's own protobuf classes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from google.protobuf.json_format import ParseDict
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.support.loopback import LoopbackServer

IDS = {"traceId": 16, "spanId": 8, "parentSpanId": 8}


@dataclass
class Receiver:
    """`requests` are those it took, `raw` their bodies. What it answers next can be set."""

    url: str = ""
    status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def spans(self) -> list[Any]:
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def took(self, path: str, headers: dict[str, str], body: bytes) -> None:
        assert (path, headers["content-type"]) == ("/v1/traces", "application/json")
        self.requests.append(ParseDict(_bytes(json.loads(body)), ExportTraceServiceRequest()))
        self.raw.append(body.decode())
        self.headers.append(headers)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = receiver.status, receiver.answer
            try:
                receiver.took(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            except Exception as error:
                status, answer = 400, {"message": str(error)}
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with LoopbackServer(Handler) as server:
        receiver.url = server.url
        yield receiver


def _bytes(value: Any) -> Any:
    """As protobuf's own JSON has bytes: in base64. OTLP's has ids in hexadecimal, of exactly their length."""
    if isinstance(value, list):
        return [_bytes(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _id(each, IDS[name]) if name in IDS else _bytes(each) for name, each in value.items()}


def _id(text: str, length: int) -> str:
    read = bytes.fromhex(text)
    assert len(read) == length
    return base64.b64encode(read).decode()
