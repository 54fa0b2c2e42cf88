"""Stream log: what the player was told of a turn, kept beside the answers. It outlives the attempt that told it.

Only one copy of a step may tell, the last one that opened the log: a copy that was given up and still runs finds that
another one took over, and ends.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]

KEPT_FOR_SECONDS = 24 * 3600
"""As long as the answers that go on from it are kept."""


class DynamoStreamLog:
    """Of one turn, opened for one attempt. `told` is what stood there when it was opened."""

    def __init__(self, client: DynamoDBClient, table: str, turn_id: str) -> None:
        self._client = client
        self._table = table
        self._key: Item = {"id": {"S": f"dm.told#{turn_id}"}}
        self._teller = uuid4().hex
        self.told = self._open()

    def write(self, told: str) -> bool:
        """Write down what is going to be told, before it is. Returns whether it is certain to stand there. Raises
        Transient when another copy of the step has taken over."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=self._key,
                UpdateExpression="SET told = :told, expiration = :until",
                ConditionExpression="teller = :me",
                ExpressionAttributeValues={":told": {"S": told}, ":me": {"S": self._teller}, ":until": _until()},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            raise Transient("another copy of this step is telling") from None
        except (BotoCoreError, ClientError) as error:
            logging.getLogger(__name__).warning("telling ended: %s", type(error).__name__)
            return False
        return True

    def _open(self) -> str | None:
        opened = self._client.update_item(
            TableName=self._table,
            Key=self._key,
            UpdateExpression="SET teller = :me, expiration = :until",
            ExpressionAttributeValues={":me": {"S": self._teller}, ":until": _until()},
            ReturnValues="ALL_NEW",
        )
        return opened["Attributes"].get("told", {}).get("S")


def _until() -> AttributeValueTypeDef:
    return {"N": str(int(time.time()) + KEPT_FOR_SECONDS)}
