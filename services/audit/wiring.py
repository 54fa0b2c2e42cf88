"""Composition root of the audit service: its table and the clock. The environment is read on first use."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from services.audit.adapters.table import DynamoAuditTable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and two retries."""
    quick = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)


def audit_table() -> DynamoAuditTable:
    """The audit table."""
    return DynamoAuditTable(dynamodb(), os.environ["AUDIT_TABLE"])


def now() -> datetime:
    return datetime.now(UTC)
