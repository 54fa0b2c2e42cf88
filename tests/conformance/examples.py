"""A team's tool and consumer as they should be, and the same with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from pydantic import ConfigDict

from contracts.campaign import TurnResolvedData, TurnResolvedV1
from contracts.envelope import Envelope, Message
from stagekit.clients import client
from stagekit.consumer import consumer
from stagekit.stage import Keeps, stage

TABLE = "gateway"


class Purr(Message):
    """Purr once."""

    envelope: Envelope


class StrictPurr(Purr):
    model_config = ConfigDict(extra="forbid")


class Purred(Message):
    """The sound of a purr."""

    envelope: Envelope
    sound: str


def tool(purr: Callable[[Any], str], request_type: type[Purr] = Purr) -> Any:
    """A stage that keeps no answer and purrs in this way."""

    def function(*, request: Any) -> Purred:
        return Purred(envelope=request.envelope, sound=purr(request))

    return stage(request_type, Purred, keeps=Keeps.NOTHING)(function)


def purr_once(request: Purr) -> str:
    """Right: one write, which a second one finds."""
    sound = f"purr of {request.envelope.campaign_id}"
    table = client("dynamodb")
    with suppress(table.exceptions.ConditionalCheckFailedException):
        table.put_item(
            TableName=TABLE,
            Item=_item("PURR", request.envelope.idempotency_key, sound=sound),
            ConditionExpression="attribute_not_exists(pk)",
        )
    return sound


def purr_without_key(request: Purr) -> str:
    """Wrong: every run is another purr."""
    client("dynamodb").put_item(TableName=TABLE, Item=_item("PURR", uuid4().hex))
    return "purr"


def purr_before_looking(request: Purr) -> str:
    """Wrong: counts, and looks afterwards whether it had been counted."""
    _add("PURRS")
    return purr_once(request)


def purr_in_two_writes(request: Purr) -> str:
    """Wrong: takes the key, then counts. Whoever dies between them never counts."""
    table = client("dynamodb")
    try:
        table.put_item(
            TableName=TABLE,
            Item=_item("PURR", request.envelope.idempotency_key),
            ConditionExpression="attribute_not_exists(pk)",
        )
    except table.exceptions.ConditionalCheckFailedException:
        return "purr"
    _add("PURRS")
    return "purr"


def purr_aloud(request: Purr) -> str:
    """Wrong: lets a bug surface where AWS failed."""
    try:
        return purr_once(request)
    except Exception as error:
        raise RuntimeError("no purr") from error


def listener(hear: Callable[[TurnResolvedV1], None]) -> Any:
    """A consumer that hears resolved turns in this way."""

    def function(*, event: TurnResolvedV1) -> None:
        hear(event)

    return consumer(TurnResolvedV1)(function)


def keep(event: TurnResolvedV1) -> None:
    """Right: an item of its own for each event."""
    client("dynamodb").put_item(TableName=TABLE, Item=_item("HEARD", event.metadata.event_id))


def count_all(event: TurnResolvedV1) -> None:
    """Wrong: a second delivery is counted, too."""
    _add("HEARD")


def keep_last(event: TurnResolvedV1) -> None:
    """Wrong: whichever comes last is the last."""
    client("dynamodb").put_item(TableName=TABLE, Item=_item("LAST", "one", said=event.metadata.event_id))


def keep_if_possible(event: TurnResolvedV1) -> None:
    """Wrong: lets go of the message whatever became of it."""
    try:
        keep(event)
    except Exception:
        return


class StrictData(TurnResolvedData):
    model_config = ConfigDict(extra="forbid")


class StrictTurnResolved(TurnResolvedV1):
    data: StrictData


def strict_listener() -> Any:
    """Wrong: refuses fields that it does not know."""

    def function(*, event: TurnResolvedV1) -> None:
        keep(event)

    return consumer(StrictTurnResolved)(function)


def _add(counter: str) -> None:
    client("dynamodb").update_item(
        TableName=TABLE,
        Key=_item(counter, "all"),
        UpdateExpression="ADD counted :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )


def _item(pk: str, sk: str, **said: str) -> dict[str, Any]:
    return {name: {"S": value} for name, value in {"pk": pk, "sk": sk, **said}.items()}
