"""The table of what was counted: an event is marked and its cost added in one transaction, or neither."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from services.metrics.domain.data_points import CostLine, sums
from stagekit.transactions import write_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_FOR_SECONDS = 30 * 24 * 3600
"""Longer than a message can live: 14 days in a queue and 14 more in its dead letters."""

MOST_AT_ONCE = 40
"""Events in one transaction, which holds a hundred items: each has a mark, and a line of costs at most."""
TRIES = 8
"""How often a transaction is tried: all who count at once write the line of the same day and model."""


class CostTable:
    """The table under `pk` and `sk`: marks of events, and one line of costs per day and model. `pause` waits so many
    seconds."""

    def __init__(self, dynamodb: DynamoDBClient, table: str, pause: Callable[[float], None] = time.sleep) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._pause = pause

    def count_once(self, event_id: str, cost: CostLine | None, now: float) -> bool:
        """Mark the event as counted and add its cost; False, changing nothing, when it was counted before."""
        return bool(self.count_all({event_id: cost}, now))

    def count_all(self, costs: Mapping[str, CostLine | None], now: float) -> frozenset[str]:
        """Mark events as counted and add what those of them cost that were not counted before. Returns their ids.

        The costs of a day and model are added up first. Each try is all or nothing, and tells which were counted.
        """
        left = dict(costs)
        while left:
            ids = list(left)[:MOST_AT_ONCE]
            marks: list[Any] = [self._mark(event_id, now) for event_id in ids]
            lines = sums(line for event_id in ids if (line := left[event_id]))
            writes = [*marks, *(_addition(self._table, line) for line in lines)]
            failed = write_all(self._dynamodb, writes, tries=TRIES, pause=self._pause)
            if not any(failed):
                return frozenset(ids) | self.count_all({i: left[i] for i in left if i not in ids}, now)
            for event_id, is_known in zip(ids, failed, strict=False):
                if is_known:
                    del left[event_id]
        return frozenset()

    def _mark(self, event_id: str, now: float) -> Any:
        return {
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
