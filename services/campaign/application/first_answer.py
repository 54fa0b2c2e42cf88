"""The answer to a campaign id that is taken: the same request is answered as it was first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.envelope import Envelope
from contracts.errors import KeyReused, Transient
from services.campaign.application.ports import CampaignStarter

if TYPE_CHECKING:
    from contracts.campaign import CampaignCreated


def first_answer(envelope: Envelope, fingerprint: str, store: CampaignStarter) -> CampaignCreated:
    """The reply that started the campaign of this id. Raises KeyReused when another request did."""
    first = store.first(envelope.campaign_id)
    if first is None:
        raise Transient("the campaign was being written")
    if first[1] != fingerprint:
        raise KeyReused(envelope.campaign_id)
    return first[0]
