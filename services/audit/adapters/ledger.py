"""The audit table. It is only ever added to."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from services.audit.domain.entry import Entry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Conflict(Exception):
    """Another event holds this place of the stream, or this event was altered. Nothing was written."""


@cache
def _dynamodb() -> DynamoDBClient:
    quick = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)


def append(entry: Entry) -> Literal["recorded", "duplicate"]:
    """Record an entry, or find that it is recorded already. Raises Conflict when its place holds something else."""
    item = {name: {"S": value} for name, value in entry.model_dump().items() if value is not None}
    item["pk"], item["sk"] = item.pop("stream"), item.pop("place")
    try:
        _dynamodb().put_item(
            TableName=os.environ["AUDIT_TABLE"],
            Item=item,
            ConditionExpression="attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        held: Any = error.response.get("Item", {})
        if not entry.is_progress and held.get("digest", {}).get("S") != entry.digest:
            raise Conflict(f"{entry.stream} {entry.place}: {entry.event_id} is not what is recorded") from None
        return "duplicate"
    return "recorded"
