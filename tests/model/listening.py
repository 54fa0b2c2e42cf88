"""Exchanges with a model's server, written down on the way."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.loopback import LoopbackServer

LONGEST = 300


@dataclass(frozen=True)
class Exchange:
    """One completion: what was asked, what came, with which status, and how many seconds it took."""

    asked: dict[str, Any]
    answer: dict[str, Any]
    status: int
    seconds: float

    @property
    def content(self) -> str:
        """The text of the reply; nothing when there was none."""
        choices = self.answer.get("choices") or [{}]
        return str(choices[0].get("message", {}).get("content") or "")

    @property
    def was_cut(self) -> bool:
        choices = self.answer.get("choices") or [{}]
        return choices[0].get("finish_reason") == "length"


@contextmanager
def listening(upstream: str) -> Iterator[tuple[str, list[Exchange]]]:
    """The base URL that leads to `upstream`, and what has passed it so far."""
    heard: list[Exchange] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body, started = self.rfile.read(int(self.headers["Content-Length"])), time.monotonic()
            status, answer = _ask(f"{upstream}/chat/completions", body)
            seconds = time.monotonic() - started
            heard.append(Exchange(json.loads(body), json.loads(answer or b"{}"), status, seconds))
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                self.close_connection = True  # whoever asked has given up: the turn goes on without

        def log_message(self, format: str, *args: Any) -> None:
            """Tests read what was heard."""

    with LoopbackServer(Handler) as server:
        yield f"{server.url}/v1", heard


def _ask(url: str, body: bytes) -> tuple[int, bytes]:
    asked = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=LONGEST) as answered:
            return answered.status, answered.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 503, b"{}"
