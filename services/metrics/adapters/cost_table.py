"""The table of what was counted: an event is marked and its cost added in one transaction, or neither."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from services.metrics.domain.data_points import LedgerLine

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_FOR_SECONDS = 30 * 24 * 3600
"""Longer than a message can live: 14 days in a queue and 14 more in its dead letters."""


@cache
def _dynamodb() -> DynamoDBClient:
    quick = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)


def count_once(event_id: str, line: LedgerLine | None, now: float) -> bool:
    """Mark the event as counted and add its line to the ledger; False, changing nothing, when it was counted before."""
    table = os.environ["METRICS_TABLE"]
    mark: Any = {
        "Put": {
            "TableName": table,
            "Item": {
                "pk": {"S": f"COUNTED#{event_id}"},
                "sk": {"S": "-"},
                "expires_at": {"N": str(int(now) + REMEMBERED_FOR_SECONDS)},
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }
    try:
        _dynamodb().transact_write_items(TransactItems=[mark, *([_addition(table, line)] if line else [])])
    except ClientError as error:
        if any(r.get("Code") == "ConditionalCheckFailed" for r in error.response.get("CancellationReasons", [])):
            return False
        raise
    return True


def _addition(table: str, line: LedgerLine) -> Any:
    amounts = line.model_dump(exclude={"day", "model"})
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": f"LEDGER#{line.day}"}, "sk": {"S": line.model}},
            "UpdateExpression": "ADD " + ", ".join(f"{name} :{name}" for name in amounts),
            "ExpressionAttributeValues": {f":{name}": {"N": str(amount)} for name, amount in amounts.items()},
        }
    }
