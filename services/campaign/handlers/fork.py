"""Lambda entry point: start a campaign from another one's past. Its own record makes it idempotent."""

from __future__ import annotations

from secrets import token_bytes

from contracts.campaign import CampaignCreated, ForkCampaign
from services.campaign.application.fork import fork
from services.campaign.wiring import campaign_store, now
from stagekit.stage import Keeps, stage


@stage(ForkCampaign, CampaignCreated, keeps=Keeps.NOTHING)
def handler(*, request: ForkCampaign) -> CampaignCreated:
    return fork(request, campaign_store(), seed=lambda: token_bytes(32), now=now())
