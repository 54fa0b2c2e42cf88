"""The audit table: items of strings under `pk` and `sk`. It can be added to and read, and nothing else."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, str]


class Table(Protocol):
    """The three things that are ever done to it."""

    def add(self, item: Item) -> Item | None:
        """Add an item; or change nothing, and tell what its place holds already."""

    def last(self, pk: str) -> Item | None:
        """The item of this partition with the highest `sk`, as of now."""

    def after(self, pk: str, sk: str, limit: int) -> list[Item]:
        """At most `limit` items that follow this place, in order, as of now, without their detail."""


class DynamoTable:
    """The table in DynamoDB. Every read is consistent: a chain is extended by what was written before it."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self._name = name

    def add(self, item: Item) -> Item | None:
        try:
            self._client.put_item(
                TableName=self._name,
                Item={name: {"S": value} for name, value in item.items()},
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            response: Any = error.response
            return _plain(response.get("Item", {}))
        return None

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


@cache
def _client() -> DynamoDBClient:
    quick = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)


def audit_table() -> DynamoTable:
    """The table of this environment."""
    return DynamoTable(_client(), os.environ["AUDIT_TABLE"])


def _plain(item: Any) -> Item:
    return {name: value["S"] for name, value in item.items()}
