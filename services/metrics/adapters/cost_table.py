"""The table of what was counted: an event is marked and its cost added in one transaction, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from services.metrics.domain.data_points import CostLine

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_FOR_SECONDS = 30 * 24 * 3600
"""Longer than a message can live: 14 days in a queue and 14 more in its dead letters."""


class CostTable:
    """The table under `pk` and `sk`: marks of events, and one line of costs per day and model."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def count_once(self, event_id: str, cost: CostLine | None, now: float) -> bool:
        """Mark the event as counted and add its cost; False, changing nothing, when it was counted before."""
        mark: Any = {
            "Put": {
                "TableName": self._table,
                "Item": {
                    "pk": {"S": f"COUNTED#{event_id}"},
                    "sk": {"S": "-"},
                    "expires_at": {"N": str(int(now) + REMEMBERED_FOR_SECONDS)},
                },
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }
        addition = [_addition(self._table, cost)] if cost else []
        try:
            self._dynamodb.transact_write_items(TransactItems=[mark, *addition])
        except ClientError as error:
            if any(r.get("Code") == "ConditionalCheckFailed" for r in error.response.get("CancellationReasons", [])):
                return False
            raise
        return True


def _addition(table: str, cost: CostLine) -> Any:
    amounts = cost.model_dump(exclude={"day", "model"})
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": f"LEDGER#{cost.day}"}, "sk": {"S": cost.model}},
            "UpdateExpression": "ADD " + ", ".join(f"{name} :{name}" for name in amounts),
            "ExpressionAttributeValues": {f":{name}": {"N": str(amount)} for name, amount in amounts.items()},
        }
    }
