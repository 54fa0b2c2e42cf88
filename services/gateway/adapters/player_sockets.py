"""Sockets of players, and sessions that have ended, in the gateway's table.

PLAYER#<sub>          SOCKETS    a set of `<since>|<connection>|<session>`
PLAYER#<sub>          ENDED      `at`: since when all sessions of before are over
SESSION#<session>     ENDED      until the last access token of the session has expired, as the one above
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.gateway.adapters import items
from services.gateway.domain.sockets import Socket, TicketHolder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SOCKETS = "sockets"
SOCKET_LIFE = timedelta(hours=2, minutes=10)
"""API Gateway ends a connection after two hours, whatever we heard of it."""
TOKEN_LIFE = timedelta(minutes=30)
"""Longer than an access token and the ticket it was traded for."""


class DynamoPlayerSockets:
    """Implements the port PlayerSockets."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def of(self, player: str) -> list[Socket]:
        found = self._client.get_item(TableName=self._table, Key=_of_player(player), ConsistentRead=True)
        return sorted(map(decode, found.get("Item", {}).get(SOCKETS, {}).get("SS", [])))

    def end_session(self, session: str, now: datetime) -> None:
        values = items.item({"expires_at": _end(now, TOKEN_LIFE)})
        self._client.put_item(TableName=self._table, Item={**_of_session(session), **values})

    def end_sessions(self, player: str, now: datetime) -> None:
        values = items.item({"at": int(now.timestamp()), "expires_at": _end(now, TOKEN_LIFE)})
        self._client.put_item(TableName=self._table, Item={**_of_ended(player), **values})

    def has_ended(self, holder: TicketHolder) -> bool:
        """Tokens are dated by the second: one of the second in which all sessions ended is of before."""
        if holder.session and self._get(_of_session(holder.session)):
            return True
        ended = self._get(_of_ended(holder.player))
        return ended is not None and holder.token_issued <= int(ended["at"]["N"])

    def _get(self, key: items.Item) -> dict[str, Any] | None:
        return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")


def addition(player: str, socket: Socket, now: datetime) -> dict[str, Any]:
    """The update that adds a socket to those of its player."""
    end = items.item({":end": _end(now, SOCKET_LIFE)})
    return {
        "Key": _of_player(player),
        "UpdateExpression": f"ADD {SOCKETS} :one SET expires_at = :end",
        "ExpressionAttributeValues": {":one": {"SS": [encode(socket)]}, **end},
    }


def removal(player: str, socket: Socket) -> dict[str, Any]:
    """The update that takes a socket from those of its player. A list that has expired is not made anew: it would never
    expire."""
    return {
        "Key": _of_player(player),
        "UpdateExpression": f"DELETE {SOCKETS} :one",
        "ConditionExpression": "attribute_exists(pk)",
        "ExpressionAttributeValues": {":one": {"SS": [encode(socket)]}},
    }


def encode(socket: Socket) -> str:
    return f"{socket.since:015d}|{socket.connection}|{socket.session}"


def decode(text: str) -> Socket:
    since, _, rest = text.partition("|")
    connection, _, session = rest.rpartition("|")
    return Socket(int(since), connection, session)


def _end(now: datetime, life: timedelta) -> int:
    return int((now + life).timestamp())


def _of_player(player: str) -> items.Item:
    return items.item({"pk": f"PLAYER#{player}", "sk": "SOCKETS"})


def _of_ended(player: str) -> items.Item:
    return items.item({"pk": f"PLAYER#{player}", "sk": "ENDED"})


def _of_session(session: str) -> items.Item:
    return items.item({"pk": f"SESSION#{session}", "sk": "ENDED"})
