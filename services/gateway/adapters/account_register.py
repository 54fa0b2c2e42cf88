"""Accounts in the gateway's table, both ways, in one transaction. An e-mail is there as a digest only.

EMAIL#<digest>    ACCOUNT    whom it signs in
PLAYER#<sub>      ACCOUNT    that this player is no guest, and under which e-mail
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW, commit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoAccountRegister:
    """Implements the port AccountRegister."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def account(self, player: str) -> str | None:
        return self._found(f"PLAYER#{player}", "email")

    def username(self, digest: str) -> str | None:
        return self._found(f"EMAIL#{digest}", "username")

    def open_account(self, player: str, username: str, digest: str) -> bool:
        by_email = {**_key(f"EMAIL#{digest}"), **items.item({"player": player, "username": username})}
        by_player = {**_key(f"PLAYER#{player}"), **items.item({"email": digest})}
        return commit(self._client, [self._new(by_email), self._new(by_player)])

    def _found(self, pk: str, name: str) -> str | None:
        stored = self._client.get_item(TableName=self._table, Key=_key(pk), ConsistentRead=True).get("Item")
        return stored[name]["S"] if stored else None

    def _new(self, item: items.Item) -> Any:
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": NEW}}


def _key(pk: str) -> items.Item:
    return {"pk": {"S": pk}, "sk": {"S": "ACCOUNT"}}
