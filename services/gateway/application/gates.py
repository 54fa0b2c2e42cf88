"""The gate of a campaign, for its owner only."""

from __future__ import annotations

from typing import Protocol

from contracts.envelope import CampaignId
from services.gateway.domain.records import Gate
from services.gateway.domain.rejections import BeingErased, ResourceMissing


class Gates(Protocol):
    """The gates of campaigns. Reads are consistent."""

    def gate(self, campaign: CampaignId) -> Gate | None: ...


def require_own_gate(gates: Gates, campaign_id: CampaignId, player: str) -> Gate:
    """The gate of one of the player's own campaigns. Raises ResourceMissing for any other, BeingErased for an erased
    one."""
    gate = gates.gate(campaign_id)
    if gate is None or gate.owner != player:
        raise ResourceMissing("campaign")
    if gate.status == "erased":
        raise BeingErased
    return gate


def refuse_erased_campaign(gates: Gates, campaign_id: CampaignId, player: str) -> None:
    """Raises BeingErased when it was one of the player's own and is erased."""
    gate = gates.gate(campaign_id)
    if gate and gate.owner == player and gate.status == "erased":
        raise BeingErased
