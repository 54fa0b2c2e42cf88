"""Queue consumer: facts of other services go into the player's feed and to whoever is connected."""

from __future__ import annotations

from contracts.envelope import Event
from services.gateway.application.live.feed import record_facts
from services.gateway.domain.feed import HEARD
from services.gateway.wiring.live import live_dependencies
from stagekit.consumer import consumer


@consumer(*HEARD, in_batches=True)
def handler(*, events: tuple[Event, ...]) -> None:
    record_facts(events, live_dependencies())
