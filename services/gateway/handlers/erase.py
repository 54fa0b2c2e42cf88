"""Stream consumer: begins to erase guests who have expired, and goes on with the erasure of a player."""

from __future__ import annotations

from typing import Any

from services.gateway.adapters.erasures import read_waking
from services.gateway.adapters.guests import expired_guests
from services.gateway.application.accounts.expiry import erase_expired
from services.gateway.application.erasing.working import Worker
from services.gateway.wiring.erasing import erasing_dependencies
from services.gateway.wiring.expiry import expiry_dependencies
from stagekit.observe import observe


def handler(event: dict[str, Any], context: Any) -> None:
    """An exception has the stream bring the same again."""
    if guests := list(expired_guests(event)):
        with observe("expire", {"guests": len(guests)}):
            erase_expired(guests, expiry_dependencies())
    worker = Worker(erasing_dependencies(), lambda: context.get_remaining_time_in_millis() / 1000)
    for erasure_id in read_waking(event):
        with observe("erase", {}):
            worker.go_on(erasure_id)
