"""Reads: items of many places in one call, each as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
"""An item or a key in DynamoDB's own JSON."""


def get_all(dynamodb: DynamoDBClient, table: str, keys: Sequence[Item]) -> list[Item | None]:
    """The items at these keys, in their order, None where there is none; at least one key of strings, at most a hundred
    different ones. Each is read by itself: together they are no moment. Raises Transient when not all were read."""
    different = list({_place(key, key): key for key in keys}.values())
    answer = dynamodb.batch_get_item(RequestItems={table: {"Keys": different, "ConsistentRead": True}})
    if answer.get("UnprocessedKeys"):
        raise Transient("the table is throttling reads")
    found = {_place(item, different[0]): item for item in answer["Responses"].get(table, ())}
    return [found.get(_place(key, key)) for key in keys]


def _place(item: Item, key: Item) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in sorted(key))
