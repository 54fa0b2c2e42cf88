"""Lambda entry point: the WebSocket. Connections come and go, and say what they listen to."""

from __future__ import annotations

from typing import Any

from services.gateway.http import websocket
from services.gateway.wiring.live import live_dependencies
from stagekit.observe import observe


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The event is never logged: it holds a ticket, or what somebody typed."""
    asked = event["requestContext"]
    with observe("socket", {"route": asked.get("routeKey")}):
        return {"statusCode": _serve(asked["eventType"], asked["connectionId"], event)}


def _serve(kind: str, connection: str, event: dict[str, Any]) -> int:
    deps = live_dependencies()
    match kind:
        case "CONNECT":
            return websocket.connect(connection, (event.get("queryStringParameters") or {}).get("ticket"), deps)
        case "DISCONNECT":
            return websocket.disconnect(connection, deps)
        case _:
            return websocket.receive(connection, "" if event.get("isBase64Encoded") else event.get("body") or "", deps)
