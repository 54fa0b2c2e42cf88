"""Counters of requests in the gateway's table (see `items` for their place), forgotten by TTL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from services.gateway.adapters import items
from services.gateway.domain.limits import CountFailed
from services.gateway.domain.quotas import Quota

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRequestCounter:
    """Implements the port RequestCounter: one write per request. Its client should give up soon."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def count(self, quota: Quota) -> int:
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key=items.key_of_count(quota),
                UpdateExpression="ADD made :one SET expires_at = :until",
                ExpressionAttributeValues=items.item({":one": 1, ":until": quota.until}),
                ReturnValues="UPDATED_NEW",
            )
        except (ClientError, BotoCoreError) as error:
            raise CountFailed(type(error).__name__) from None
        return int(answer["Attributes"]["made"]["N"])
