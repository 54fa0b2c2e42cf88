"""Guests in the gateway's table, until nobody can come back as one.

PLAYER#<sub>          GUEST#<username>        that a guest came; 31 days, a day more than any session of theirs

Nobody looks for what has expired: DynamoDB deletes the item, and its stream says so by the key, which therefore names
the pool's user. An account leaves the item as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW
from services.gateway.domain.accounts import GUEST_KEPT, EnteredGuest

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PLAYER, _GUEST = "PLAYER#", "GUEST#"


class DynamoGuests:
    """Implements the port Guests."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def enter(self, guest: EnteredGuest, now: datetime) -> None:
        self._client.put_item(TableName=self._table, Item=_item(guest, now))

    def enter_late(self, guest: EnteredGuest, came: datetime) -> bool:
        """Whether the guest, who came then, had not been entered."""
        item = _item(guest, came)
        try:
            self._client.put_item(TableName=self._table, Item=item, ConditionExpression=NEW)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _item(guest: EnteredGuest, came: datetime) -> items.Item:
    key = {"pk": f"{_PLAYER}{guest.player}", "sk": f"{_GUEST}{guest.username}"}
    return items.item({**key, "expires_at": int((came + GUEST_KEPT).timestamp())})


def expired_guests(event: Mapping[str, Any]) -> Iterator[EnteredGuest]:
    """The guests whose items went, of a batch of the table's stream, whose deletions are those of expiry alone."""
    for record in event["Records"]:
        key = items.plain(record["dynamodb"]["Keys"])
        if record["eventName"] == "REMOVE" and key["sk"].startswith(_GUEST):
            yield EnteredGuest(key["pk"].removeprefix(_PLAYER), key["sk"].removeprefix(_GUEST))
