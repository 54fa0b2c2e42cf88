"""A dead letter as operators see it: what it is about and why it lies there, without its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.gateway import FailTurn
from stagekit.dead_letters import UNPUBLISHED
from stagekit.events import parse_any

STREAM_RANGE = "DDBStreamBatchInfo"
Message = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """The time in which the records of a stream range were written, about."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class About:
    """The subject of a letter. `readable` is false for poison, which may hold anything, a player's words included."""

    what: str
    id: str = ""
    place: str = ""
    occurred: str = ""
    why: str = ""
    readable: bool = True
    span: Period | None = None
    item: tuple[str, str] | None = None


@dataclass(frozen=True)
class Letter:
    """A message of a dead-letter queue, received and not yet given back."""

    message_id: str
    receipt: str
    body: str
    sent_at: datetime
    receives: int
    attributes: dict[str, str]
    about: About

    @property
    def why(self) -> str:
        """The reason why it was set aside, as far as it says itself."""
        code = self.attributes.get("ERROR_CODE")
        return self.attributes.get("reason") or (f"not delivered: {code}" if code else "") or self.about.why

    @property
    def masked(self) -> bool:
        """Whether its payload may hold what no event of ours does."""
        return not self.about.readable or "reason" in self.attributes


def letter_of(message: Message) -> Letter:
    """Read a message as ReceiveMessage returns it, with all its attributes."""
    system = message.get("Attributes", {})
    attributes = message.get("MessageAttributes", {})
    return Letter(
        message_id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        sent_at=datetime.fromtimestamp(int(system.get("SentTimestamp", 0)) / 1000, UTC),
        receives=int(system.get("ApproximateReceiveCount", 1)),
        attributes={name: value["StringValue"] for name, value in attributes.items() if "StringValue" in value},
        about=about(message["Body"]),
    )


def about(body: str) -> About:
    """The subject of a message; something is said of every message, whatever it holds."""
    for reading in READINGS:
        try:
            return reading(body)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
    return About(what="unreadable", why="no event", readable=False)


def _event(body: str) -> About:
    event = parse_any(body)
    meta = event.metadata
    place = meta.stream if meta.sequence is None else f"{meta.stream}/{meta.sequence}"
    occurred = meta.occurred_at.isoformat()
    return About(event.detail_type, meta.event_id, place, occurred, "its consumer failed; the log says how")


def _stream_range(body: str) -> About:
    failed = json.loads(body)
    batch = failed[STREAM_RANGE]
    span = Period(_moment(batch["approximateArrivalOfFirstRecord"]), _moment(batch["approximateArrivalOfLastRecord"]))
    return About(
        what=f"{batch['batchSize']} records of the stream",
        id=str(batch["startSequenceNumber"]),
        place=f"{batch['shardId']} {batch['startSequenceNumber']}-{batch['endSequenceNumber']}",
        occurred=span.first.isoformat(),
        why=str(failed["requestContext"]["condition"]),
        span=span,
    )


def _outbox_item(body: str) -> About:
    item = json.loads(body)[UNPUBLISHED]
    place = f"{item['pk'].removeprefix('STREAM#')}/{int(item['sk'])}"
    return About("an item of the outbox", place, place, why=item["reason"], item=(item["pk"], item["sk"]))


def _failed_turn(body: str) -> About:
    failed = FailTurn.model_validate_json(body)
    turn, campaign = failed.envelope.turn_id or failed.envelope.correlation_id, failed.envelope.campaign_id
    return About("a failed turn", turn, f"turns/{campaign}", why=f"{failed.error} in {failed.stage}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


READINGS: tuple[Callable[[str], About], ...] = (_event, _stream_range, _outbox_item, _failed_turn)
