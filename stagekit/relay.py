"""The outbox relay: events committed with the state, read from the table's stream and put on the bus.

At least once and in any number of tries: a failure raises for the whole batch, the stream delivers it again, and
consumers drop what they have. Nothing is published that was not committed first.

* **The bus refuses entries**: they are tried again with growing pauses and full jitter while the invocation has time,
  before anything that follows them; then the batch raises. The stream pauses, tries again, halves the batch, and after
  its retries tells the place of the records in the stream to the dead letters.
* **An item is no event** (a bug in its writer): no retry can help, so it holds nothing up. The rest of its batch is
  published first, then its place in the table is told to the dead letters at once, as consumers do with poison. Only
  when that fails does the batch raise: then the stream's retries isolate the item, and its place ends there as well.

Whatever lies in the dead letters is a place, never a fact: the facts stay in the table, and
`ninelives dlq redrive <service>/relay-dead-letters` publishes what the audit does not have of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from stagekit.dead_letters import UNPUBLISHED, queues, set_aside
from stagekit.events import bus
from stagekit.observe import count, logger, observe
from stagekit.publishing import BusRefused, Rejected, Unpublishable, publish

__all__ = ["BusRefused", "Unpublishable", "relay"]


def relay() -> Callable[[Any, Any], None]:
    """Make the Lambda handler that relays a table's outbox. Raises BusRefused or Unpublishable for the batch."""

    def handler(event: Any, context: Any) -> None:
        items = [record["dynamodb"]["NewImage"] for record in event["Records"] if _is_event(record)]
        with observe("relay", {"events": len(items)}):
            rejected = publish(
                items, bus(), os.environ["EVENT_BUS_NAME"], lambda: _seconds_left(context), _count_refused
            )
            for each in rejected:
                _set_aside(each)
            count("relay", EventsRelayed=len(items) - len(rejected))

    return handler


def _is_event(record: Any) -> bool:
    image = record.get("dynamodb", {}).get("NewImage", {})
    return bool(record.get("eventName") == "INSERT" and image.get("entity", {}).get("S") == "event")


def _count_refused(entries: int) -> None:
    count("relay", EntriesRefused=entries)


def _seconds_left(context: Any) -> float:
    return float(context.get_remaining_time_in_millis()) / 1000


def _set_aside(item: Rejected) -> None:
    try:
        set_aside(queues(), json.dumps({UNPUBLISHED: asdict(item)}), item.reason)
    except Exception as error:
        raise Unpublishable(item.reason) from error
    logger().error("unpublishable item set aside", extra=asdict(item))
    count("relay", Poison=1)
