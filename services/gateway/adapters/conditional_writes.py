"""Writes to the gateway's table that hold only while nothing has moved on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NEW = "attribute_not_exists(pk)"
CONFLICT = "TransactionConflict"
TRIES, PAUSE = 5, 0.03
"""How often a transaction is tried, and the most seconds after the first try, which grow with each."""
_LOST = {"ConditionalCheckFailed", CONFLICT}
_FIRST = {"ConditionalCheckFailedException", "TransactionConflictException"}


def commit(client: DynamoDBClient, writes: Sequence[Any], pause: Callable[[float], None] = time.sleep) -> bool:
    """Write all of it or nothing; False when a condition did not hold.

    A conflict says nothing of conditions: another transaction is under way on an item, and is waited out. Raises
    Transient when one always was.
    """
    for attempt in range(1, TRIES + 1):
        try:
            client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if not lost_race(error):
                raise
            if "ConditionalCheckFailed" in _reasons(error):
                return False
            pause(random.uniform(0, PAUSE * attempt))
        else:
            return True
    raise Transient("another transaction was always under way")


def lost_race(error: ClientError) -> bool:
    """Whether a write failed because another one came first, and not because the table is unwell."""
    code = error.response["Error"]["Code"]
    return code in _FIRST or (code == "TransactionCanceledException" and bool(_reasons(error) & _LOST))


def _reasons(error: ClientError) -> set[str]:
    return {str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])}
