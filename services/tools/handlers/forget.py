"""Lambda entry point: delete the outcomes that are kept of some turns."""

from __future__ import annotations

from contracts.steps import STEPS
from contracts.tools import ForgetOutcomes, OutcomesForgotten
from stagekit.forgetting import forget
from stagekit.stage import Keeps, stage


@stage(ForgetOutcomes, OutcomesForgotten, keeps=Keeps.NOTHING)
def handler(*, request: ForgetOutcomes) -> OutcomesForgotten:
    forget("execute_tool", request.turns, STEPS.tool)
    return OutcomesForgotten(envelope=request.envelope)
