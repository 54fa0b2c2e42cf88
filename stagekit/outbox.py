"""Outbox items: an event stored with the state it belongs to, and read again by whoever publishes or audits it.

The key is the event's place, stream and sequence: a second event of the same place is impossible.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Event
from stagekit.packing import pack, unpack

Item = dict[str, Any]
"""An item in DynamoDB's own JSON: {"sk": {"S": "0000000003"}}."""


@dataclass(frozen=True)
class StoredEvent:
    """An event as an outbox holds it: by the names of an EventBridge entry."""

    detail_type: str
    source: str
    detail: dict[str, Any]


def item(event: Event) -> Item:
    """The item that stores an event. Raises ValueError for one without a sequence: progress has no outbox."""
    metadata = event.metadata
    if metadata.sequence is None:
        raise ValueError(f"{event.detail_type} has no sequence and cannot be stored")
    body = {"detail_type": event.detail_type, "source": event.producer, "detail": event.model_dump(mode="json")}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {**key(metadata.stream, metadata.sequence), "entity": {"S": "event"}, "event": {"S": pack(text)}}


def key(stream: str, sequence: int) -> Item:
    """The key of the item at this place."""
    return {"pk": {"S": f"STREAM#{stream}"}, "sk": {"S": f"{sequence:010d}"}}


def read(stored: Mapping[str, Any]) -> StoredEvent:
    """The event in an item. Raises ValueError when there is none; what an event's data holds is not checked."""
    try:
        body = json.loads(unpack(stored["event"]["S"]))
        found = StoredEvent(body["detail_type"], body["source"], body["detail"])
    except (LookupError, TypeError) as error:
        raise ValueError("not an event") from error
    if not (isinstance(found.detail_type, str) and isinstance(found.source, str) and isinstance(found.detail, dict)):
        raise ValueError("not an event")
    return found
