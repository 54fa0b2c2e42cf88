"""Looking at a campaign."""

from __future__ import annotations

from contracts.campaign import CampaignViewed, ViewCampaign
from services.campaign.adapters.store import CampaignStore
from services.campaign.domain.turn import sheet_of


def view(request: ViewCampaign, store: CampaignStore) -> CampaignViewed:
    """The campaign now, with its owner: who may see it is the gateway's to decide. Raises CampaignMissing."""
    stored = store.read(request.envelope.campaign_id)
    return CampaignViewed(
        envelope=request.envelope,
        owner=stored.owner,
        sheet=sheet_of(stored.state),
        started_at=stored.started_at,
        lineage=stored.lineage,
    )
