"""The feed: what a player hears of a campaign, in the gateway's table (see `feed_items` for its layout)."""

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
from services.gateway.adapters.feed_items import (
    FIRST_OF_HEAD,
    append_writes,
    event_key,
    head,
    key,
    mark_writes,
    place_of,
)
from services.gateway.domain.feed import Appended, FeedEntry, FeedHead

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TRIES = 12
PAUSE = 0.04  # seconds; events of one turn come in together


class DynamoFeed:
    """Implements the port Feed."""

    def __init__(self, client: DynamoDBClient, table: str, pause: Callable[[float], None]) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def append(self, campaign: CampaignId, entries: Sequence[FeedEntry], now: datetime) -> Appended:
        left = list(entries)
        for attempt in range(TRIES):
            seen = self._head(campaign)
            events = [FeedEvent(**vars(each), sequence=seen.last + n, sent_at=now) for n, each in enumerate(left, 1)]
            failed = self._write(events)
            if failed is None:
                return Appended(events, seen.listeners)
            left = [entry for entry, known in zip(left, failed, strict=False) if not known]
            if not left:
                return Appended((), ())
            self._pause(PAUSE * random.uniform(0, attempt + 1))
        raise Transient("the feed kept losing races")

    def after(self, campaign: CampaignId, sequence: int, limit: int) -> list[FeedEvent]:
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=items.item(
                {":pk": place_of(campaign), ":first": event_key(sequence + 1), ":last": event_key(10**10 - 1)}
            ),
            ConsistentRead=True,
            Limit=limit,
        )
        return [FeedEvent.model_validate_json(items.plain(each)["event"]) for each in page["Items"]]

    def last(self, campaign: CampaignId) -> int:
        found = self._client.get_item(TableName=self._table, Key=key(campaign, "META"), ConsistentRead=True)
        stored: Mapping[str, Any] | None = found.get("Item")
        return int(items.plain(stored)["sequence"]) if stored else 0

    def _head(self, campaign: CampaignId) -> FeedHead:
        """One query reads both of its items."""
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk >= :first",
            ExpressionAttributeValues=items.item({":pk": place_of(campaign), ":first": FIRST_OF_HEAD}),
            ConsistentRead=True,
        )
        found = {each["sk"]["S"]: each for each in page["Items"]}
        return head(found.get("META"), found.get("LISTENERS"))

    def _write(self, events: Sequence[FeedEvent]) -> list[bool] | None:
        """None when all were written; else which of these writes stood against it: the marks, the count, the events."""
        writes: Any = [*mark_writes(self._table, events), *append_writes(self._table, events)]
        try:
            self._client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            return _failed_conditions(error, len(writes))
        return None


def _failed_conditions(error: ClientError, writes: int) -> list[bool]:
    """Returns, for each write, whether its condition failed. Raises any error but that and somebody who came first."""
    if error.response["Error"]["Code"] == "TransactionConflictException":
        return [False] * writes
    codes = [str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])]
    if not {"ConditionalCheckFailed", "TransactionConflict"} & set(codes):
        raise error
    return [code == "ConditionalCheckFailed" for code in codes]
