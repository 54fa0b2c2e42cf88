"""Paths of the player API that stand in its bodies and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.envelope import CampaignId, TurnId

if TYPE_CHECKING:
    from contracts.playerapi import ExportId

CAMPAIGN = "/v1/campaigns/{campaign_id}"
TURN = f"{CAMPAIGN}/turns/{{turn_id}}"

EXPORT = "/v1/account/export/{export_id}"


def link_campaign(campaign_id: CampaignId) -> str:
    return CAMPAIGN.format(campaign_id=campaign_id)


def link_export(export_id: ExportId) -> str:
    return EXPORT.format(export_id=export_id)


def link_turn(campaign_id: CampaignId, turn_id: TurnId) -> str:
    return TURN.format(campaign_id=campaign_id, turn_id=turn_id)
