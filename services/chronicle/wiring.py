"""Composition root of the chronicle service: its table. The environment is read on first use."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from services.chronicle.adapters.chronicle_table import ChronicleTable
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from services.chronicle.adapters.chronicle_eraser import ChronicleEraser


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and one retry: a turn does not wait for its memories."""
    return client("dynamodb", connect=1, read=2)


@cache
def chronicle() -> ChronicleTable:
    """The chronicle's table, and what this container knows of it."""
    return ChronicleTable(dynamodb(), os.environ["CHRONICLE_TABLE"])


def fresh_for() -> timedelta:
    """For how long a fact needs no look whether its campaign was erased: less than an erasure waits for its last
    step."""
    return timedelta(seconds=int(os.environ["FRESH_SECONDS"]))


def now() -> datetime:
    return datetime.now(UTC)


def chronicle_eraser() -> ChronicleEraser:
    """The chronicle's table, to erase."""
    from services.chronicle.adapters.chronicle_eraser import ChronicleEraser

    return ChronicleEraser(dynamodb(), os.environ["CHRONICLE_TABLE"])
