"""The table of what was counted: an event is marked and its cost added in one transaction, or neither."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from services.metrics.domain.data_points import CostLine, ToCount, sum_up, sums
from stagekit.transactions import write_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_FOR_SECONDS = 30 * 24 * 3600
"""Longer than a message can live: 14 days in a queue and 14 more in its dead letters."""

MOST_AT_ONCE = 40
"""Events in one transaction, which holds a hundred items: each has a mark at most, and a line of costs."""
TRIES = 8
"""The number of times a transaction is tried: all who count at once write the line of the same day and model."""


class CostTable:
    """The table under `pk` and `sk`: a mark per turn, with the ids of its events that were counted, and one line of
    costs per day and model. `pause` waits so many seconds."""

    def __init__(self, dynamodb: DynamoDBClient, table: str, pause: Callable[[float], None] = time.sleep) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._pause = pause

    def count_all(self, events: Sequence[ToCount], now: float) -> frozenset[str]:
        """Mark events as counted and add what those of them cost that were not counted before. Returns their ids.

        The costs of a day and model are added up first. Each try is all or nothing; one that finds a mark taken reads
        which of its events were counted.
        """
        left = {event.event_id: event for event in events}
        while left:
            some = list(left.values())[:MOST_AT_ONCE]
            turns = sorted({event.turn for event in some})
            marks = [self._mark(turn, [e.event_id for e in some if e.turn == turn], now) for turn in turns]
            lines = [_addition(self._table, line) for line in sums(event.cost for event in some if event.cost)]
            failed = write_all(self._dynamodb, [*marks, *lines], tries=TRIES, pause=self._pause)
            if not any(failed):
                ids = frozenset(event.event_id for event in some)
                return ids | self.count_all([event for event in left.values() if event.event_id not in ids], now)
            for turn, is_taken in zip(turns, failed, strict=False):
                for known in self._list_marked(turn) if is_taken else ():
                    left.pop(known, None)
        return frozenset()

    def read_day(self, day: str) -> CostLine:
        """The cost of a day's turns together, by every line that is written."""
        lines = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"LEDGER#{day}"}},
            ConsistentRead=True,
        )["Items"]  # as many as there are models: one page
        return sum_up(day, (_line(day, item) for item in lines))

    def _list_marked(self, turn: str) -> Iterable[str]:
        """The ids of the events of a turn that are marked."""
        item = self._dynamodb.get_item(TableName=self._table, Key=_mark_key(turn), ConsistentRead=True).get("Item", {})
        return item.keys()

    def _mark(self, turn: str, event_ids: Sequence[str], now: float) -> Any:
        names = {f"#event{n}": event_id for n, event_id in enumerate(event_ids)}
        until = str(int(now) + REMEMBERED_FOR_SECONDS)
        return {
            "Update": {
                "TableName": self._table,
                "Key": _mark_key(turn),
                "UpdateExpression": f"ADD {', '.join(f'{name} :one' for name in names)} SET expires_at = :until",
                "ConditionExpression": " AND ".join(f"attribute_not_exists({name})" for name in names),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": {":one": {"N": "1"}, ":until": {"N": until}},
            }
        }


def _mark_key(turn: str) -> dict[str, Any]:
    return {"pk": {"S": f"COUNTED#{turn}"}, "sk": {"S": "-"}}


def _line(day: str, item: Any) -> CostLine:
    amounts = {name: int(value["N"]) for name, value in item.items() if "N" in value}
    return CostLine.model_validate({"day": day, "model": item["sk"]["S"], **amounts})


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
