"""DynamoDB in a few dictionaries, for tests of thousands of writes, with a moment before each request and after it.

It knows the requests and expressions of our consumers and no others; `tests/chaos/test_double.py` holds it against
moto.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from ninelives.analytics.cost.inserts import parse_insert

Item = dict[str, Any]
_ADDED = re.compile(r"(\S+) :(\w+)")
_ASSIGNED = re.compile(r"(\w+) = :(\w+)")


class ConditionalCheckFailedException(ClientError):
    def __init__(self, held: Item | None) -> None:
        held_item = {"Item": held} if held else {}
        super().__init__({"Error": {"Code": "ConditionalCheckFailedException"}, **held_item}, "PutItem")  # type: ignore[typeddict-item]


class Exceptions:
    ConditionalCheckFailedException = ConditionalCheckFailedException


class DynamoDB:
    """The client. `meanwhile` runs before and after every request: the caller may die there."""

    exceptions = Exceptions

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.tables: dict[str, dict[tuple[str, str], Item]] = {}
        self.meanwhile = meanwhile

    def batch_get_item(self, *, RequestItems: Mapping[str, Any]) -> Item:
        """Each item is read by itself: together they are no moment."""
        responses: dict[str, list[Item]] = {}
        for table, asked in RequestItems.items():
            found = (self.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item") for key in asked["Keys"])
            responses[table] = [each for each in found if each is not None]
        return {"Responses": responses, "UnprocessedKeys": {}}

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False) -> Item:
        self.meanwhile()
        held = self._table(TableName).get(_place(Key))
        return {"Item": held} if held else {}

    def put_item(
        self, *, TableName: str, Item: Item, ReturnValuesOnConditionCheckFailure: str = "NONE", **condition: Any
    ) -> None:
        self.meanwhile()
        self._check(TableName, Item, {**condition, "tells": ReturnValuesOnConditionCheckFailure == "ALL_OLD"})
        self._table(TableName)[_place(Item)] = Item
        self.meanwhile()

    def update_item(self, *, TableName: str, Key: Item, UpdateExpression: str, **rest: Any) -> None:
        self.meanwhile()
        self._check(TableName, Key, rest)
        self._add(TableName, Key, UpdateExpression, rest)
        self.meanwhile()

    def transact_write_items(self, *, TransactItems: list[Item]) -> None:
        self.meanwhile()
        reasons = [{"Code": self._reason(write)} for action in TransactItems for write in action.values()]
        if any(reason["Code"] != "None" for reason in reasons):
            response: Any = {
                "Error": {"Code": "TransactionCanceledException"},
                "CancellationReasons": reasons,
            }
            raise ClientError(response, "TransactWriteItems")
        for action in TransactItems:
            if put := action.get("Put"):
                self._table(put["TableName"])[_place(put["Item"])] = put["Item"]
            if update := action.get("Update"):
                self._add(update["TableName"], update["Key"], update["UpdateExpression"], update)
        self.meanwhile()

    def batch_execute_statement(self, *, Statements: list[Item]) -> Item:
        """INSERTs, each for itself: the caller may die between two of them."""
        answers: list[Item] = []
        for statement in Statements:
            self.meanwhile()
            table, item = parse_insert(statement)
            taken = _place(item) in self._table(table)
            answers.append({"Error": {"Code": "DuplicateItem"}} if taken else {"TableName": table})
            if not taken:
                self._table(table)[_place(item)] = item
        self.meanwhile()
        return {"Responses": answers}

    def query(
        self,
        *,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeValues: Item,
        Limit: int | None = None,
        ScanIndexForward: bool = True,
        **_: Any,
    ) -> Item:
        self.meanwhile()
        values = ExpressionAttributeValues
        pk, _, sk = KeyConditionExpression.partition(" AND ")
        found = [
            item
            for item in self._table(TableName).values()
            if item["pk"] == values[pk.removeprefix("pk = ")] and (not sk or _compares(sk, item["sk"]["S"], values))
        ]
        found.sort(key=lambda item: str(item["sk"]["S"]), reverse=not ScanIndexForward)
        return {"Items": found[:Limit]}

    def _table(self, name: str) -> dict[tuple[str, str], Item]:
        return self.tables.setdefault(name, {})

    def _check(self, table: str, key: Item, request: Item) -> None:
        condition = request.get("ConditionExpression")
        held = self._table(table).get(_place(key))
        if condition and not any(
            all(_holds(each, held, request) for each in part.split(" AND ")) for part in condition.split(" OR ")
        ):
            raise ConditionalCheckFailedException(held if request.get("tells") else None)

    def _reason(self, write: Item) -> str:
        try:
            self._check(write["TableName"], write.get("Item") or write["Key"], write)
        except ConditionalCheckFailedException:
            return "ConditionalCheckFailed"
        return "None"

    def _add(self, table: str, key: Item, expression: str, request: Item) -> None:
        item = dict(self._table(table).get(_place(key), key))
        added, _, assigned = expression.removeprefix("ADD ").partition(" SET ")
        for name, value in _ASSIGNED.findall(assigned):
            item[name] = request["ExpressionAttributeValues"][f":{value}"]
        for name, value in _ADDED.findall(added):
            name = request.get("ExpressionAttributeNames", {}).get(name, name)
            [(kind, amount)] = request["ExpressionAttributeValues"][f":{value}"].items()
            before = item.get(name, {kind: "0" if kind == "N" else []})[kind]
            sum_of = str(int(before) + int(amount)) if kind == "N" else sorted({*before, *amount})
            item[name] = {kind: sum_of}
        self._table(table)[_place(key)] = item


def _place(key: Item) -> tuple[str, str]:
    return key["pk"]["S"], key["sk"]["S"]


def _holds(part: str, held: Item | None, request: Item) -> bool:
    name, operator, value = part.partition(" < " if " < " in part else " = ")
    name = re.sub(r"^(attribute_not_exists|size)\((.*)\)$", r"\2", name)
    name = request.get("ExpressionAttributeNames", {}).get(name, name)
    if part.startswith("attribute_not_exists"):
        return held is None or name not in held
    expected = request["ExpressionAttributeValues"][value]
    if part.startswith("size"):
        return held is not None and len(held[name]["SS"]) < int(expected["N"])
    assert operator == " = ", part
    return held is not None and held.get(name) == expected


def _compares(condition: str, sk: str, values: Item) -> bool:
    name, operator, value = condition.split(" ")
    assert name == "sk", condition
    bound: str = values[value]["S"]
    return sk > bound if operator == ">" else sk < bound
