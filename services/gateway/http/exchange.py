"""An HTTP request and its response, free of the gateway product that carried them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PRIVATE = "no-store"
PUBLIC = "public, max-age=300"
OWNER = "private, max-age=3600"
"""Cache-Control of what never changes, for its owner alone."""


@dataclass(frozen=True)
class HttpRequest:
    """A client's request. Header names are lower case; `caller` is the verified subject, absent when there is none.

    `name` is what the pool calls the caller, `session` its session, `token_issued` when its token was given (epoch
    seconds; 0 when that is not known); `address` is where the request came from. None of them is ever logged.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    caller: str | None = None
    traceparent: str | None = None
    name: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    session: str = field(default="", repr=False)
    token_issued: int = 0

    @property
    def username(self) -> str:
        """The caller's name in the pool, on a route that needs one."""
        if self.name is None:
            raise LookupError("this route was reached without a token of our pool")
        return self.name

    @property
    def player(self) -> str:
        """The caller of a route that needs one."""
        if self.caller is None:
            raise LookupError("this route was reached without a caller")
        return self.caller

    @property
    def token(self) -> str:
        """The caller's own access token; empty when none was sent."""
        return self.headers.get("authorization", "").partition(" ")[2].strip()


@dataclass(frozen=True)
class HttpResponse:
    """The response to the client. `body` is JSON text."""

    status: int
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    cache: str = PRIVATE

    def with_headers(self, headers: Mapping[str, str]) -> HttpResponse:
        merged = {**self.headers, **headers}
        return HttpResponse(self.status, self.body, merged, self.content_type, self.cache)


def dump_json(value: Any) -> str:
    """JSON in ASCII, so that whatever a client sent can be sent back without breaking an encoder."""
    return json.dumps(value, separators=(",", ":"))
