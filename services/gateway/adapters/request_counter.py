"""Counters of requests in the gateway's table: LIMIT#<who> / <what>#<window>, forgotten by TTL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from services.gateway.domain.limits import CountFailed

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRequestCounter:
    """Implements the port RequestCounter: one write per request. Its client should give up soon."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def count(self, subject: str, what: str, window: int, until: int) -> int:
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key={"pk": {"S": f"LIMIT#{subject}"}, "sk": {"S": f"{what}#{window}"}},
                UpdateExpression="ADD made :one SET expires_at = :until",
                ExpressionAttributeValues={":one": {"N": "1"}, ":until": {"N": str(until)}},
                ReturnValues="UPDATED_NEW",
            )
        except (ClientError, BotoCoreError) as error:
            raise CountFailed(type(error).__name__) from None
        return int(answer["Attributes"]["made"]["N"])
