"""Lambda entry point: the dice of a campaign, and the seed once it has ended."""

from __future__ import annotations

from contracts.campaign import DiceListed, ListDice
from services.campaign.application.reveal_dice import reveal_dice
from services.campaign.wiring import campaigns
from stagekit.stage import Keeps, stage


@stage(ListDice, DiceListed, keeps=Keeps.NOTHING)
def handler(*, request: ListDice) -> DiceListed:
    return reveal_dice(request, campaigns())
