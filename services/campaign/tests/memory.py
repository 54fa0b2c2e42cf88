"""A DynamoDB of a few dictionaries, for tests of thousands of writes: single items, and the conditions of ours."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class ConditionalCheckFailedException(Exception):
    pass


class Memory:
    """Implements what the projection's tables call."""

    exceptions = SimpleNamespace(ConditionalCheckFailedException=ConditionalCheckFailedException)

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {}

    def get_item(self, *, TableName: str, Key: Any, ConsistentRead: bool) -> dict[str, Any]:
        assert ConsistentRead
        item = self.tables.get(TableName, {}).get(Key["pk"]["S"])
        return {} if item is None else {"Item": item}

    def batch_get_item(self, *, RequestItems: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table, asked in RequestItems.items():
            each = (self.get_item(TableName=table, Key=key, ConsistentRead=True) for key in asked["Keys"])
            found[table] = [held["Item"] for held in each if held]
        return {"Responses": found}

    def put_item(
        self, *, TableName: str, Item: Any, ConditionExpression: str, ExpressionAttributeValues: Any = None
    ) -> None:
        kept = self.tables.setdefault(TableName, {}).get(Item["pk"]["S"])
        if not any(self._holds(part, kept, ExpressionAttributeValues) for part in ConditionExpression.split(" OR ")):
            raise ConditionalCheckFailedException
        self.tables[TableName][Item["pk"]["S"]] = Item

    def _holds(self, condition: str, kept: Any, values: Any) -> bool:
        if condition == "attribute_not_exists(pk)":
            return kept is None
        name, _, value = condition.partition(" = ")
        return kept is not None and kept.get(name) == values[value]

    def rows(self, table: str) -> dict[str, Any]:
        """The items of a table that hold rows."""
        return {key: item for key, item in self.tables.get(table, {}).items() if "line" in item}
