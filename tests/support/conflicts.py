"""DynamoDB as it answers while somebody else's transaction is under way on an item: nothing of a write is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

ONCE, FOR_EVER = 1, 10_000


class Conflicting:
    """A client in front of another, whose next `left` writes meet a transaction: of their items each in turn."""

    def __init__(self, client: Any, left: int = 0) -> None:
        self._client = client
        self.left = left
        self.cancelled = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, *, TransactItems: Any) -> Any:
        if not self._meets():
            return self._client.transact_write_items(TransactItems=TransactItems)
        at = (self.cancelled - 1) % len(TransactItems)
        reasons = [{"Code": "TransactionConflict" if n == at else "None"} for n in range(len(TransactItems))]
        response: Any = {
            "Error": {"Code": "TransactionCanceledException", "Message": ""},
            "CancellationReasons": reasons,
        }
        raise ClientError(response, "TransactWriteItems")

    def put_item(self, **request: Any) -> Any:
        return self._plain(self._client.put_item, request)

    def update_item(self, **request: Any) -> Any:
        return self._plain(self._client.update_item, request)

    def delete_item(self, **request: Any) -> Any:
        return self._plain(self._client.delete_item, request)

    def _plain(self, write: Callable[..., Any], request: dict[str, Any]) -> Any:
        if self._meets():
            raise ClientError({"Error": {"Code": "TransactionConflictException", "Message": ""}}, "PutItem")
        return write(**request)

    def _meets(self) -> bool:
        if not self.left:
            return False
        self.left -= 1
        self.cancelled += 1
        return True
