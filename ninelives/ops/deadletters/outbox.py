"""A service's outbox and what the audit has of it: the facts that were committed and never published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from stagekit.outbox import read

Item = dict[str, Any]
READ_AT_ONCE = 100  # the most that BatchGetItem takes


class Outbox:
    """The facts in the table of a service. Only ever reads."""

    def __init__(self, dynamodb: Any, table: str, audit_table: str) -> None:
        self._dynamodb, self._table, self._audit = dynamodb, table, audit_table

    def at(self, pk: str, sk: str) -> Item | None:
        """The fact at this place."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        found: Item | None = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return found

    def facts(self, within: Callable[[datetime | None], bool]) -> Iterator[Item]:
        """The facts that occurred at such a time, None for one that does not say when. Reads the whole table."""
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table,
            FilterExpression="entity = :event",
            ExpressionAttributeValues={":event": {"S": "event"}},
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"] if within(occurred_at(item)))

    def list_unheard(self, facts: Iterable[Item]) -> Iterator[Item]:
        """Those of these facts that the audit does not have: whatever the bus took, it has or will have."""
        waiting = iter(facts)
        while some := tuple(islice(waiting, READ_AT_ONCE)):
            heard = set(self._find_heard(some))
            yield from (item for item in some if _place(item) not in heard)

    def _find_heard(self, facts: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
        asked: Any = {
            self._audit: {
                "Keys": [{"pk": {"S": stream}, "sk": {"S": sk}} for stream, sk in {_place(item) for item in facts}],
                "ProjectionExpression": "pk, sk",
                "ConsistentRead": True,
            }
        }
        while asked:
            answer = self._dynamodb.batch_get_item(RequestItems=asked)
            yield from ((each["pk"]["S"], each["sk"]["S"]) for each in answer["Responses"].get(self._audit, ()))
            asked = answer.get("UnprocessedKeys")


def occurred_at(item: Item) -> datetime | None:
    """The time at which a fact occurred; None when the item does not say so readably."""
    try:
        moment = datetime.fromisoformat(read(item).detail["metadata"]["occurred_at"])
    except (ValueError, LookupError, TypeError):
        return None
    return moment if moment.tzinfo else None


def _place(item: Item) -> tuple[str, str]:
    return item["pk"]["S"].removeprefix("STREAM#"), item["sk"]["S"]
