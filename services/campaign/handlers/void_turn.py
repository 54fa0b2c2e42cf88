"""Lambda entry point: give a turn up, unless it was committed. The turn's record makes it idempotent."""

from __future__ import annotations

from contracts.campaign import TurnVoided, VoidTurn
from services.campaign.application.persist_turn import void
from services.campaign.wiring import campaigns
from stagekit.stage import stage


@stage(VoidTurn, TurnVoided, kept=False)
def handler(*, request: VoidTurn) -> TurnVoided:
    return void(request, campaigns())
