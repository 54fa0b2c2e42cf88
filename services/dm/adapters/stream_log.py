"""What the player was told of a turn, kept beside the answers: it outlives the attempt that told it.

Only one copy of a step may tell, the last one that opened the ledger: a copy that was left for dead and still speaks
finds that another one took over, and gives up.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
from botocore.config import Config

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]

KEPT_FOR_SECONDS = 24 * 3600
"""As long as the answers that go on from it are kept."""


class Ledger:
    """Of one turn, opened for one attempt. `told` is what stood there when it was opened."""

    def __init__(self, turn_id: str) -> None:
        self._key: Item = {"id": {"S": f"dm.told#{turn_id}"}}
        self._teller = uuid4().hex
        self.told = self._open()

    def tells(self, told: str) -> None:
        """Write down what is going to be told, before it is. Raises Transient when another copy has taken over."""
        try:
            _client().update_item(
                TableName=os.environ["STAGES_TABLE"],
                Key=self._key,
                UpdateExpression="SET told = :told, expiration = :until",
                ConditionExpression="teller = :me",
                ExpressionAttributeValues={":told": {"S": told}, ":me": {"S": self._teller}, ":until": _until()},
            )
        except _client().exceptions.ConditionalCheckFailedException:
            raise Transient("another copy of this step is telling") from None

    def _open(self) -> str | None:
        opened = _client().update_item(
            TableName=os.environ["STAGES_TABLE"],
            Key=self._key,
            UpdateExpression="SET teller = :me, expiration = :until",
            ExpressionAttributeValues={":me": {"S": self._teller}, ":until": _until()},
            ReturnValues="ALL_NEW",
        )
        return opened["Attributes"].get("told", {}).get("S")


def _until() -> AttributeValueTypeDef:
    return {"N": str(int(time.time()) + KEPT_FOR_SECONDS)}


@cache
def _client() -> DynamoDBClient:
    quick = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"})
    return boto3.client("dynamodb", config=quick)
