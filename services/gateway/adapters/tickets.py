"""Tickets in the gateway's table.

TICKET#<SHA-256>      TICKET                  leave to connect once, within a minute; the ticket itself is kept nowhere
"""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from contracts.playerapi import Ticket
from services.gateway.adapters import items
from services.gateway.domain.sockets import TicketHolder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TICKET_LIFE = timedelta(seconds=60)
TICKET_BYTES = 32


class DynamoTickets:
    """Implements the port Tickets. `url` is where the WebSocket is."""

    def __init__(self, client: DynamoDBClient, table: str, url: str) -> None:
        self._client = client
        self._table = table
        self._url = url

    def issue(self, holder: TicketHolder, now: datetime) -> Ticket:
        ticket = secrets.token_urlsafe(TICKET_BYTES)
        expires = datetime.fromtimestamp(int((now + TICKET_LIFE).timestamp()), UTC)
        values = items.item({**asdict(holder), "expires_at": int(expires.timestamp())})
        self._client.put_item(TableName=self._table, Item={**_ticket(ticket), **values})
        return Ticket(ticket=ticket, url=f"{self._url}?ticket={ticket}", expires_at=expires)

    def redeem(self, ticket: str, now: datetime) -> TicketHolder | None:
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
        holder = items.plain(used["Attributes"])
        return TicketHolder(holder["player"], holder.get("session", ""), holder.get("token_issued", 0))


def _ticket(ticket: str) -> items.Item:
    return items.item({"pk": f"TICKET#{sha256(ticket.encode()).hexdigest()}", "sk": "TICKET"})
