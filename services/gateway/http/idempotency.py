"""Idempotency of requests: the client's key, and what a request is recognised by."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from contracts.canonical import canonical_json
from services.gateway.http import problems
from services.gateway.http.exchange import HttpRequest

KEY = r"[!-~](?:[ -~]{0,126}[!-~])?"
"""A key: 1 to 128 printable ASCII characters, no blank around them."""


def read_key(request: HttpRequest) -> str:
    """The client's Idempotency-Key (draft-07). Raises a 400 when it is missing or not printable ASCII."""
    key = request.headers.get("idempotency-key", "").strip()
    if not key:
        raise problems.KEY_MISSING.error()
    if not re.fullmatch(KEY, key):
        raise problems.KEY_INVALID.error()
    return key


def fingerprint(request: HttpRequest, body: Any) -> str:
    """The digest of what makes two requests the same: method, path and the body's JSON value, whatever its spelling."""
    return sha256(f"{request.method} {request.path}\n{canonical_json(body)}".encode()).hexdigest()
