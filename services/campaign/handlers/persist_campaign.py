"""Lambda entry point: commit a turn. The turn's record makes it idempotent."""

from __future__ import annotations

from contracts.campaign import PersistCampaign, TurnCommitted
from services.campaign.application.persist_turn import persist_turn
from services.campaign.wiring import campaign_store, now
from stagekit.stage import Keeps, stage


@stage(PersistCampaign, TurnCommitted, keeps=Keeps.NOTHING)
def handler(*, request: PersistCampaign) -> TurnCommitted:
    return persist_turn(request, campaign_store(), now())
