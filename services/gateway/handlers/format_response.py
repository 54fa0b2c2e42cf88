"""Workflow stage: write the answer the player reads."""

from __future__ import annotations

from contracts.gateway import FormatResponse, TurnClosed
from services.gateway.application.turns.closing import resolve
from services.gateway.wiring.closing import closing_dependencies
from stagekit.stage import Keeps, stage


@stage(FormatResponse, TurnClosed, keeps=Keeps.NOTHING)
def handler(*, request: FormatResponse) -> TurnClosed:
    return resolve(request, closing_dependencies())
