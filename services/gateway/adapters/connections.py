"""Tickets and connections in the gateway's table.

TICKET#<SHA-256>      TICKET                  leave to connect once, within a minute; the ticket itself is kept nowhere
SOCKET#<connection>   META                    whose it is, and what it listens to
FEED#<campaign>       LISTENERS               the same the other way round: who is told of a campaign, in one item, so
                                              that one read tells whether anybody is

All expire: API Gateway ends a connection after two hours, whatever we heard of it. Who is found gone is taken out.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from contracts.envelope import CampaignId
from contracts.playerapi import Ticket
from services.gateway.adapters import items

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TICKET_LIFE = timedelta(seconds=60)
TICKET_BYTES = 32
CONNECTION_LIFE = timedelta(hours=2, minutes=10)
CAMPAIGNS, CONNECTIONS = "campaigns", "connections"


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
        values = {"player": player, "connected_at": now.isoformat(), "expires_at": _end(now)}
        self._client.put_item(TableName=self._table, Item={**_socket(connection), **items.item(values)})

    def player(self, connection: str) -> str | None:
        stored = self._get(_socket(connection))
        return str(stored["player"]["S"]) if stored else None

    def subscribe(self, connection: str, campaign: CampaignId, now: datetime) -> None:
        """A connection that has ended meanwhile may stay among the listeners until somebody finds it gone."""
        self._add(_socket(connection), CAMPAIGNS, campaign, now)
        self._add(listeners_key(campaign), CONNECTIONS, connection, now)

    def subscriptions(self, connection: str) -> list[CampaignId]:
        return sorted(members(self._get(_socket(connection)), CAMPAIGNS))

    def listeners(self, campaign: CampaignId, limit: int) -> list[str]:
        return sorted(members(self._get(listeners_key(campaign)), CONNECTIONS))[:limit]

    def forget(self, connection: str, campaign: CampaignId | None = None) -> None:
        """Last of all what knows of the rest, so that a repetition finds what was left."""
        for each in {*self.subscriptions(connection), *([campaign] if campaign else [])}:
            self._leave(each, connection)
        self._client.delete_item(TableName=self._table, Key=_socket(connection))

    def _leave(self, campaign: CampaignId, connection: str) -> None:
        """Whoever leaves last takes the list along, unless somebody comes in between."""
        key = listeners_key(campaign)
        left = self._client.update_item(
            TableName=self._table,
            Key=key,
            UpdateExpression=f"DELETE {CONNECTIONS} :one",
            ExpressionAttributeValues={":one": {"SS": [connection]}},
            ReturnValues="ALL_NEW",
        )
        if CONNECTIONS in left.get("Attributes", {}):
            return
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.delete_item(
                TableName=self._table, Key=key, ConditionExpression=f"attribute_not_exists({CONNECTIONS})"
            )

    def _add(self, key: items.Item, name: str, member: str, now: datetime) -> None:
        self._client.update_item(
            TableName=self._table,
            Key=key,
            UpdateExpression=f"ADD {name} :one SET expires_at = :end",
            ExpressionAttributeValues={":one": {"SS": [member]}, ":end": {"N": str(_end(now))}},
        )

    def _get(self, key: items.Item) -> Mapping[str, Any] | None:
        return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")


def listeners_key(campaign: CampaignId) -> items.Item:
    """Beside the feed's count: one query reads both."""
    return items.item({"pk": f"FEED#{campaign}", "sk": "LISTENERS"})


def members(stored: Mapping[str, Any] | None, name: str) -> list[str]:
    """The members of a set in an item; an empty one is not there."""
    found: list[str] = (stored or {}).get(name, {}).get("SS", [])
    return found


def _end(now: datetime) -> int:
    return int((now + CONNECTION_LIFE).timestamp())


def _ticket(ticket: str) -> items.Item:
    return items.item({"pk": f"TICKET#{sha256(ticket.encode()).hexdigest()}", "sk": "TICKET"})


def _socket(connection: str) -> items.Item:
    return items.item({"pk": f"SOCKET#{connection}", "sk": "META"})
