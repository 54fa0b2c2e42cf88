"""Composition root of the audit service: its table and the clock. The environment is read on first use."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from services.audit.adapters.table import DynamoAuditTable
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and two retries."""
    return client("dynamodb", read=5, tries=3)


def audit_table() -> DynamoAuditTable:
    """The audit table."""
    return DynamoAuditTable(dynamodb(), os.environ["AUDIT_TABLE"])


def now() -> datetime:
    return datetime.now(UTC)
