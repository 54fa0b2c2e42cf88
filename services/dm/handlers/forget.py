"""Lambda entry point: delete the replies and verdicts that are kept of some turns."""

from __future__ import annotations

from contracts.dm import ForgetReplies, RepliesForgotten
from contracts.steps import STEPS
from stagekit.forgetting import forget
from stagekit.stage import Keeps, stage


@stage(ForgetReplies, RepliesForgotten, keeps=Keeps.NOTHING)
def handler(*, request: ForgetReplies) -> RepliesForgotten:
    forget("invoke_dungeon_master", request.turns, STEPS.dm, claimed=True)
    forget("judge_narrative", request.turns, STEPS.judge, claimed=True)
    return RepliesForgotten(envelope=request.envelope)
