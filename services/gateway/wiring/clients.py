"""Clients of AWS and what several functions make of them, once per container."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from stagekit.observe import logger

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def make_config(read: int, connect: int = 2, tries: int = 3) -> Config:
    """Time limits in seconds, and how often a call is sent in all."""
    retries = {"total_max_attempts": tries, "mode": "standard"}
    return Config(connect_timeout=connect, read_timeout=read, retries=retries)  # type: ignore[arg-type]


@cache
def dynamodb() -> DynamoDBClient:
    return boto3.client("dynamodb", config=make_config(3))


def table() -> str:
    return os.environ["GATEWAY_TABLE"]


def warn(message: str) -> None:
    """Tell the operators, in this container's log."""
    logger().warning(message)


def now() -> datetime:
    return datetime.now(UTC)
