"""Workflow stage: close a turn that could not be played."""

from __future__ import annotations

from contracts.gateway import FailTurn, TurnClosed
from services.gateway.application.turns.closing import fail
from services.gateway.wiring.player import desk, failed_turns
from stagekit.observe import logger
from stagekit.stage import stage


@stage(FailTurn, TurnClosed, kept=False)
def handler(*, request: FailTurn) -> TurnClosed:
    return fail(request, desk(logger().warning), failed_turns())
