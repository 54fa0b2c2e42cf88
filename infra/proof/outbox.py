"""What a campaign's events have told of its states, read from the outbox of its table."""

from __future__ import annotations

import json
from typing import Any

from services.campaign.domain.record import stream_of


def hashes_told(dynamodb: Any, table: str, campaign_id: str) -> dict[int, str]:
    """The state's hash after each turn, 0 being the start, as `CampaignStarted` and `TurnResolved` carry it."""
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :stream",
        ExpressionAttributeValues={":stream": {"S": f"STREAM#{stream_of(campaign_id)}"}},
        ConsistentRead=True,
    )
    facts = (json.loads(item["event"]["S"])["detail"]["data"] for page in pages for item in page["Items"])
    return {fact.get("number", 0): fact["state_hash"] for fact in facts if "state_hash" in fact}
