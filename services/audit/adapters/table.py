"""The audit table in DynamoDB: items of strings under `pk` and `sk`. It can be added to and read, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from stagekit.inserts import insert
from stagekit.packing import pack, unpack
from stagekit.reads import get_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, str]
Place = tuple[str, str]


class DynamoAuditTable:
    """Implements AuditTable. Every read is consistent: a chain is extended by what was written before it."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self._name = name

    def add(self, item: Item) -> Item | None:
        return self._put(_marshal(item))

    def _put(self, stored: dict[str, Any]) -> Item | None:
        try:
            self._client.put_item(
                TableName=self._name,
                Item=stored,
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            response: Any = error.response
            return _plain(response.get("Item", {}))
        return None

    def add_all(self, items: Sequence[Item]) -> list[Item | None]:
        """One item by itself, or many in a few calls; what a place holds that was taken, a put of its own tells."""
        if len(items) == 1:
            return [self.add(items[0])]
        stored = [_marshal(item) for item in items]
        added = insert(self._client, self._name, stored)
        return [None if new else self._put(item) for item, new in zip(stored, added, strict=True)]

    def get_all(self, places: Sequence[Place]) -> list[Item | None]:
        keys = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in places]
        return [_plain(item) if item else None for item in get_all(self._client, self._name, keys)]

    def last(self, pk: str) -> Item | None:
        found = self._client.query(
            TableName=self._name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=1,
        )["Items"]
        return _plain(found[0]) if found else None

    def after(self, pk: str, sk: str, limit: int) -> list[Item]:
        found = self._client.query(
            TableName=self._name,
            KeyConditionExpression="pk = :pk AND sk > :sk",
            ExpressionAttributeValues={":pk": {"S": pk}, ":sk": {"S": sk}},
            ProjectionExpression="sk, digest, occurred_at",
            ConsistentRead=True,
            Limit=limit,
        )["Items"]
        return [_plain(item) for item in found]


def _marshal(item: Item) -> dict[str, Any]:
    packed = {"detail": pack(item["detail"])} if "detail" in item else {}
    return {name: {"S": value} for name, value in {**item, **packed}.items()}


def _plain(item: Any) -> Item:
    plain = {name: str(value["S"]) for name, value in item.items()}
    return {**plain, "detail": unpack(plain["detail"])} if "detail" in plain else plain
