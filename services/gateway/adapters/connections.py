"""Tickets and connections in the gateway's table.

TICKET#<SHA-256>      TICKET                  leave to connect once, within a minute; the ticket itself is kept nowhere
SOCKET#<connection>   META                    whose it is
SOCKET#<connection>   CAMPAIGN#<id>           what it listens to
LISTENERS#<campaign>  <connection>            the same the other way round: who is told of a campaign

All expire: API Gateway ends a connection after two hours, whatever we heard of it.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from contracts.envelope import CampaignId
from contracts.playerapi import Ticket
from services.gateway.adapters import items

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TICKET_LIFE = timedelta(seconds=60)
TICKET_BYTES = 32
CONNECTION_LIFE = timedelta(hours=2, minutes=10)
MOST_SUBSCRIPTIONS = 100  # far above what a connection may have


class DynamoTickets:
    """Implements the port Tickets. `url` is where the WebSocket is."""

    def __init__(self, client: DynamoDBClient, table: str, url: str) -> None:
        self._client = client
        self._table = table
        self._url = url

    def issue(self, player: str, now: datetime) -> Ticket:
        ticket = secrets.token_urlsafe(TICKET_BYTES)
        expires = datetime.fromtimestamp(int((now + TICKET_LIFE).timestamp()), UTC)
        values = items.item({"player": player, "expires_at": int(expires.timestamp())})
        self._client.put_item(TableName=self._table, Item={**_ticket(ticket), **values})
        return Ticket(ticket=ticket, url=f"{self._url}?ticket={ticket}", expires_at=expires)

    def redeem(self, ticket: str, now: datetime) -> str | None:
        """Deleting it is using it: of two who try at once, one finds it gone."""
        try:
            used = self._client.delete_item(
                TableName=self._table,
                Key=_ticket(ticket),
                ConditionExpression="expires_at > :now",
                ExpressionAttributeValues=items.item({":now": int(now.timestamp())}),
                ReturnValues="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return str(items.plain(used["Attributes"])["player"])


class DynamoConnections:
    """Implements the port Connections."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def open(self, connection: str, player: str, now: datetime) -> None:
        self._put(_socket(connection, "META"), now, player=player, connected_at=now.isoformat())

    def player(self, connection: str) -> str | None:
        key = _socket(connection, "META")
        stored = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return str(items.plain(stored)["player"]) if stored else None

    def subscribe(self, connection: str, campaign: CampaignId, now: datetime) -> None:
        self._put(_socket(connection, f"CAMPAIGN#{campaign}"), now)
        self._put(_listener(campaign, connection), now)

    def subscriptions(self, connection: str) -> list[CampaignId]:
        found = self._sorts(f"SOCKET#{connection}", MOST_SUBSCRIPTIONS)
        return [sk.removeprefix("CAMPAIGN#") for sk in found if sk.startswith("CAMPAIGN#")]

    def listeners(self, campaign: CampaignId, limit: int) -> list[str]:
        return self._sorts(f"LISTENERS#{campaign}", limit)

    def forget(self, connection: str) -> None:
        """Last of all what knows of the rest, so that a repetition finds what was left."""
        for campaign in self.subscriptions(connection):
            self._delete(_listener(campaign, connection))
            self._delete(_socket(connection, f"CAMPAIGN#{campaign}"))
        self._delete(_socket(connection, "META"))

    def _put(self, key: items.Item, now: datetime, **values: str) -> None:
        expires = int((now + CONNECTION_LIFE).timestamp())
        self._client.put_item(TableName=self._table, Item={**key, **items.item({**values, "expires_at": expires})})

    def _delete(self, key: items.Item) -> None:
        self._client.delete_item(TableName=self._table, Key=key)

    def _sorts(self, pk: str, limit: int) -> list[str]:
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=items.item({":pk": pk}),
            ConsistentRead=True,
            Limit=limit,
        )
        return [each["sk"]["S"] for each in page["Items"]]


def _ticket(ticket: str) -> items.Item:
    return items.item({"pk": f"TICKET#{sha256(ticket.encode()).hexdigest()}", "sk": "TICKET"})


def _socket(connection: str, sk: str) -> items.Item:
    return items.item({"pk": f"SOCKET#{connection}", "sk": sk})


def _listener(campaign: CampaignId, connection: str) -> items.Item:
    return items.item({"pk": f"LISTENERS#{campaign}", "sk": connection})
