"""The HTTP API as ASGI: a request becomes the event a Lambda handler gets, with the claims of a verified token."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
Players = Mapping[str, tuple[str, str]]
"""The player of each token: the subject, and the name in the pool."""
Application = Callable[..., Awaitable[None]]
CONTEXT = SimpleNamespace(function_name="api", get_remaining_time_in_millis=lambda: 9000)
ADDRESS = "203.0.113.7"


def front(handler: Handler, players: Players) -> Application:
    """A token that is nobody's is none: the handler then refuses what the API would have refused before it."""

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("a Lambda function has no start and no end of life")
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        response = handler(event(scope, body, players), CONTEXT)
        headers = [(name.lower().encode(), str(value).encode()) for name, value in response["headers"].items()]
        await send({"type": "http.response.start", "status": response["statusCode"], "headers": headers})
        await send({"type": "http.response.body", "body": (response.get("body") or "").encode()})

    return application


def event(scope: dict[str, Any], body: bytes, players: Players) -> dict[str, Any]:
    """Payload format 2.0. Of a header or parameter that comes twice, the values are joined by commas."""
    headers = _join((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"])
    query = scope.get("query_string", b"").decode("latin-1")
    return {
        "version": "2.0",
        "routeKey": "ANY /{proxy+}",
        "rawPath": scope["path"],
        "rawQueryString": query,
        "queryStringParameters": _join(parse_qsl(query, keep_blank_values=True)) or None,
        "headers": headers,
        "requestContext": {
            "http": {"method": scope["method"], "path": scope["path"], "sourceIp": ADDRESS},
            "stage": "$default",
            **_authorizer(headers.get("authorization", ""), players),
        },
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


def _join(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _authorizer(authorization: str, players: Players) -> dict[str, Any]:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token not in players:
        return {}
    subject, name = players[token]
    return {"authorizer": {"jwt": {"claims": {"sub": subject, "username": name, "token_use": "access"}}}}
