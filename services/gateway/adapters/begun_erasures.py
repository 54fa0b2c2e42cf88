"""Whether a player is being erased, in the gateway's table (erasures)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.gateway.adapters import items

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoBegunErasures:
    """Implements the port BegunErasures. Reads are consistent."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def has_begun(self, player: str) -> bool:
        return self._get(items.key_of_erasure(player)) is not None

    def _get(self, key: items.Item) -> items.Item | None:
        return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
