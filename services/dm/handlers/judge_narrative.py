"""Lambda entry point: one call to the second reader, kept, so that a retry never pays for a second one."""

from __future__ import annotations

from contracts.dm import JudgeNarrative, NarrativeJudged
from services.dm.domain.judging.prompt import JUDGE_PROMPT_VERSION
from services.dm.wiring import judge
from stagekit.observe import logger
from stagekit.stage import stage


@stage(JudgeNarrative, NarrativeJudged)
def handler(*, request: JudgeNarrative) -> NarrativeJudged:
    reply = judge().judge(request)
    counts = {"asked": len(request.unread), "judged": len(reply.verdicts)}
    logger().info("judged", extra={**counts, "model": reply.usage.model, "prompt": JUDGE_PROMPT_VERSION})
    return reply
