"""Fault injection: steps that fail on purpose, to watch the system survive. Off unless the operator set CHAOS=1."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from contracts.chaos import Sabotage
from contracts.envelope import Envelope
from stagekit.clients import client
from stagekit.observe import logger

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

COUNTED_FOR_SECONDS = 3600
"""Longer than any turn."""


def should_fail(wished: Sabotage | None, kind: Sabotage, envelope: Envelope, *, times: int) -> bool:
    """Whether this attempt of a step is to fail: the first `times` attempts of one that was wished to be broken.

    Attempts are counted beside the stored answers, so that the payload of a step is the same on every attempt and a
    process may die between two of them.
    """
    if os.environ.get("CHAOS") != "1" or wished != kind:
        return False
    attempt = _attempt(kind, envelope.idempotency_key)
    if attempt > times:
        return False
    logger().warning("broken on purpose", extra={"chaos": kind, "attempt": attempt})
    return True


def die() -> None:
    """End this process without a word, as one that runs out of memory does."""
    os._exit(1)


def _attempt(kind: Sabotage, key: str) -> int:
    answer = _table().update_item(
        TableName=os.environ["STAGES_TABLE"],
        Key={"id": {"S": f"chaos#{kind}#{key}"}},
        UpdateExpression="ADD attempts :one SET expiration = :until",
        ExpressionAttributeValues={":one": {"N": "1"}, ":until": {"N": str(int(time.time()) + COUNTED_FOR_SECONDS)}},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["attempts"]["N"])


@cache
def _table() -> DynamoDBClient:
    return client("dynamodb")
