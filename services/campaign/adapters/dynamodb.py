"""This container's DynamoDB client and the names of its tables, both found on first use."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from services.campaign.domain.projection_version import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def client() -> DynamoDBClient:
    """Short waits and one retry: the workflow backs off and asks again, so a stage must not."""
    return boto3.client(
        "dynamodb",
        config=Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"}),
    )


def campaign_table() -> str:
    return os.environ["CAMPAIGN_TABLE"]


def projection_tables() -> dict[Table, str]:
    return {"projection": os.environ["PROJECTION_TABLE"], "side": os.environ["PROJECTION_SIDE_TABLE"]}
