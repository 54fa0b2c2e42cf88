"""The outbox relay: events committed with the state, read from the table's stream and put on the bus.

At least once and in any number of tries: a failure raises for the whole batch, the stream delivers it again, and
consumers drop what they have. Nothing is published that was not committed first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from contracts.envelope import EventMetadata
from stagekit.events import MAX_EVENT_BYTES, bus
from stagekit.observe import count, observed

ENTRIES_PER_CALL = 10
TRIES = 3


class Unpublishable(Exception):
    """An outbox item that is not an event of ours: a bug in its writer. It ends in the relay's dead letters."""


class BusRefused(Exception):
    """The bus kept refusing entries; the batch is delivered again."""


def relay() -> Callable[[Any, Any], None]:
    """Make the Lambda handler that relays a table's outbox."""

    def handler(event: Any, context: Any) -> None:
        entries = [_entry(record) for record in event["Records"] if _is_event(record)]
        with observed("relay", {"events": len(entries)}):
            for start in range(0, len(entries), ENTRIES_PER_CALL):
                _put(entries[start : start + ENTRIES_PER_CALL])
            count("relay", EventsRelayed=len(entries))

    return handler


def _is_event(record: Any) -> bool:
    image = record.get("dynamodb", {}).get("NewImage", {})
    return bool(record.get("eventName") == "INSERT" and image.get("entity", {}).get("S") == "event")


def _entry(record: Any) -> dict[str, str]:
    raw = record["dynamodb"]["NewImage"]["event"]["S"]
    if len(raw.encode()) > MAX_EVENT_BYTES:
        raise Unpublishable(f"{len(raw.encode())} bytes; the limit is {MAX_EVENT_BYTES}")
    event = json.loads(raw)
    EventMetadata.model_validate(event["detail"]["metadata"])
    return {
        "EventBusName": os.environ["EVENT_BUS_NAME"],
        "Source": event["source"],
        "DetailType": event["detail_type"],
        "Detail": json.dumps(event["detail"], ensure_ascii=False, separators=(",", ":")),
    }


def _put(entries: Sequence[dict[str, str]]) -> None:
    for _ in range(TRIES):
        answer = bus().put_events(Entries=entries)  # type: ignore[arg-type]
        if not answer["FailedEntryCount"]:
            return
        entries = list(_refused(entries, answer["Entries"]))
        count("relay", EntriesRefused=len(entries))
    raise BusRefused(f"{len(entries)} entries refused {TRIES} times")


def _refused(entries: Sequence[dict[str, str]], results: Sequence[Any]) -> Iterator[dict[str, str]]:
    return (entry for entry, result in zip(entries, results, strict=True) if result.get("ErrorCode"))
