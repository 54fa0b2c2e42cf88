"""Writes to the gateway's table that hold only while nothing has moved on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from contracts.errors import Transient
from stagekit.transactions import CONFLICT, FAILED, past_conflicts, reasons, write_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")
NEW = "attribute_not_exists(pk)"
TRIES = 5
"""The number of times a write is tried while a transaction is under way on one of its items."""
_LOST = {FAILED, CONFLICT}
_FIRST = {"ConditionalCheckFailedException", "TransactionConflictException"}


def commit(client: DynamoDBClient, writes: Sequence[Any], pause: Callable[[float], None] = time.sleep) -> bool:
    """Write all of it or nothing; False when a condition did not hold. Raises Transient when another transaction was
    always under way."""
    try:
        return not any(write_all(client, writes, tries=TRIES, pause=pause))
    except ClientError as error:
        if not lost_race(error):
            raise
        raise Transient("another transaction was always under way") from error


def write(ask: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """A plain write to an item that transactions write, too. Raises the ClientError of the last try."""
    return past_conflicts(ask, tries=TRIES, pause=pause)


def lost_race(error: ClientError) -> bool:
    """Whether a write failed because another one came first, and not because the table is unwell."""
    code = error.response["Error"]["Code"]
    return code in _FIRST or (code == "TransactionCanceledException" and bool(_LOST.intersection(reasons(error))))
