"""Feeds in the gateway's table.

FEED#<campaign>       META                    how many events were appended; kept as long as the campaign
FEED#<campaign>       EVENT#<sequence>        an event as the player sees it; 30 days
FEED#<campaign>       ID#<event id>           that it was appended; 30 days, longer than any queue keeps a second copy
FEED#<campaign>       LISTENERS               who is told (see connections)

What comes together is written in one transaction that holds only while the count is the one that was seen and none of
the events was appended before. So any number of deliveries in any order make one feed, without a gap and without a
second copy.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from contracts.envelope import CampaignId
from contracts.errors import Transient
from contracts.playerapi import FeedEvent
from services.gateway.adapters import items
from services.gateway.adapters.connections import CONNECTIONS, members
from services.gateway.domain.feed import MOST_LISTENERS, Appended, FeedEntry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RETENTION_SECONDS = 30 * 24 * 3600
TRIES = 12
PAUSE = 0.04  # seconds; events of one turn come in together
COUNT = 0  # its place in the transaction; the markers of the events follow, then the events


class DynamoFeed:
    """Implements the port Feed."""

    def __init__(self, client: DynamoDBClient, table: str, pause: Callable[[float], None]) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def append(self, campaign: CampaignId, entries: Sequence[FeedEntry], now: datetime) -> Appended:
        left = list(entries)
        for attempt in range(TRIES):
            last, listeners = self._head(campaign)
            events = [FeedEvent(**vars(each), sequence=last + n, sent_at=now) for n, each in enumerate(left, 1)]
            failed = self._write(campaign, events, last, int(now.timestamp()) + RETENTION_SECONDS)
            if failed is None:
                return Appended(events, listeners)
            left = [entry for entry, known in zip(left, failed[COUNT + 1 :], strict=False) if not known]
            if not left:
                return Appended((), ())
            self._pause(PAUSE * random.uniform(0, attempt + 1))
        raise Transient("the feed kept losing races")

    def after(self, campaign: CampaignId, sequence: int, limit: int) -> list[FeedEvent]:
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=items.item(
                {":pk": _place(campaign), ":first": _event(sequence + 1), ":last": _event(10**10 - 1)}
            ),
            ConsistentRead=True,
            Limit=limit,
        )
        return [FeedEvent.model_validate_json(items.plain(each)["event"]) for each in page["Items"]]

    def last(self, campaign: CampaignId) -> int:
        found = self._client.get_item(TableName=self._table, Key=_key(campaign, "META"), ConsistentRead=True)
        stored: Mapping[str, Any] | None = found.get("Item")
        return int(items.plain(stored)["sequence"]) if stored else 0

    def _head(self, campaign: CampaignId) -> tuple[int, list[str]]:
        """The newest place, and who listens: the two items that sort behind all events."""
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk >= :first",
            ExpressionAttributeValues=items.item({":pk": _place(campaign), ":first": "LISTENERS"}),
            ConsistentRead=True,
        )
        found = {each["sk"]["S"]: each for each in page["Items"]}
        last = int(found["META"]["sequence"]["N"]) if "META" in found else 0
        return last, sorted(members(found.get("LISTENERS"), CONNECTIONS))[:MOST_LISTENERS]

    def _write(
        self, campaign: CampaignId, events: Sequence[FeedEvent], last: int, expires_at: int
    ) -> list[bool] | None:
        """None when all were written; else which of the writes stood against it: the count, the markers, the events."""
        seen = "#sequence = :seen" if last else "attribute_not_exists(pk)"
        counted = {
            "Key": _key(campaign, "META"),
            "UpdateExpression": "SET #sequence = :next",
            "ConditionExpression": seen,
            "ExpressionAttributeNames": {"#sequence": "sequence"},
            "ExpressionAttributeValues": items.item({":next": last + len(events), ":seen": last or None}),
        }
        writes: Any = [{"Update": {"TableName": self._table, **counted}}]
        for event in events:
            marked = {"sequence": event.sequence, "expires_at": expires_at}
            writes.append(self._new(campaign, f"ID#{event.id}", marked))
        for event in events:
            told = {"event": event.model_dump_json(exclude_none=True), "expires_at": expires_at}
            writes.append(self._new(campaign, _event(event.sequence), told))
        try:
            self._client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            return _failed_conditions(error, len(writes))
        return None

    def _new(self, campaign: CampaignId, sk: str, values: Mapping[str, Any]) -> dict[str, Any]:
        item = {**_key(campaign, sk), **items.item(values)}
        return {
            "Put": {"TableName": self._table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"},
        }


def _failed_conditions(error: ClientError, writes: int) -> list[bool]:
    """Which conditions did not hold. Raises what is not about conditions or somebody who came first."""
    if error.response["Error"]["Code"] == "TransactionConflictException":
        return [False] * writes
    codes = [str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])]
    if not {"ConditionalCheckFailed", "TransactionConflict"} & set(codes):
        raise error
    return [code == "ConditionalCheckFailed" for code in codes]


def _place(campaign: CampaignId) -> str:
    return f"FEED#{campaign}"


def _event(sequence: int) -> str:
    return f"EVENT#{sequence:010d}"


def _key(campaign: CampaignId, sk: str) -> items.Item:
    return items.item({"pk": _place(campaign), "sk": sk})
