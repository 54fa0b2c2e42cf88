"""What handlers are wired to: the tables of this deployment and the clock."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from functools import cache

from services.campaign.adapters import dynamodb
from services.campaign.adapters.projection_versions import Generations
from services.campaign.adapters.store import CampaignStore


@cache
def campaigns() -> CampaignStore:
    return CampaignStore(dynamodb.client(), dynamodb.campaign_table())


@cache
def generations() -> Generations:
    return Generations(dynamodb.client(), dynamodb.projection_tables())


def pause(tried: int) -> None:
    """At most a tenth of a second, at most 10 ms at first, at random."""
    time.sleep(random.uniform(0, min(0.1, 0.01 * 2**tried)))


def now() -> datetime:
    return datetime.now(UTC)
