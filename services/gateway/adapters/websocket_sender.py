"""Messages to connected clients, by API Gateway's management API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError


class ManagementClient(Protocol):
    """What is used of boto3's `apigatewaymanagementapi`."""

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> Any: ...


class WebSocketSender:
    """Implements the port ConnectionSender. `client` is asked when there is something to say: mostly nobody listens."""

    def __init__(self, client: Callable[[], ManagementClient], notice: Callable[[str], None]) -> None:
        self._client = client
        self._notice = notice

    def send(self, connection: str, message: str) -> bool:
        try:
            self._client().post_to_connection(ConnectionId=connection, Data=message.encode())
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("GoneException", "410"):
                return False
            self._notice(f"not pushed: {code}")
        except BotoCoreError as error:
            self._notice(f"not pushed: {type(error).__name__}")
        return True
