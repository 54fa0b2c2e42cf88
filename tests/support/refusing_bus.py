"""An event bus on loopback that refuses some entries of PutEvents, as EventBridge may, and passes the others on.

    with RefusingBus(cloud.endpoint, every=10) as bus:
        ... AWS_ENDPOINT_URL_EVENTBRIDGE=bus.url ...
        assert bus.refused > 0

Every `every`-th entry is refused with an error code and a count of one in `FailedEntryCount`; it never reaches the bus.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.request import Request, urlopen

from tests.support.loopback import LoopbackServer

REFUSAL = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"}
PATIENCE = 10  # seconds
FORWARDED = ("content-type", "x-amz-target", "authorization", "x-amz-date", "x-amz-security-token")


class RefusingBus(LoopbackServer):
    """Listens while it is entered. `refused` and `passed` count entries."""

    def __init__(self, endpoint: str, every: int) -> None:
        self._endpoint, self._every = endpoint, every
        self._lock = threading.Lock()
        self.refused = self.passed = 0
        bus = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                headers = {name: self.headers[name] for name in FORWARDED if self.headers[name]}
                body = json.dumps(bus._put(asked, headers)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/x-amz-json-1.1")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        super().__init__(Door)

    def _put(self, asked: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        welcome = [self._lets_in() for _ in asked["Entries"]]
        passed = [entry for entry, goes in zip(asked["Entries"], welcome, strict=True) if goes]
        results = iter(self._forward({**asked, "Entries": passed}, headers) if passed else ())
        answers = [next(results) if goes else REFUSAL for goes in welcome]
        return {"FailedEntryCount": sum("ErrorCode" in each for each in answers), "Entries": answers}

    def _lets_in(self) -> bool:
        with self._lock:
            refuses = (self.passed + self.refused + 1) % self._every == 0
            self.refused, self.passed = self.refused + refuses, self.passed + (not refuses)
            return not refuses

    def _forward(self, body: dict[str, Any], headers: dict[str, str]) -> list[dict[str, Any]]:
        request = Request(self._endpoint, json.dumps(body).encode(), headers)
        with urlopen(request, timeout=PATIENCE) as answer:
            results: list[dict[str, Any]] = json.load(answer)["Entries"]
        return results
