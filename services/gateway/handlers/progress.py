"""Queue consumer: the steps of a running turn go to whoever is connected, and nowhere else."""

from __future__ import annotations

from contracts.envelope import Event
from services.gateway.application.live.feed import tell_progress
from services.gateway.domain.feed import PROGRESS
from services.gateway.wiring.live import live_dependencies
from stagekit.consumer import consumer


@consumer(*PROGRESS, in_batches=True)
def handler(*, events: tuple[Event, ...]) -> None:
    tell_progress(events, live_dependencies())
