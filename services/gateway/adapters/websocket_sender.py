"""Messages to connected clients, by API Gateway's management API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError


class ManagementClient(Protocol):
    """The part of boto3's `apigatewaymanagementapi` that is used."""

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> Any: ...
    def delete_connection(self, *, ConnectionId: str) -> Any: ...


class WebSocketSender:
    """Implements the port ConnectionSender. `client` is asked when there is something to say: mostly nobody listens."""

    def __init__(self, client: Callable[[], ManagementClient], notice: Callable[[str], None]) -> None:
        self._client = client
        self._notice = notice

    def send(self, connection: str, message: str) -> bool:
        try:
            self._client().post_to_connection(ConnectionId=connection, Data=message.encode())
        except ClientError as error:
            if _is_gone(error):
                return False
            self._notice(f"not pushed: {error.response['Error']['Code']}")
        except BotoCoreError as error:
            self._notice(f"not pushed: {type(error).__name__}")
        return True

    def close(self, connection: str) -> bool:
        try:
            self._client().delete_connection(ConnectionId=connection)
        except ClientError as error:
            if _is_gone(error):
                return True
            self._notice(f"not closed: {error.response['Error']['Code']}")
            return False
        except BotoCoreError as error:
            self._notice(f"not closed: {type(error).__name__}")
            return False
        return True


def _is_gone(error: ClientError) -> bool:
    return error.response["Error"]["Code"] in ("GoneException", "410")
