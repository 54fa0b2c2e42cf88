"""Viewing a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.campaign import CampaignViewed
from services.campaign.application.ports import CampaignReader
from services.campaign.domain.sheet import sheet_of

if TYPE_CHECKING:
    from contracts.campaign import ViewCampaign


def view(request: ViewCampaign, campaigns: CampaignReader) -> CampaignViewed:
    """The campaign now, with its owner: who may see it is the gateway's to decide. Raises CampaignMissing."""
    stored = campaigns.read(request.envelope.campaign_id)
    return CampaignViewed(
        envelope=request.envelope,
        owner=stored.owner,
        sheet=sheet_of(stored.state),
        started_at=stored.started_at,
        lineage=stored.lineage,
        opening=stored.opening,
    )
