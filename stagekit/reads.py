"""Reads: items of many places in one call, each as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
"""An item or a key in DynamoDB's own JSON."""


def get_all(dynamodb: DynamoDBClient, table: str, keys: Sequence[Item]) -> list[Item | None]:
    """The items at these keys, in their order, None where there is none; at least one key of strings, at most a hundred
    different ones. Each is read by itself: together they are no moment. Raises Transient when not all were read."""
    return get_all_of(dynamodb, {table: keys})[table]


def get_all_of(dynamodb: DynamoDBClient, keys: Mapping[str, Sequence[Item]]) -> dict[str, list[Item | None]]:
    """The same of several tables, by table; a hundred different keys together."""
    different = {table: {_place(key, key): key for key in of_table} for table, of_table in keys.items()}
    asked: Any = {table: {"Keys": list(each.values()), "ConsistentRead": True} for table, each in different.items()}
    answer = dynamodb.batch_get_item(RequestItems=asked)
    if answer.get("UnprocessedKeys"):
        raise Transient("the table is throttling reads")
    held: dict[str, list[Item | None]] = {}
    for table, of_table in keys.items():
        found = {_place(item, of_table[0]): item for item in answer["Responses"].get(table, ())}
        held[table] = [found.get(_place(key, key)) for key in of_table]
    return held


def _place(item: Item, key: Item) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in sorted(key))
