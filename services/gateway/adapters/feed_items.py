"""Feeds in the gateway's table.

FEED#<campaign>       META                    how many events were appended; kept as long as the campaign
FEED#<campaign>       EVENT#<sequence>        an event as the player sees it; 30 days
FEED#<campaign>       ID#<event id>           that an event of another service was appended; 30 days, longer than any
                                              queue keeps a second copy
FEED#<campaign>       LISTENERS               who is told (see connections)

What is appended is written in one transaction that holds only while the count is the one that was seen. So any number
of writers make one feed, without a gap. What a turn begins and ends with is appended by the transaction that admits or
closes it, and so once; what comes over the bus is marked, for it may be delivered twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contracts.envelope import CampaignId
from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW
from services.gateway.adapters.listeners import CONNECTIONS, listeners_key, members
from services.gateway.domain.feed import MOST_LISTENERS, FeedHead

if TYPE_CHECKING:
    from contracts.playerapi import FeedEvent

RETENTION_SECONDS = 30 * 24 * 3600
FIRST_OF_HEAD = "LISTENERS"
"""The first sort key of the head, which sorts behind all events: LISTENERS and META."""


def place_of(campaign: CampaignId) -> str:
    return f"FEED#{campaign}"


def event_key(sequence: int) -> str:
    return f"EVENT#{sequence:010d}"


def key(campaign: CampaignId, sk: str) -> items.Item:
    return items.item({"pk": place_of(campaign), "sk": sk})


def head_keys(campaign: CampaignId) -> tuple[items.Item, items.Item]:
    """Keys of the two items that `head` reads."""
    return key(campaign, "META"), listeners_key(campaign)


def head(count: Mapping[str, Any] | None, listeners: Mapping[str, Any] | None) -> FeedHead:
    last = int(count["sequence"]["N"]) if count else 0
    return FeedHead(last, tuple(sorted(members(listeners, CONNECTIONS))[:MOST_LISTENERS]))


def append_writes(table: str, events: Sequence[FeedEvent]) -> list[dict[str, Any]]:
    """The writes of a transaction that append these events of one campaign, which follow one another: the count, then
    each event."""
    return [_count(table, events), *(_new(table, each, event_key(each.sequence), _values_of(each)) for each in events)]


def mark_writes(table: str, events: Sequence[FeedEvent]) -> list[dict[str, Any]]:
    """The writes that hold only if none of these events was marked before."""
    return [_new(table, each, _mark(each.id), {"sequence": each.sequence}) for each in events]


def _mark(event_id: str) -> str:
    return f"ID#{event_id}"


def _count(table: str, events: Sequence[FeedEvent]) -> dict[str, Any]:
    seen = events[0].sequence - 1
    counted = {
        "TableName": table,
        "Key": key(events[0].campaign_id, "META"),
        "UpdateExpression": "SET #sequence = :next",
        "ConditionExpression": "#sequence = :seen" if seen else NEW,
        "ExpressionAttributeNames": {"#sequence": "sequence"},
        "ExpressionAttributeValues": items.item({":next": events[-1].sequence, ":seen": seen or None}),
    }
    return {"Update": counted}


def _values_of(event: FeedEvent) -> dict[str, str | int]:
    return {"event": event.model_dump_json(exclude_none=True)}


def _new(table: str, event: FeedEvent, sk: str, values: Mapping[str, str | int]) -> dict[str, Any]:
    expires = {"expires_at": int(event.sent_at.timestamp()) + RETENTION_SECONDS}
    item = {**key(event.campaign_id, sk), **items.item({**values, **expires})}
    return {"Put": {"TableName": table, "Item": item, "ConditionExpression": NEW}}
