"""Facts that a campaign's events have told of it, read from the outbox of its table: the same as on the bus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.campaign import TurnResolvedV1
from ninelives.ops.outbox import read_events
from services.campaign.domain.streams import stream_of


def hashes_told(dynamodb: Any, table: str, campaign_id: str) -> dict[int, str]:
    """The state's hash after each turn as `TurnResolved` carries it, and that of the first state from
    `CampaignStarted`: after turn 0, or after the last turn that a fork shares."""
    told = (fact.detail["data"] for fact in read_events(dynamodb, table, stream_of(campaign_id)))
    return {_turn(data): data["state_hash"] for data in told if "state_hash" in data}


def turns_told(dynamodb: Any, table: str, campaign_id: str) -> Iterator[TurnResolvedV1]:
    """The events of a campaign's own turns, oldest first. Raises ValidationError for one that is none."""
    for fact in read_events(dynamodb, table, stream_of(campaign_id)):
        if fact.detail_type == TurnResolvedV1.detail_type:
            yield TurnResolvedV1.model_validate(fact.detail)


def _turn(data: dict[str, Any]) -> int:
    shared = data.get("forked_from") or {}
    return int(data.get("number", shared.get("turn", 0)))
