"""What handlers are wired to: the tables of this deployment and the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from services.campaign.adapters import dynamodb
from services.campaign.adapters.lines import Lines
from services.campaign.adapters.store import CampaignStore


@cache
def campaigns() -> CampaignStore:
    return CampaignStore(dynamodb.client(), dynamodb.campaign_table())


@cache
def lines() -> Lines:
    return Lines(dynamodb.client(), dynamodb.projection_table())


def now() -> datetime:
    return datetime.now(UTC)
