"""The campaign as its player reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.envelope import TurnId
from contracts.playerapi import Campaign

if TYPE_CHECKING:
    from contracts.campaign import CampaignCreated, CampaignViewed


def view_campaign(seen: CampaignViewed | CampaignCreated, active_turn: TurnId | None = None) -> Campaign:
    sheet = seen.sheet
    return Campaign(
        id=sheet.state.campaign_id,
        status=sheet.state.status,
        turn=sheet.state.turn,
        version=sheet.state.version,
        active_turn=active_turn,
        sheet=sheet,
        started_at=seen.started_at,
        forked_from=seen.lineage[-1] if seen.lineage else None,
        opening=seen.opening.text if seen.opening else None,
        suggested_actions=seen.opening.suggested_actions if seen.opening and not sheet.state.turn else (),
    )
