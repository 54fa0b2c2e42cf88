"""Workflow stage: write the answer the player reads."""

from __future__ import annotations

from contracts.gateway import FormatResponse, TurnClosed
from services.gateway.application.turns.closing import resolve
from services.gateway.wiring.player import desk
from stagekit.observe import logger
from stagekit.stage import stage


@stage(FormatResponse, TurnClosed, kept=False)
def handler(*, request: FormatResponse) -> TurnClosed:
    return resolve(request, desk(logger().warning))
