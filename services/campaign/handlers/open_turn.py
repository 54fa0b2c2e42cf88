"""Lambda entry point: open a turn. Nothing is kept: the campaign changes only by this turn's own commit."""

from __future__ import annotations

from contracts.campaign import OpenTurn, TurnOpened
from services.campaign.application.open_turn import open_turn
from services.campaign.wiring import campaigns
from stagekit.stage import Keeps, stage


@stage(OpenTurn, TurnOpened, keeps=Keeps.NOTHING)
def handler(*, request: OpenTurn) -> TurnOpened:
    return open_turn(request, campaigns())
