"""Workflow stage: close a turn that could not be played."""

from __future__ import annotations

from contracts.gateway import FailTurn, TurnClosed
from services.gateway.application.turns.closing import fail
from services.gateway.wiring.closing import failing_dependencies
from stagekit.stage import Keeps, stage


@stage(FailTurn, TurnClosed, keeps=Keeps.NOTHING)
def handler(*, request: FailTurn) -> TurnClosed:
    return fail(request, failing_dependencies())
