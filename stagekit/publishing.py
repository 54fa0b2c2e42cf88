"""Publishing of outbox items: checked before they are sent, ten at a time, in order, and again if refused.

The relay publishes what a table's stream brings, and an operator's redrive what lies in the table itself. Both do it
here, from items of an outbox: nothing is published that was not committed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from contracts.envelope import EventMetadata
from contracts.errors import Transient
from stagekit.events import MAX_EVENT_BYTES
from stagekit.failures import map_error, summary
from stagekit.outbox import key, read

ENTRIES_PER_CALL = 10  # of at most 64 KiB each: far below the megabyte that PutEvents takes
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds
ONE_CALL = 11.0
"""Seconds that one call may take at most: two tries of two seconds to connect and three to read, and a margin."""

KIND = re.compile(r"[A-Z][A-Za-z]+\.v[1-9][0-9]*")
NEVER = {"MalformedDetail", "InvalidArgument"}
"""Codes of PutEvents that say something of the entry itself; any other may pass.
docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html"""

BusEntry = dict[str, str]
Left = Callable[[], float]


class Unpublishable(Exception):
    """An outbox item that is not an event of ours: a bug in its writer. `str(error)` quotes nothing of it."""


class BusRefused(Exception):
    """The bus kept refusing entries for as long as there was time."""


class Bus(Protocol):
    """The part of an EventBridge client that publishing needs."""

    def put_events(self, *, Entries: Any) -> Any: ...


@dataclass(frozen=True)
class Publication:
    """An outbox item by its key, and the entry that publishes it."""

    pk: str
    sk: str
    entry: BusEntry


@dataclass(frozen=True)
class Rejected:
    """An outbox item that no retry can publish, by its key, and why. The reason quotes nothing of it."""

    pk: str
    sk: str
    reason: str


def _nobody(refused: int) -> None: ...


def publish(
    items: Sequence[Any], bus: Bus, bus_name: str, left: Left, on_refusal: Callable[[int], None] = _nobody
) -> list[Rejected]:
    """Publish outbox items, as DynamoDB writes them, in their order; returns those that can never be published.

    They are passed over, so that one of them holds up none of the others. `left` tells the seconds there are for
    trying again, `on_refusal` hears how many will be. Raises BusRefused when the time is over; some may have been
    published by then.
    """
    waiting: list[Publication] = []
    rejected: list[Rejected] = []
    for item in items:
        try:
            waiting.append(Publication(_text(item, "pk"), _text(item, "sk"), entry_of(item, bus_name)))
        except Unpublishable as error:
            rejected.append(Rejected(_text(item, "pk"), _text(item, "sk"), str(error)))
    for start in range(0, len(waiting), ENTRIES_PER_CALL):
        rejected += _put(waiting[start : start + ENTRIES_PER_CALL], bus, left, on_refusal)
    return rejected


def entry_of(item: Any, bus_name: str) -> BusEntry:
    """The PutEvents entry of an outbox item. Raises Unpublishable when its size, shape or place is not an event's."""
    try:
        event = read(item)
        metadata = EventMetadata.model_validate(event.detail.get("metadata"))
    except ValidationError as error:
        raise Unpublishable(summary(error)) from error
    except ValueError as error:
        raise Unpublishable("not an event") from error
    _check(isinstance(event.detail.get("data"), dict), "its data is no object")
    _check(KIND.fullmatch(event.detail_type) is not None, "its kind is no name with a major version")
    _check(event.source == metadata.producer, "its source is not its producer")
    place = key(metadata.stream, metadata.sequence or 0)
    _check({name: item.get(name) for name in place} == place, "it does not lie at its place in its stream")
    detail = json.dumps(event.detail, ensure_ascii=False, separators=(",", ":"))
    size = len(f"{event.source}{event.detail_type}{detail}".encode())
    _check(size <= MAX_EVENT_BYTES, f"{size} bytes; the limit is {MAX_EVENT_BYTES}")
    return {"EventBusName": bus_name, "Source": event.source, "DetailType": event.detail_type, "Detail": detail}


def _put(waiting: Sequence[Publication], bus: Bus, left: Left, on_refusal: Callable[[int], None]) -> list[Rejected]:
    """Put at most ten on the bus. What it refuses is tried again, in its order, before anything that follows."""
    rejected: list[Rejected] = []
    pause = FIRST_PAUSE
    while waiting:
        refused = [(each, code) for each, code in zip(waiting, _codes(waiting, bus), strict=True) if code]
        rejected += [Rejected(each.pk, each.sk, f"the bus says {code}") for each, code in refused if code in NEVER]
        waiting = [each for each, code in refused if code not in NEVER]
        if waiting:
            on_refusal(len(waiting))
            wait = random.uniform(0, pause)
            if left() < wait + ONE_CALL:
                raise BusRefused(f"{len(waiting)} entries refused until the time was over")
            sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)
    return rejected


def _codes(waiting: Sequence[Publication], bus: Bus) -> list[str | None]:
    """For each entry, the code it was refused with, or None. A call that failed for the moment refuses all of them."""
    try:
        answer = bus.put_events(Entries=[each.entry for each in waiting])
    except (ClientError, BotoCoreError) as error:
        if not isinstance(map_error(error), Transient):
            raise
        return [type(error).__name__] * len(waiting)
    if not answer["FailedEntryCount"]:
        return [None] * len(waiting)
    return [result.get("ErrorCode") for result in answer["Entries"]]


def _text(item: Any, name: str) -> str:
    return str(item.get(name, {}).get("S", ""))


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Unpublishable(otherwise)
