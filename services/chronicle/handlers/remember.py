"""Lambda entry point: file the facts of every resolved turn. Nobody waits for it."""

from __future__ import annotations

from contracts.campaign import TurnResolvedV1
from services.chronicle.application.remember import remember_all
from services.chronicle.wiring import chronicle, fresh_for, now
from stagekit.consumer import consumer


@consumer(TurnResolvedV1, in_batches=True)
def handler(*, events: tuple[TurnResolvedV1, ...]) -> None:
    remember_all(events, chronicle(), now(), fresh_for())
