"""Connections in the gateway's table.

SOCKET#<connection>   META                    whose it is, and what it listens to; the other way round: player_sockets
FEED#<campaign>       LISTENERS               the same the other way round: who is told of a campaign, in one item, so
                                              that one read tells whether anybody is

All expire: API Gateway ends a connection after two hours, whatever we heard of it. Who is found gone is taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contracts.envelope import CampaignId
from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW, commit, write
from services.gateway.adapters.listeners import CONNECTIONS, listeners_key, members
from services.gateway.adapters.player_sockets import SOCKET_LIFE, DynamoPlayerSockets, addition, decode, encode, removal
from services.gateway.domain.sockets import TicketHolder, open_socket

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CAMPAIGNS = "campaigns"


class DynamoConnections:
    """Implements the port Connections."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table
        self._sockets = DynamoPlayerSockets(client, table)

    def open(self, connection: str, holder: TicketHolder, now: datetime) -> list[str]:
        """The session is looked at last: whoever ends it writes that down before looking for its sockets.

        A player who is being erased opens none: a write that comes late would stay behind.
        """
        player, socket = holder.player, open_socket(connection, holder.session, now)
        values = {"player": player, "socket": encode(socket), "expires_at": _end(now)}
        is_here = {"Key": items.key_of_erasure(player), "ConditionExpression": NEW}
        writes = [
            {"ConditionCheck": {"TableName": self._table, **is_here}},
            {"Put": {"TableName": self._table, "Item": {**_socket(connection), **items.item(values)}}},
            {"Update": {"TableName": self._table, **addition(player, socket, now)}},
        ]
        if not commit(self._client, writes):
            return []
        if self._sockets.has_ended(holder):
            self.forget(connection)
            return []
        return [each.connection for each in self._sockets.of(player) if each != socket] + [connection]

    def player(self, connection: str) -> str | None:
        stored = self._get(_socket(connection))
        return str(stored["player"]["S"]) if stored else None

    def subscribe(self, connection: str, campaign: CampaignId, now: datetime) -> None:
        """A connection that has ended, or could not be ended and is forgotten, listens to nothing more: both items are
        written together, however late that comes."""
        mine = self._addition(_socket(connection), CAMPAIGNS, campaign, now)
        mine["Update"]["ConditionExpression"] = "attribute_exists(pk)"
        commit(self._client, [mine, self._addition(listeners_key(campaign), CONNECTIONS, connection, now)])

    def subscriptions(self, connection: str) -> list[CampaignId]:
        return sorted(members(self._get(_socket(connection)), CAMPAIGNS))

    def listeners(self, campaign: CampaignId, limit: int) -> list[str]:
        return sorted(members(self._get(listeners_key(campaign)), CONNECTIONS))[:limit]

    def forget(self, connection: str, campaign: CampaignId | None = None) -> None:
        """Delete the connection's own item last: it leads to the others, so that a repetition finds what was left. It
        goes together with its place among its player's sockets, by which an erasure finds it."""
        stored = self._leave_all(connection, campaign)
        if stored and "socket" in stored:
            left = removal(stored["player"]["S"], decode(stored["socket"]["S"]))
            gone = {"TableName": self._table, "Key": _socket(connection)}
            if commit(self._client, [{"Update": {"TableName": self._table, **left}}, {"Delete": gone}]):
                return
        self._delete(connection)

    def erase(self, connection: str) -> None:
        """Erase a connection that was found by its player's sockets, which therefore are left as they are."""
        self._leave_all(connection, None)
        self._delete(connection)

    def _delete(self, connection: str) -> None:
        write(lambda: self._client.delete_item(TableName=self._table, Key=_socket(connection)))

    def _leave_all(self, connection: str, campaign: CampaignId | None) -> Mapping[str, Any] | None:
        """The connection, which listens to nothing any more."""
        stored = self._get(_socket(connection))
        for each in {*members(stored, CAMPAIGNS), *([campaign] if campaign else [])}:
            self._leave(each, connection)
        return stored

    def _leave(self, campaign: CampaignId, connection: str) -> None:
        """Remove a listener. The last one takes the list along, unless somebody comes in between."""
        key = listeners_key(campaign)
        left = write(
            lambda: self._client.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression=f"DELETE {CONNECTIONS} :one",
                ExpressionAttributeValues={":one": {"SS": [connection]}},
                ReturnValues="ALL_NEW",
            )
        )
        if CONNECTIONS in left.get("Attributes", {}):
            return
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            write(
                lambda: self._client.delete_item(
                    TableName=self._table, Key=key, ConditionExpression=f"attribute_not_exists({CONNECTIONS})"
                )
            )

    def _addition(self, key: items.Item, name: str, member: str, now: datetime) -> Any:
        """The write that adds a member to a set of an item."""
        values: Any = {":one": {"SS": [member]}, ":end": {"N": str(_end(now))}}
        added = {"UpdateExpression": f"ADD {name} :one SET expires_at = :end", "ExpressionAttributeValues": values}
        return {"Update": {"TableName": self._table, "Key": key, **added}}

    def _get(self, key: items.Item) -> Mapping[str, Any] | None:
        return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")


def _end(now: datetime) -> int:
    return int((now + SOCKET_LIFE).timestamp())


def _socket(connection: str) -> items.Item:
    return items.item({"pk": f"SOCKET#{connection}", "sk": "META"})
