"""Queue consumer: what happened in a campaign goes into its player's feed and to whoever is connected."""

from __future__ import annotations

from contracts.envelope import Event
from services.gateway.application.live.feed import record_event
from services.gateway.domain.feed import SHOWN
from services.gateway.wiring.live import live_dependencies
from stagekit.consumer import consumer


@consumer(*SHOWN)
def handler(*, event: Event) -> None:
    record_event(event, live_dependencies())
