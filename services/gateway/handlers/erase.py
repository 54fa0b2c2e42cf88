"""Queue consumer: goes on with the erasure of a player, as far as its time reaches."""

from __future__ import annotations

from typing import Any

from services.gateway.adapters.erasure_queue import read_erasure_message
from services.gateway.application.erasing.working import Worker
from services.gateway.wiring.erasing import erasing_dependencies
from stagekit.observe import observe


def handler(event: dict[str, Any], context: Any) -> None:
    """One message at a time. Whatever it raises brings the message back, and in the end to the dead letters."""
    worker = Worker(erasing_dependencies(), lambda: context.get_remaining_time_in_millis() / 1000)
    for record in event["Records"]:
        with observe("erase", {}):
            worker.go_on(read_erasure_message(record["body"]))
