"""The local cloud answers programs of this machine and its own pages, and no page of anybody else.

It runs code for whoever asks, without credentials, and a browser carries any page's requests to loopback. What a page
cannot forge is the `Host` it asked for (a name of its own, when DNS leads that name here), the `Origin` it comes from
and, where a browser names no origin (an image, a link, a form that gets), `Sec-Fetch-Site`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
NAMES = ("127.0.0.1", "localhost")
# No browser, the address bar, a page of ours.
NOT_FROM_A_FOREIGN_PAGE: tuple[list[bytes], ...] = ([], [b"none"], [b"same-origin"])
CORS = b"access-control-"


def guard_application(application: Application, port: int) -> Application:
    """`application` for requests to this port by a loopback name, from no other origin; all else is 403.

    Headers of its replies that open them to another origin are dropped.
    """
    hosts = [f"{name}:{port}".encode() for name in NAMES]
    origins = [b"http://" + host for host in hosts]

    def welcome(scope: Scope) -> bool:
        headers = scope["headers"]
        host, origin = _values(headers, b"host"), _values(headers, b"origin")
        if len(host) != 1 or host[0] not in hosts or not scope["path"].startswith("/"):
            return False  # a target that is a whole address names a host of its own
        if origin:
            return len(origin) == 1 and origin[0] in origins
        return _values(headers, b"sec-fetch-site") in NOT_FROM_A_FOREIGN_PAGE

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_closed(message: Message) -> None:
            if "headers" in message:
                message = {**message, "headers": _close_headers(message["headers"], origins)}
            await send(message)

        if scope["type"] == "lifespan":
            await application(scope, receive, send)
        elif welcome(scope):
            await application(scope, receive, send_closed)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # before it is accepted: the handshake is answered 403
        else:
            await _refuse(send, port)

    return guard


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key.lower() == name]


def _close_headers(headers: Iterable[tuple[bytes, bytes]], origins: list[bytes]) -> Headers:
    """Without CORS headers, unless they open the reply to an origin of ours alone."""
    headers = list(headers)
    allowed = _values(headers, CORS + b"allow-origin")
    if len(allowed) == 1 and allowed[0] in origins:
        return headers
    return [(name, value) for name, value in headers if not name.lower().startswith(CORS)]


async def _refuse(send: Send, port: int) -> None:
    message = (
        f"Refused: the local cloud answers at http://127.0.0.1:{port} and http://localhost:{port} only, and no page of "
        "another origin. If you followed a link, enter the address in the address bar."
    )
    body = json.dumps({"message": message}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
