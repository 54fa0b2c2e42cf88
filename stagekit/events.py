"""Events on the bus: a stage's progress, announced, and what a consumer's queue delivers, read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from contracts.envelope import Envelope, Event, EventMetadata
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

MAX_EVENT_BYTES = 64 * 1024
"""EventBridge bills per 64 KiB and refuses 1 MiB; no event of ours needs more than one unit."""


class UnreadableEvent(ValueError):
    """A message that is no event its reader knows. `str(error)` quotes nothing of it."""


@dataclass(frozen=True)
class Announcement:
    """A progress event to publish: its type and data. The rest comes from the envelope.

    `occasion` tells apart what may happen several times to one step, such as attempts that fail.
    """

    event_type: type[Event]
    data: BaseModel
    occasion: str = ""

    def event(self, envelope: Envelope, now: datetime) -> Event:
        """The event this announces. Its id depends on kind, key and occasion: a repeated step repeats the id."""
        kind = self.event_type
        metadata = envelope.metadata(
            kind,
            event_id=event_id(kind.detail_type, f"{envelope.idempotency_key}{self.occasion}"),
            now=now,
            stream=f"progress/{envelope.turn_id or envelope.campaign_id}",
        )
        return kind.model_validate({"metadata": metadata, "data": self.data})


@dataclass(frozen=True)
class AnyEvent:
    """An event of whatever kind, as EventBridge delivered it."""

    event_bridge_id: str
    source: str
    detail_type: str
    time: str
    metadata: EventMetadata
    data: dict[str, Any]
    replay_name: str | None = None


def event_id(detail_type: str, key: str) -> str:
    """The id of the event of this kind that the step `key` leads to."""
    return sha256(f"{detail_type}|{key}".encode()).hexdigest()[:32]


@cache
def bus() -> EventBridgeClient:
    """This container's EventBridge client: short waits, few retries."""
    return client("events")


def announce(announcement: Announcement, envelope: Envelope) -> None:
    """Put one progress event on the bus. Raises when the bus does not take it; callers decide what that costs."""
    event = announcement.event(envelope, datetime.now(UTC))
    answer = bus().put_events(Entries=[entry(event)])
    if answer["FailedEntryCount"]:
        raise RuntimeError(f"the bus refused it: {answer['Entries'][0].get('ErrorCode')}")


def entry(event: Event) -> Any:
    """The PutEvents entry of an event."""
    return {
        "EventBusName": os.environ["EVENT_BUS_NAME"],
        "Source": event.producer,
        "DetailType": event.detail_type,
        "Detail": event.model_dump_json(),
    }


def parse_any(body: str) -> AnyEvent:
    """Read an EventBridge event from a queue message. Raises ValueError when it is none of ours:
    UnreadableEvent, pydantic's, or the parser's."""
    raw = json.loads(body)
    if not isinstance(raw, dict) or not isinstance(raw.get("detail"), dict):
        raise UnreadableEvent("not an EventBridge event")
    detail = raw["detail"]
    if not isinstance(detail.get("data"), dict):
        raise UnreadableEvent("detail has no data")
    return AnyEvent(
        event_bridge_id=str(raw.get("id", "")),
        source=str(raw.get("source", "")),
        detail_type=str(raw.get("detail-type", "")),
        time=str(raw.get("time", "")),
        metadata=EventMetadata.model_validate(detail.get("metadata")),
        data=detail["data"],
        replay_name=raw.get("replay-name"),
    )
