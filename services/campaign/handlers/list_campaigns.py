"""Lambda entry point: a player's campaigns, from the projection."""

from __future__ import annotations

from contracts.campaign import CampaignListed, ListCampaigns
from services.campaign.application.list_campaigns import list_campaigns
from services.campaign.wiring import projection_versions
from stagekit.stage import Keeps, stage


@stage(ListCampaigns, CampaignListed, keeps=Keeps.NOTHING)
def handler(*, request: ListCampaigns) -> CampaignListed:
    return list_campaigns(request, projection_versions().live())
