"""First answers: of all runs of a step under one key, the first to be written down is the answer of every one.

For steps that may run twice, because running them changes nothing: they are written once, when they are done; a step
that must not run twice claims its key (`idempotency`), in the same table.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from contracts.canonical import canonical_json
from contracts.errors import KeyReused, Transient
from stagekit.clients import client
from stagekit.packing import pack, unpack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Json = dict[str, Any]
STORED_SECONDS = 24 * 3600
"""Longer than any retry: a turn ends within 5 minutes and its deadline within 15; redrives come within hours."""


def first_answer(operation: str, payload: Json, compute: Callable[[], Json]) -> Json:
    """Return `compute()`, or what an earlier run under the payload's idempotency key answered.

    Raises KeyReused when that run had another payload, Transient when the table could not be reached. An error of
    `compute` stores nothing.
    """
    answer = compute()
    now, asked = int(time.time()), digest(payload)
    record = {
        "id": {"S": f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}#{payload['envelope']['idempotency_key']}"},
        "answer": {"S": pack(json.dumps(answer, separators=(",", ":")))},
        "asked": {"S": asked},
        "expiration": {"N": str(now + STORED_SECONDS)},
    }
    earlier = write_unless_there(
        stages_table().put_item,
        Item=record,
        ConditionExpression="attribute_not_exists(id) OR expiration < :now",
        ExpressionAttributeValues={":now": {"N": str(now)}},
    )
    return _answer_of(earlier, operation, asked) if earlier else answer


def write_unless_there(write: Callable[..., Any], **request: Any) -> Json | None:
    """Make a conditional write to the table of stages: None when it is written, else the record that stands there
    instead, if one does. Raises Transient when the table could not be reached."""
    try:
        write(TableName=os.environ["STAGES_TABLE"], ReturnValuesOnConditionCheckFailure="ALL_OLD", **request)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise Transient(type(error).__name__) from error
        refused: Any = error.response
        there: Json | None = refused.get("Item")
        return there
    except BotoCoreError as error:
        raise Transient(type(error).__name__) from error
    return None


def digest(payload: Json) -> str:
    """The digest by which a request is recognised when it comes again."""
    return sha256(canonical_json(payload).encode()).hexdigest()


def _answer_of(first: Json, operation: str, asked: str) -> Json:
    """The answer that stands in the way of another one."""
    if first["asked"]["S"] != asked:
        raise KeyReused(operation)
    answer: Json = json.loads(unpack(first["answer"]["S"]))
    return answer


@cache
def stages_table() -> DynamoDBClient:
    """The client by which answers and claims are kept."""
    return client("dynamodb", connect=1, read=2)
