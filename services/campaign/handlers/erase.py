"""Lambda entry point: erase a campaign, all but its events."""

from __future__ import annotations

from contracts.campaign import CampaignErased, EraseCampaign
from services.campaign.application.erase import erase
from services.campaign.wiring import campaign_eraser, now
from stagekit.stage import Keeps, stage


@stage(EraseCampaign, CampaignErased, keeps=Keeps.NOTHING)
def handler(*, request: EraseCampaign) -> CampaignErased:
    return erase(request, campaign_eraser(), now())
