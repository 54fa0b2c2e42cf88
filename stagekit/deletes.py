"""Deletes: many items at once, and whole partitions bit by bit. What is gone already is none to complain of."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_AT_ONCE, TRIES, PAUSE = 25, 6, 0.05

Key = dict[str, Any]
"""A key in DynamoDB's own JSON."""


def delete(
    dynamodb: DynamoDBClient, table: str, keys: Sequence[Key], pause: Callable[[float], None] = time.sleep
) -> None:
    """Delete the items at these keys, no key twice. Raises Transient when the table kept refusing; some may be gone."""
    for start in range(0, len(keys), MOST_AT_ONCE):
        left: Any = {table: [{"DeleteRequest": {"Key": key}} for key in keys[start : start + MOST_AT_ONCE]]}
        for tried in range(TRIES):
            left = dynamodb.batch_write_item(RequestItems=left).get("UnprocessedItems")
            if not left:
                break
            pause(PAUSE * 2**tried)
        else:
            raise Transient("the table is throttling deletes")


def delete_partition(dynamodb: DynamoDBClient, table: str, pk: str, *, most: int, but: Collection[str] = ()) -> bool:
    """Delete what has this partition key, but for these sort keys. Looks at `most` items; whether there are more."""
    page = dynamodb.query(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
        ProjectionExpression="pk, sk",
        ConsistentRead=True,
        Limit=most,
    )
    delete(dynamodb, table, [item for item in page["Items"] if item["sk"]["S"] not in but])
    return "LastEvaluatedKey" in page
