"""Queue consumer: every accepted turn comes here once its time is up, and is closed if nobody closed it."""

from __future__ import annotations

from contracts.envelope import Envelope
from contracts.gateway import TurnAcceptedV1
from services.gateway.application.turns.closing import close_overdue
from services.gateway.wiring.deadline import deadline_dependencies
from stagekit.consumer import consumer


@consumer(TurnAcceptedV1)
def handler(*, event: TurnAcceptedV1) -> None:
    accepted = event.metadata.model_dump(include=set(Envelope.model_fields))
    close_overdue(Envelope.model_validate(accepted), deadline_dependencies())
