"""A request to AWS leaves in one piece: head and body are one write, one packet, one record of TLS.

The SDK writes twice. Whoever answers wakes up for the head, has nothing to do, and wakes up again for the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)


class _InOnePiece:
    """A connection of the SDK that keeps the head of a request until its body comes."""

    _body_follows = False
    _head = b""

    def request(
        self,
        method: str,
        url: str,
        body: Any = None,
        headers: Mapping[str, Any] | None = None,
        *more: Any,
        **named: Any,
    ) -> None:
        is_asked_first = "Expect" in (headers or {})  # whether the body is wanted at all
        self._body_follows, self._head = isinstance(body, bytes) and bool(body) and not is_asked_first, b""
        super().request(method, url, body, headers, *more, **named)  # type: ignore[misc]

    def send(self, data: Any) -> None:
        if self._body_follows:
            self._body_follows, self._head = False, data
            return
        head, self._head = self._head, b""
        super().send(head + data if head else data)  # type: ignore[misc]


class _Plain(_InOnePiece, AWSHTTPConnection):  # type: ignore[misc]
    """To an endpoint on loopback."""


class _Secured(_InOnePiece, AWSHTTPSConnection):  # type: ignore[misc]
    """To AWS."""


def send_whole_requests() -> None:
    """Have every client of this process do so, from its next connection on."""
    AWSHTTPConnectionPool.ConnectionCls = _Plain
    AWSHTTPSConnectionPool.ConnectionCls = _Secured
