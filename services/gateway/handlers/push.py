"""Queue consumer: facts of other services go into the player's feed and to whoever is connected, and a day whose money
is spent is marked."""

from __future__ import annotations

from contracts.envelope import Event
from contracts.metrics import DayCeilingReachedV1
from services.gateway.application.live.feed import record_facts
from services.gateway.domain.feed import HEARD
from services.gateway.wiring.live import live_dependencies
from services.gateway.wiring.turns import mark_spent_day
from stagekit.consumer import consumer


@consumer(*HEARD, DayCeilingReachedV1, in_batches=True)
def handler(*, events: tuple[Event, ...]) -> None:
    for day in {event.data.day for event in events if isinstance(event, DayCeilingReachedV1)}:
        mark_spent_day(day)
    record_facts([event for event in events if not isinstance(event, DayCeilingReachedV1)], live_dependencies())
