"""Lambda entry point: look at a campaign."""

from __future__ import annotations

from contracts.campaign import CampaignViewed, ViewCampaign
from services.campaign.application.view import view
from services.campaign.wiring import campaigns
from stagekit.stage import Keeps, stage


@stage(ViewCampaign, CampaignViewed, keeps=Keeps.NOTHING)
def handler(*, request: ViewCampaign) -> CampaignViewed:
    return view(request, campaigns())
