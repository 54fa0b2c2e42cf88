"""Facts that the owners of the streams say they have committed. A record that lost its end has no hole: only they
know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ninelives.ops.outbox import read_events


@dataclass(frozen=True)
class Owner:
    """A service's table: `head` is the sort key of the item that counts a campaign's facts in `sequence`."""

    dynamodb: Any
    table: str
    head: str

    def campaigns(self) -> Iterator[str]:
        """The id of every campaign it has."""
        pages = self.dynamodb.get_paginator("scan").paginate(
            TableName=self.table,
            FilterExpression="sk = :head",
            ProjectionExpression="pk",
            ExpressionAttributeValues={":head": {"S": self.head}},
        )
        return (item["pk"]["S"].removeprefix("CAMPAIGN#") for page in pages for item in page["Items"])

    def count_committed(self, campaign_id: str) -> int | None:
        """The number of facts it has committed for a campaign, as of now; None when it has no such campaign."""
        found = self.dynamodb.get_item(
            TableName=self.table,
            Key={"pk": {"S": f"CAMPAIGN#{campaign_id}"}, "sk": {"S": self.head}},
            ConsistentRead=True,
        ).get("Item")
        return None if found is None else int(found["sequence"]["N"])

    def moments(self, stream: str, first: int, last: int) -> dict[int, datetime]:
        """The times at which the facts from `first` to `last` occurred, as its outbox has them."""
        committed = (fact.detail["metadata"] for fact in read_events(self.dynamodb, self.table, stream, first, last))
        return {fact["sequence"]: datetime.fromisoformat(fact["occurred_at"]) for fact in committed}


def owners_of(dynamodb: Any, campaign_table: str, gateway_table: str) -> dict[str, Owner]:
    """By what their streams begin with."""
    return {"campaign": Owner(dynamodb, campaign_table, "STATE"), "turns": Owner(dynamodb, gateway_table, "META")}
