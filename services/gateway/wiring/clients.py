"""Clients of AWS and what several functions make of them, once per container."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from stagekit.clients import client
from stagekit.observe import logger

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def dynamodb() -> DynamoDBClient:
    return client("dynamodb", tries=3)


def table() -> str:
    return os.environ["GATEWAY_TABLE"]


def warn(message: str) -> None:
    """Tell the operators, in this container's log."""
    logger().warning(message)


def now() -> datetime:
    return datetime.now(UTC)
