"""Workflow stage: close a turn that could not be played."""

from __future__ import annotations

from contracts.gateway import FailTurn, TurnClosed
from services.gateway.adapters.desk import desk, failed_turns
from services.gateway.domain.closing import fail
from stagekit.observe import logger
from stagekit.stage import stage


@stage(FailTurn, TurnClosed, run_once=False)
def handler(*, request: FailTurn) -> TurnClosed:
    return fail(request, desk(logger().warning), failed_turns())
