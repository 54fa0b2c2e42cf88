"""Composition root of the campaign service: its tables, the clock, and the pause between tries.

The environment is read on first use. Each function imports what it makes, so that a handler loads no more than it uses.
"""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from services.campaign.adapters.campaign_eraser import CampaignEraser
    from services.campaign.adapters.campaign_store import CampaignStore
    from services.campaign.adapters.campaign_table import CampaignTable
    from services.campaign.adapters.projection_versions import ProjectionVersions
    from services.campaign.domain.projection_version import TableName


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and one retry: the workflow backs off and asks again, so a stage must not."""
    return client("dynamodb", connect=1, read=2)


def campaigns() -> CampaignTable:
    """The campaigns, to read."""
    from services.campaign.adapters.campaign_table import CampaignTable

    return CampaignTable(dynamodb(), os.environ["CAMPAIGN_TABLE"])


def campaign_store() -> CampaignStore:
    """The campaigns, to read and to write."""
    from services.campaign.adapters.campaign_store import CampaignStore

    return CampaignStore(dynamodb(), os.environ["CAMPAIGN_TABLE"])


def campaign_eraser() -> CampaignEraser:
    """The campaigns, to erase."""
    from services.campaign.adapters.campaign_eraser import CampaignEraser

    return CampaignEraser(dynamodb(), os.environ["CAMPAIGN_TABLE"])


def projection_versions() -> ProjectionVersions:
    """The two tables of the projection."""
    from services.campaign.adapters.projection_versions import ProjectionVersions

    tables: dict[TableName, str] = {
        "projection": os.environ["PROJECTION_TABLE"],
        "side": os.environ["PROJECTION_SIDE_TABLE"],
    }
    return ProjectionVersions(dynamodb(), tables)


def pause(tried: int) -> None:
    """Wait at random: at most 10 ms after the first try, twice as long after each, at most a tenth of a second."""
    time.sleep(random.uniform(0, min(0.1, 0.01 * 2**tried)))


def now() -> datetime:
    return datetime.now(UTC)
