"""Idempotency: a step runs once per key. A repeat gets the stored answer; another payload under the key is refused.

A run claims its key before it begins, and writes its answer into the claim. Whoever comes meanwhile waits; a claim
whose function must have ended is anybody's. Records have the layout of Powertools Idempotency, which would bring a
second SDK into the start of the function that asks a model.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from contracts.errors import KeyReused, StillInProgress, Transient
from stagekit.clients import client
from stagekit.first_answers import STORED_SECONDS, digest
from stagekit.packing import pack, unpack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Json = dict[str, Any]
PACKED = "packed"
"""The one field of what is kept of an answer. What was kept without it is the answer itself."""
IN_PROGRESS, COMPLETED = "INPROGRESS", "COMPLETED"
FREE = (
    "attribute_not_exists(id) OR expiration < :now "
    "OR (#status = :inprogress AND attribute_exists(in_progress_expiration) AND in_progress_expiration < :milliseconds)"
)
"""A key that nobody has claimed, or whose claim has run out."""


def run_once(operation: str, payload: Json, context: Any, compute: Callable[[], Json]) -> Json:
    """Return `compute()`, or the answer that was stored under the payload's idempotency key.

    Raises StillInProgress while another copy runs, KeyReused when the key came with another payload, Transient
    when the table could not be reached. An error of `compute` stores nothing: the step may run again.
    """
    claims, asked = _claims(operation), hash_text(digest(payload))
    id = f"{claims.prefix}#{hash_text(payload['envelope']['idempotency_key'])}"
    if earlier := claims.claim(id, asked, context.get_remaining_time_in_millis()):
        return _answer(operation, earlier, asked)
    try:
        answer = compute()
    except Exception:
        claims.give_up(id)
        raise
    claims.keep(id, {PACKED: pack(json.dumps(answer, separators=(",", ":")))})
    return answer


def hash_text(text: str) -> str:
    """A key or a digest as it stands in a record."""
    return md5(json.dumps(text).encode(), usedforsecurity=False).hexdigest()


def _answer(operation: str, record: Json, asked: str) -> Json:
    """The answer of an earlier run under the key."""
    if record["validation"]["S"] != asked:
        raise KeyReused(operation)
    if record["status"]["S"] != COMPLETED:
        raise StillInProgress(operation)
    kept: Json = json.loads(record["data"]["S"])
    answer: Json = json.loads(unpack(kept[PACKED])) if PACKED in kept else kept
    return answer


@dataclass(frozen=True)
class _Claims:
    """The records of one operation, whose ids begin with `prefix`. Every method raises Transient when the table could
    not be reached."""

    dynamodb: DynamoDBClient
    table: str
    prefix: str

    def claim(self, id: str, asked: str, milliseconds: int) -> Json | None:
        """Claim this id for so long; None when it is ours, else the record of who came before."""
        now = time.time()
        record = {
            "id": {"S": id},
            "status": {"S": IN_PROGRESS},
            "validation": {"S": asked},
            "expiration": {"N": str(int(now) + STORED_SECONDS)},
            "in_progress_expiration": {"N": str(int(now * 1000) + milliseconds)},
        }
        try:
            self.dynamodb.put_item(
                TableName=self.table,
                Item=record,
                ConditionExpression=FREE,
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={
                    ":now": {"N": str(int(now))},
                    ":milliseconds": {"N": str(int(now * 1000))},
                    ":inprogress": {"S": IN_PROGRESS},
                },
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except (ClientError, BotoCoreError) as error:
            if (
                not isinstance(error, ClientError)
                or error.response["Error"]["Code"] != "ConditionalCheckFailedException"
            ):
                raise Transient(type(error).__name__) from error
            refused: Any = error.response
            earlier: Json = refused["Item"]
            return earlier
        return None

    def keep(self, id: str, kept: Json) -> None:
        """Write what the run answered."""
        self._write(
            self.dynamodb.update_item,
            Key={"id": {"S": id}},
            UpdateExpression="SET #data = :data, expiration = :expiration, #status = :status",
            ExpressionAttributeNames={"#data": "data", "#status": "status"},
            ExpressionAttributeValues={
                ":data": {"S": json.dumps(kept)},
                ":expiration": {"N": str(int(time.time()) + STORED_SECONDS)},
                ":status": {"S": COMPLETED},
            },
        )

    def give_up(self, id: str) -> None:
        """Let the next run begin at once."""
        self._write(self.dynamodb.delete_item, Key={"id": {"S": id}})

    def _write(self, write: Callable[..., Any], **request: Any) -> None:
        try:
            write(TableName=self.table, **request)
        except (ClientError, BotoCoreError) as error:
            raise Transient(type(error).__name__) from error


@cache
def _claims(operation: str) -> _Claims:
    prefix = f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}"
    return _Claims(client("dynamodb", connect=1, read=2), os.environ["STAGES_TABLE"], prefix)
