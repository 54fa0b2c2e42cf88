"""Guests in the gateway's table, until nobody can come back as one.

PLAYER#<sub>          GUEST                   that a guest came; 31 days, a day more than any session of theirs

Nobody looks for what has expired: DynamoDB deletes the item, and its stream says so. An account leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.gateway.adapters import items

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SESSION_LIFE = timedelta(days=30)
"""The pool's: a refresh token is never renewed itself, so no guest comes back after it."""
KEPT = SESSION_LIFE + timedelta(days=1)
GUEST = "GUEST"
_PLAYER = "PLAYER#"


class DynamoGuests:
    """Implements the port Guests."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def enter(self, player: str, now: datetime) -> None:
        values = {"pk": f"{_PLAYER}{player}", "sk": GUEST, "expires_at": int((now + KEPT).timestamp())}
        self._client.put_item(TableName=self._table, Item=items.item(values))


def expired_guests(event: Mapping[str, Any]) -> Iterator[str]:
    """The players whose items went, of a batch of the table's stream that is filtered for those."""
    for record in event["Records"]:
        yield str(record["dynamodb"]["Keys"]["pk"]["S"]).removeprefix(_PLAYER)
