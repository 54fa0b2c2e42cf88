"""The last event of a campaign, CampaignErased: it holds the number of its turns and nothing of the player."""

from __future__ import annotations

from datetime import datetime

from contracts.campaign import CampaignErasedData, CampaignErasedV1
from contracts.envelope import Envelope
from services.campaign.domain.stored import StoredCampaign
from services.campaign.domain.streams import stream_of


def erased_event(envelope: Envelope, campaign: StoredCampaign, now: datetime) -> CampaignErasedV1:
    stream, sequence = stream_of(envelope.campaign_id), campaign.sequence + 1
    metadata = envelope.metadata(
        CampaignErasedV1, event_id=f"{stream}/{sequence}", now=now, stream=stream, sequence=sequence
    )
    return CampaignErasedV1(metadata=metadata, data=CampaignErasedData(turn=campaign.state.turn))
