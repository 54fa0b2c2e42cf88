"""Writes to the gateway's table that hold only while nothing has moved on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from contracts.errors import Transient
from stagekit.transactions import CONFLICT, FAILED, write_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NEW = "attribute_not_exists(pk)"
TRIES = 5
"""How often a transaction is tried while another one is under way."""
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


def lost_race(error: ClientError) -> bool:
    """Whether a write failed because another one came first, and not because the table is unwell."""
    code = error.response["Error"]["Code"]
    reasons = {str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])}
    return code in _FIRST or (code == "TransactionCanceledException" and bool(reasons & _LOST))
