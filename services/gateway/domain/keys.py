"""Idempotency: the client's key, the ids that follow from it, and what a request is recognised by."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Any

from services.gateway.http import problems
from services.gateway.http.exchange import Request, compact

KEY = r"[!-~](?:[ -~]{0,126}[!-~])?"
"""A key: 1 to 128 printable ASCII characters, no blank around them."""


def idempotency_key(request: Request) -> str:
    """The client's Idempotency-Key (draft-07). Raises a 400 when it is missing or not printable ASCII."""
    key = request.headers.get("idempotency-key")
    if key is None or not key.strip():
        raise problems.key_missing()
    if not re.fullmatch(KEY, key.strip()):
        raise problems.key_invalid()
    return key.strip()


def fingerprint(request: Request, body: Any) -> str:
    """What makes two requests the same: method, path and the JSON value of the body, whatever its spelling."""
    canonical = compact(_sorted(body))
    return sha256(f"{request.method} {request.path}\n{canonical}".encode()).hexdigest()


def campaign_id_of(player: str, key: str) -> str:
    return f"c_{_digest(f'campaign|{player}|{key}')}"


def turn_id_of(player: str, campaign_id: str, key: str) -> str:
    return f"t_{_digest(f'turn|{player}|{campaign_id}|{key}')}"


def _digest(text: str) -> str:
    return base64.b32encode(sha256(text.encode()).digest()).decode().lower()[:26]


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
