"""Transactions: writes of which all happen or none.

AWS cancels a transaction while another one is under way on one of its items (TransactionConflict). That says nothing of
conditions, and is over in milliseconds.
docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FAILED, CONFLICT = "ConditionalCheckFailed", "TransactionConflict"
PAUSE = 0.03
"""The most seconds to wait after the first try; they grow with each."""


def write_all(
    dynamodb: DynamoDBClient, writes: Sequence[Any], *, tries: int, pause: Callable[[float], None]
) -> list[bool]:
    """Which of the conditions did not hold: when none did not, everything is written, else nothing.

    A conflict is waited out. Raises the ClientError of the last of so many tries, and of anything else against it.
    """
    for tried in count(1):
        try:
            dynamodb.transact_write_items(TransactItems=writes)
        except ClientError as error:
            codes = [str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])]
            if FAILED in codes:
                return [code == FAILED for code in codes]
            if CONFLICT not in codes or tried == tries:
                raise
            pause(PAUSE * random.uniform(0, tried))
        else:
            break
    return [False] * len(writes)
