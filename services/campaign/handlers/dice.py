"""Lambda entry point: the dice of a campaign, and the seed once it has ended."""

from __future__ import annotations

from contracts.campaign import DiceListed, ListDice
from services.campaign.adapters.revealing import list_dice
from services.campaign.adapters.wiring import campaigns
from stagekit.stage import stage


@stage(ListDice, DiceListed, kept=False)
def handler(*, request: ListDice) -> DiceListed:
    return list_dice(request, campaigns())
