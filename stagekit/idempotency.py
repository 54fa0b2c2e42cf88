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

from contracts.errors import KeyReused, StillInProgress
from stagekit.first_answers import STORED_SECONDS, digest, stages_table, write_unless_there
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
OURS = "#status = :inprogress AND in_progress_expiration = :until"
"""The claim of this very run: a later one ends later, and what was erased is not written anew."""


def run_once(operation: str, payload: Json, context: Any, compute: Callable[[], Json]) -> Json:
    """Return `compute()`, or the answer that was stored under the payload's idempotency key.

    Raises StillInProgress while another copy runs, KeyReused when the key came with another payload, Transient
    when the table could not be reached. An error of `compute` stores nothing: the step may run again.
    """
    claims, asked = _claims(operation), hash_text(digest(payload))
    until = int(time.time() * 1000) + context.get_remaining_time_in_millis()
    claim = KeyClaim(f"{claims.prefix}#{hash_text(payload['envelope']['idempotency_key'])}", asked, until)
    if earlier := claims.begin(claim):
        return _answer(operation, earlier, asked)
    try:
        answer = compute()
    except Exception:
        claims.give_up(claim)
        raise
    overtaken = claims.keep(claim, {PACKED: pack(json.dumps(answer, separators=(",", ":")))})
    return _answer(operation, overtaken, asked) if overtaken else answer


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
class KeyClaim:
    """A run's claim of a key: the record's id, the digest of what was asked, and its end, in epoch milliseconds."""

    id: str
    asked: str
    until: int


@dataclass(frozen=True)
class _Claims:
    """The records of one operation, whose ids begin with `prefix`. Every method raises Transient when the table could
    not be reached."""

    dynamodb: DynamoDBClient
    prefix: str

    def begin(self, claim: KeyClaim) -> Json | None:
        """Write the claim; None when it is ours, else the record of who came before."""
        now = time.time()
        record = {
            "id": {"S": claim.id},
            "status": {"S": IN_PROGRESS},
            "validation": {"S": claim.asked},
            "expiration": {"N": str(int(now) + STORED_SECONDS)},
            "in_progress_expiration": {"N": str(claim.until)},
        }
        free = {":now": {"N": str(int(now))}, ":milliseconds": {"N": str(int(now * 1000))}}
        return self._write(self.dynamodb.put_item, FREE, free, Item=record)

    def keep(self, claim: KeyClaim, kept: Json) -> Json | None:
        """Write the answer into the claim; else returns the record of who has come after it ran out, or of the same
        answer that was written before. None when it is written, or was erased meanwhile."""
        answered = {
            ":data": {"S": json.dumps(kept)},
            ":expiration": {"N": str(int(time.time()) + STORED_SECONDS)},
            ":status": {"S": COMPLETED},
        }
        return self._write(
            self.dynamodb.update_item,
            OURS,
            {**answered, ":until": {"N": str(claim.until)}},
            Key={"id": {"S": claim.id}},
            UpdateExpression="SET #data = :data, expiration = :expiration, #status = :status",
            ExpressionAttributeNames={"#data": "data", "#status": "status"},
        )

    def give_up(self, claim: KeyClaim) -> None:
        """Let the next run begin at once."""
        self._write(self.dynamodb.delete_item, OURS, {":until": {"N": str(claim.until)}}, Key={"id": {"S": claim.id}})

    def _write(self, write: Callable[..., Any], condition: str, values: Json, **request: Any) -> Json | None:
        """None when it is written, else what stands there instead, if anything does."""
        asked = {
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {":inprogress": {"S": IN_PROGRESS}, **values},
        }
        return write_unless_there(write, **asked | request)


@cache
def _claims(operation: str) -> _Claims:
    prefix = f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}"
    return _Claims(stages_table(), prefix)
