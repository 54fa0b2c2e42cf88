"""Days on which the deployment has spent what it may on models: SPENT / <day>, forgotten by TTL."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 3 * 24 * 3600


def key_of_day(day: date) -> dict[str, Any]:
    return {"pk": {"S": "SPENT"}, "sk": {"S": day.isoformat()}}


def mark_spent(client: DynamoDBClient, table: str, day: date) -> None:
    """From now on, whoever looks at the day sees it. A second time changes nothing."""
    until = int(datetime.combine(day, time(), UTC).timestamp()) + KEPT_SECONDS
    client.put_item(TableName=table, Item={**key_of_day(day), "expires_at": {"N": str(until)}})
