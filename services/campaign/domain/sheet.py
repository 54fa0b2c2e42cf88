"""The sheet: what a player sees of a state."""

from __future__ import annotations

from contracts.campaign import Sheet
from contracts.state import CampaignState
from services.campaign.domain.derive import derive


def sheet_of(state: CampaignState) -> Sheet:
    """The state and the figures that follow from it."""
    return Sheet(state=state, derived=derive(state))
