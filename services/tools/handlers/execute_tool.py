"""Lambda entry point of `execute-tool`: one intent, one outcome, kept. Working it out twice changes nothing."""

from __future__ import annotations

from contracts.tools import ExecuteTool, ToolExecuted, ToolExecutedV1
from services.tools.domain.execute import execute
from services.tools.domain.progress import progress
from stagekit import chaos
from stagekit.events import Announcement
from stagekit.stage import Keeps, stage


def announcement(request: ExecuteTool, reply: ToolExecuted) -> Announcement:
    return Announcement(event_type=ToolExecutedV1, data=progress(reply.outcome, request.scene.state.character.name))


@stage(ExecuteTool, ToolExecuted, keeps=Keeps.FIRST_ANSWER, announcement=announcement)
def handler(*, request: ExecuteTool) -> ToolExecuted:
    """One intent through the rules."""
    if chaos.should_fail(request.chaos, "kill-tool", request.envelope, times=1):
        chaos.die()
    key = request.envelope.idempotency_key
    outcome = execute(key, request.call, request.scene, request.canon, request.seed)
    return ToolExecuted(envelope=request.envelope, outcome=outcome)
