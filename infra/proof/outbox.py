"""What a campaign's events have told of it, read from the outbox of its table: the same facts as on the bus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from contracts.campaign import TurnResolvedV1
from services.campaign.domain.record import stream_of


def hashes_told(dynamodb: Any, table: str, campaign_id: str) -> dict[int, str]:
    """The state's hash after each turn as `TurnResolved` carries it, and that of the first state from
    `CampaignStarted`: after turn 0, or after the last turn that a fork shares."""
    facts = (event["detail"]["data"] for event in _events(dynamodb, table, campaign_id))
    return {_turn(fact): fact["state_hash"] for fact in facts if "state_hash" in fact}


def turns_told(dynamodb: Any, table: str, campaign_id: str) -> Iterator[TurnResolvedV1]:
    """The events of a campaign's own turns, oldest first. Raises ValidationError for one that is none."""
    for event in _events(dynamodb, table, campaign_id):
        if event["detail_type"] == TurnResolvedV1.detail_type:
            yield TurnResolvedV1.model_validate(event["detail"])


def _events(dynamodb: Any, table: str, campaign_id: str) -> Iterator[dict[str, Any]]:
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :stream",
        ExpressionAttributeValues={":stream": {"S": f"STREAM#{stream_of(campaign_id)}"}},
        ConsistentRead=True,
    )
    return (json.loads(item["event"]["S"]) for page in pages for item in page["Items"])


def _turn(fact: dict[str, Any]) -> int:
    shared = fact.get("forked_from") or {}
    return int(fact.get("number", shared.get("turn", 0)))
