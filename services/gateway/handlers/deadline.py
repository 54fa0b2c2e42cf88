"""Queue consumer: every accepted turn comes here once its time is up, and is closed if nobody closed it."""

from __future__ import annotations

from contracts.envelope import Envelope
from contracts.gateway import TurnAcceptedV1
from services.gateway.application.turns.closing import close_overdue
from services.gateway.wiring.deadline import deadline_dependencies
from stagekit.consumer import consumer


@consumer(TurnAcceptedV1, in_batches=True)
def handler(*, events: tuple[TurnAcceptedV1, ...]) -> None:
    accepted = [event.metadata.model_dump(include=set(Envelope.model_fields)) for event in events]
    envelopes = [Envelope.model_validate(each) for each in accepted]
    close_overdue([(each.campaign_id, each.turn) for each in envelopes], deadline_dependencies())
