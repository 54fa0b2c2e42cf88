"""Lambda entry point: give a turn up, unless it was committed. The turn's record makes it idempotent."""

from __future__ import annotations

from contracts.campaign import TurnVoided, VoidTurn
from services.campaign.application.void_turn import void_turn
from services.campaign.wiring import campaign_store
from stagekit.stage import Keeps, stage


@stage(VoidTurn, TurnVoided, keeps=Keeps.NOTHING)
def handler(*, request: VoidTurn) -> TurnVoided:
    return void_turn(request, campaign_store())
