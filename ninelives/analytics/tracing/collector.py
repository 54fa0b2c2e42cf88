"""A collector that is sent spans over OTLP/HTTP. What could not be sent may be sent again: ids stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx

from infra.errors import UserError
from ninelives.analytics.tracing.otlp import request_of
from ninelives.analytics.tracing.span import Span

PATH = "/v1/traces"
MOST_SPANS = 500
SECONDS = 30


@dataclass
class Collector:
    """The endpoint of a collector to send to, with or without `/v1/traces`. Counts what it took."""

    url: str
    environment: str
    headers: dict[str, str] = field(default_factory=dict)
    turns: int = 0
    spans: int = 0

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise UserError(f"{self.url} is no URL of a collector: http://127.0.0.1:4318, for example.")
        self.url = self.url.rstrip("/")
        if not self.url.endswith(PATH):
            self.url += PATH

    def send(self, traces: Iterable[tuple[Span, ...]]) -> None:
        """Send turns in requests of about 500 spans, no turn in two. Raises UserError when one is not taken whole."""
        with httpx.Client(timeout=SECONDS, headers=self.headers) as http:
            for batch in batches(traces):
                spans = [span for trace in batch for span in trace]
                self._post(http, spans)
                self.turns, self.spans = self.turns + len(batch), self.spans + len(spans)

    def _post(self, http: httpx.Client, spans: list[Span]) -> None:
        try:
            answer = http.post(self.url, json=request_of(spans, self.environment))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._refusal(str(error) or type(error).__name__) from error
        if answer.status_code != httpx.codes.OK:
            raise self._refusal(f"status {answer.status_code}")
        if rejected := _count_rejected(answer):
            raise self._refusal(f"{rejected} of {len(spans)} spans rejected")

    def _refusal(self, why: str) -> UserError:
        return UserError(f"{self.url} did not take a batch after {self.turns:,} turns: {why}. Sending again is safe.")


def batches(traces: Iterable[tuple[Span, ...]]) -> Iterator[list[tuple[Span, ...]]]:
    """Whole turns, as many as fit into a request, and at least one."""
    batch: list[tuple[Span, ...]] = []
    size = 0
    for trace in traces:
        if batch and size + len(trace) > MOST_SPANS:
            yield batch
            batch, size = [], 0
        batch.append(trace)
        size += len(trace)
    if batch:
        yield batch


def headers_of(text: str) -> dict[str, str]:
    """`name=value,name=value` with values percent-encoded, as OTEL_EXPORTER_OTLP_HEADERS has them."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(name.strip() and equals for name, equals, _ in pairs):
        raise UserError("OTEL_EXPORTER_OTLP_HEADERS is not name=value,name=value.")
    return {name.strip(): unquote(value.strip()) for name, _, value in pairs}


def _count_rejected(answer: httpx.Response) -> int:
    """Spans that were refused though the request was taken. An empty or other answer rejects none."""
    try:
        return int(answer.json()["partialSuccess"]["rejectedSpans"])
    except (ValueError, KeyError, TypeError):
        return 0
