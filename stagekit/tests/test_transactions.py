"""A transaction under way is waited out and says nothing of conditions; what else stands against a write is told."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from stagekit.transactions import past_conflicts, write_all
from tests.support.conflicts import FOR_EVER, Conflicting

WRITES = [{"Put": {"TableName": "t", "Item": {}}}, {"Put": {"TableName": "t", "Item": {}}}]


class Table:
    """Takes every write, or answers the next transaction with these reasons."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        self.written: list[Any] = []

    def transact_write_items(self, *, TransactItems: Any) -> None:
        if self.reasons:
            cancelled: Any = {
                "Error": {"Code": "TransactionCanceledException"},
                "CancellationReasons": [{"Code": reason} for reason in self.reasons],
            }
            raise ClientError(cancelled, "TransactWriteItems")
        self.written.append(TransactItems)


def write(table: Any, paused: list[float], tries: int = 5) -> list[bool]:
    return write_all(table, WRITES, tries=tries, pause=paused.append)


@pytest.mark.parametrize("conflicts", [0, 1, 4])
def test_a_conflict_is_waited_out_and_all_is_written_once(conflicts: int) -> None:
    table, paused = Table(), list[float]()

    assert write(Conflicting(table, conflicts), paused) == [False, False]
    assert table.written == [WRITES]
    assert len(paused) == conflicts


def test_the_last_conflict_of_so_many_tries_is_told() -> None:
    paused: list[float] = []

    with pytest.raises(ClientError, match="TransactionCanceledException"):
        write(Conflicting(Table(), FOR_EVER), paused, tries=3)

    assert len(paused) == 2


@pytest.mark.parametrize(
    "reasons", [("None", "ConditionalCheckFailed"), ("TransactionConflict", "ConditionalCheckFailed")]
)
def test_a_condition_that_does_not_hold_is_told_at_once_also_beside_a_conflict(reasons: tuple[str, ...]) -> None:
    paused: list[float] = []

    assert write(Table(*reasons), paused) == [False, True]
    assert paused == []


@pytest.mark.parametrize("reasons", [("None", "ValidationError"), ("ThrottlingError", "None")])
def test_anything_else_is_told_at_once(reasons: tuple[str, ...]) -> None:
    paused: list[float] = []

    with pytest.raises(ClientError):
        write(Table(*reasons), paused)

    assert paused == []


def test_a_plain_write_waits_a_transaction_out_and_tells_its_own_condition() -> None:
    class Items:
        def put_item(self, **_: Any) -> str:
            return "put"

    table, paused = Conflicting(Items(), 2), list[float]()

    assert past_conflicts(lambda: table.put_item(TableName="t"), tries=5, pause=paused.append) == "put"
    assert len(paused) == 2

    def refuse() -> None:
        raise ClientError({"Error": {"Code": "ConditionalCheckFailedException"}}, "PutItem")

    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        past_conflicts(refuse, tries=5, pause=paused.append)
    assert len(paused) == 2
