"""The DynamoDB double with reads that cost as DynamoDB's do: a partition is found at once, its items are in order.

The plain double looks at every item of a table for every query, so a benchmark over it would measure the double. This
one knows, besides, what a rebuild asks for: scans, queries in pages, and reads and writes of several keys. Held
against moto by `tests/chaos/test_double.py`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.support.dynamodb import DynamoDB, Item

Place = tuple[str, str]
Bounds = tuple[int, int]


class Partitions(dict[Place, Item]):
    """Items by (pk, sk), and the sort keys of each partition in order."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_of: dict[str, list[str]] = {}

    def __setitem__(self, place: Place, item: Item) -> None:
        if place not in self:
            insort(self.keys_of.setdefault(place[0], []), place[1])
        super().__setitem__(place, item)

    def __delitem__(self, place: Place) -> None:
        super().__delitem__(place)
        self.keys_of[place[0]].remove(place[1])


class PartitionedDynamoDB(DynamoDB):
    """The client. `requests` counts what was asked, by operation."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: Counter[str] = Counter()

    def get_item(self, **asked: Any) -> Item:
        self.requests["get_item"] += 1
        return super().get_item(**asked)

    def put_item(self, **asked: Any) -> None:
        self.requests["put_item"] += 1
        super().put_item(**asked)

    def update_item(self, **asked: Any) -> None:
        self.requests["update_item"] += 1
        super().update_item(**asked)

    def transact_write_items(self, **asked: Any) -> None:
        self.requests["transact_write_items"] += 1
        super().transact_write_items(**asked)

    def batch_execute_statement(self, **asked: Any) -> Item:
        self.requests["batch_execute_statement"] += 1
        return super().batch_execute_statement(**asked)

    def query(self, *, Limit: int, **asked: Any) -> Item:
        self.requests["query"] += 1
        return {"Items": self._query_items(asked, Limit)}

    def batch_get_item(self, *, RequestItems: Any) -> Item:
        self.requests["batch_get_item"] += 1
        found: dict[str, list[Item]] = {}
        for name, wanted in RequestItems.items():
            table = self._table(name)
            found[name] = [table[place] for key in wanted["Keys"] if (place := _place(key)) in table]
        return {"Responses": found}

    def batch_write_item(self, *, RequestItems: Any) -> Item:
        self.requests["batch_write_item"] += 1
        for name, writes in RequestItems.items():
            for write in writes:
                del self._table(name)[_place(write["DeleteRequest"]["Key"])]
        return {}

    def get_paginator(self, operation: str) -> _Paginator:
        return _Paginator(self, operation)

    def _table(self, name: str) -> Partitions:
        return self.tables.setdefault(name, Partitions())  # type: ignore[return-value]

    def _query_items(self, asked: Any, limit: int | None = None) -> list[Item]:
        values = asked["ExpressionAttributeValues"]
        pk, _, sk = asked["KeyConditionExpression"].partition(" AND ")
        partition = values[pk.removeprefix("pk = ")]["S"]
        table = self._table(asked["TableName"])
        keys = table.keys_of.get(partition, [])
        first, end = _bounds(keys, sk, values)
        ascending = asked.get("ScanIndexForward", True)
        most = end - first if limit is None else min(limit, end - first)
        chosen = keys[first : first + most] if ascending else keys[end - most : end][::-1]
        return [table[partition, key] for key in chosen]


class _Paginator:
    """Pages of a scan or a query; a scan's filter is applied after a page was read, as DynamoDB does."""

    def __init__(self, dynamodb: PartitionedDynamoDB, operation: str) -> None:
        self._dynamodb, self._operation = dynamodb, operation

    def paginate(self, *, PaginationConfig: Any = None, **asked: Any) -> Iterator[Item]:
        of_page = (PaginationConfig or {}).get("PageSize", 1000)
        if self._operation == "query":
            items = self._dynamodb._query_items(asked)
        else:
            items = list(self._dynamodb._table(asked["TableName"]).values())
        for start in range(0, len(items), of_page):
            self._dynamodb.requests[self._operation] += 1
            yield {"Items": [item for item in items[start : start + of_page] if _passes(item, asked)]}


def _bounds(keys: list[str], condition: str, values: Item) -> Bounds:
    """The range of the sorted keys that a condition on `sk` takes."""
    if not condition:
        return 0, len(keys)
    if " BETWEEN " in condition:
        first, last = condition.removeprefix("sk BETWEEN ").split(" AND ")
        return bisect_left(keys, values[first]["S"]), bisect_right(keys, values[last]["S"])
    _, operator, bound = condition.split(" ")
    if operator == ">":
        return bisect_right(keys, values[bound]["S"]), len(keys)
    return 0, bisect_left(keys, values[bound]["S"])


def _passes(item: Item, asked: Any) -> bool:
    condition = asked.get("FilterExpression")
    if condition is None:
        return True
    name, _, value = condition.partition(" = ")
    name = asked.get("ExpressionAttributeNames", {}).get(name, name)
    return bool(item.get(name) == asked["ExpressionAttributeValues"][value])


def _place(key: Item) -> Place:
    return key["pk"]["S"], key["sk"]["S"]
