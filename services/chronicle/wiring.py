"""Composition root of the chronicle service: its table. The environment is read on first use."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from services.chronicle.adapters.chronicle_table import ChronicleTable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and one retry: a turn does not wait for its memories."""
    quick = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)


def chronicle() -> ChronicleTable:
    """The chronicle's table."""
    return ChronicleTable(dynamodb(), os.environ["CHRONICLE_TABLE"])
