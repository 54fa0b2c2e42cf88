"""Lambda entry point: open a turn. Kept, so that every retry of the turn works on the same copy."""

from __future__ import annotations

from contracts.campaign import OpenTurn, TurnOpened
from services.campaign.application.open_turn import open_turn
from services.campaign.wiring import campaigns
from stagekit.stage import stage


@stage(OpenTurn, TurnOpened)
def handler(*, request: OpenTurn) -> TurnOpened:
    return open_turn(request, campaigns())
