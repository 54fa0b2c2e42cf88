"""The WebSocket: connections come and go, and say what they listen to."""

from __future__ import annotations

from typing import Any

from services.gateway.http.websocket import connection as socket
from services.gateway.wiring.live import switchboard
from stagekit.observe import logger, observed


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The event is never logged: it holds a ticket, or what somebody typed."""
    asked = event["requestContext"]
    with observed("socket", {"route": asked.get("routeKey")}):
        return {"statusCode": _served(asked["eventType"], asked["connectionId"], event)}


def _served(kind: str, connection: str, event: dict[str, Any]) -> int:
    board = switchboard(logger().warning)
    match kind:
        case "CONNECT":
            return socket.connect(connection, (event.get("queryStringParameters") or {}).get("ticket"), board)
        case "DISCONNECT":
            return socket.disconnect(connection, board)
        case _:
            return socket.hear(connection, "" if event.get("isBase64Encoded") else event.get("body") or "", board)
