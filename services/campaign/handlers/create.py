"""Lambda entry point: start a campaign. Its own record makes it idempotent."""

from __future__ import annotations

from secrets import token_bytes

from contracts.campaign import CampaignCreated, CreateCampaign
from services.campaign.application.create import create
from services.campaign.wiring import campaign_store, now
from stagekit.stage import Keeps, stage


@stage(CreateCampaign, CampaignCreated, keeps=Keeps.NOTHING)
def handler(*, request: CreateCampaign) -> CampaignCreated:
    return create(request, campaign_store(), seed=lambda: token_bytes(32), now=now())
