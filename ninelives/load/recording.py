"""A transport that keeps every request about a campaign and what came of it."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx

from ninelives.ops.proof.clients import ClientAnswer


class Recording(httpx.BaseTransport):
    """Sends what it is given by another transport. `answers` may be read by another thread once this one is done."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport
        self.answers: list[ClientAnswer] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        began, status, body = time.monotonic(), 0, b""
        try:
            response = self._transport.handle_request(request)
            body, status = response.read(), response.status_code
            return response
        finally:
            self._keep(request, began, status, body)

    def _keep(self, request: httpx.Request, began: float, status: int, body: bytes) -> None:
        parts = request.url.path.strip("/").split("/")
        if "campaigns" not in parts or parts[-1] == "campaigns":
            return
        about = parts[parts.index("campaigns") + 1 :]
        if len(about) > 1 and about[1] != "turns":
            return
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        self.answers.append(ClientAnswer(about[0], began, time.monotonic(), status, _object(body), key))


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
