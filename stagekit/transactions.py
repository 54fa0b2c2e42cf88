"""Transactions: writes of which all happen or none.

While one is under way on an item, AWS cancels every other (TransactionConflict) and refuses plain writes of that item
(TransactionConflictException). That says nothing of conditions, and is over in milliseconds.
docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")
FAILED, CONFLICT = "ConditionalCheckFailed", "TransactionConflict"
PAUSE = 0.03
"""The most seconds to wait after the first try; they grow with each."""


def past_conflicts(write: Callable[[], T], *, tries: int, pause: Callable[[float], None]) -> T:
    """Returns the answer of `write`, which is done again while a transaction is under way on one of its items.

    Raises the ClientError of the last of so many tries, and of anything else against it.
    """
    for tried in range(1, tries):
        try:
            return write()
        except ClientError as error:
            if not _conflicts(error):
                raise
            pause(PAUSE * random.uniform(0, tried))
    return write()


def _conflicts(error: ClientError) -> bool:
    """Whether a transaction under way is all that stood against a write."""
    codes = reasons(error)
    return FAILED not in codes and (CONFLICT in codes or error.response["Error"]["Code"] == f"{CONFLICT}Exception")


def reasons(error: ClientError) -> list[str]:
    """The reasons why a transaction was cancelled, write by write; none for another error."""
    return [str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])]


def write_all(
    dynamodb: DynamoDBClient, writes: Sequence[Any], *, tries: int, pause: Callable[[float], None]
) -> list[bool]:
    """Write everything, or nothing if a condition does not hold. Returns, for each write, whether its condition failed.

    A conflict is waited out. Raises the ClientError of the last of so many tries, and of anything else against it.
    """
    try:
        past_conflicts(lambda: dynamodb.transact_write_items(TransactItems=writes), tries=tries, pause=pause)
    except ClientError as error:
        codes = reasons(error)
        if FAILED not in codes:
            raise
        return [code == FAILED for code in codes]
    return [False] * len(writes)
