"""Composition root of the metrics service: its table, target and clock. The environment is read on first use."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from services.metrics.adapters.cost_table import CostTable
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and two retries."""
    return client("dynamodb", read=5, tries=3)


def costs() -> CostTable:
    """The table of what was counted."""
    return CostTable(dynamodb(), os.environ["METRICS_TABLE"])


def target_milliseconds() -> float:
    """How long an answer may take."""
    return 1000 * float(os.environ["TURN_TARGET_SECONDS"])


def now() -> float:
    """Seconds since 1970."""
    return time.time()
