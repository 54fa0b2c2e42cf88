"""Workflow stage: write the answer the player reads."""

from __future__ import annotations

from contracts.gateway import FormatResponse, TurnClosed
from services.gateway.adapters.desk import desk
from services.gateway.domain.closing import resolve
from stagekit.observe import logger
from stagekit.stage import stage


@stage(FormatResponse, TurnClosed, run_once=False)
def handler(*, request: FormatResponse) -> TurnClosed:
    return resolve(request, desk(logger().warning))
