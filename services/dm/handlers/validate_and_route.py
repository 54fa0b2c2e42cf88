"""Lambda entry point: checks a reply and decides what happens next. Pure, so nothing is kept."""

from __future__ import annotations

from contracts.dm import ReplyRouted, ValidateAndRoute
from services.dm.domain import validate
from services.dm.domain.safety.levels import hold_to
from services.dm.wiring import catalogue, loosest_content
from stagekit.observe import count, logger
from stagekit.stage import Keeps, stage


@stage(ValidateAndRoute, ReplyRouted, keeps=Keeps.NOTHING)
def handler(*, request: ValidateAndRoute) -> ReplyRouted:
    held = request.model_copy(update={"scene": hold_to(request.scene, loosest_content())})
    routed = validate.validate_and_route(held, catalogue())
    if request.judged is not None and (judged := routed.report.judged):
        logger().info("read again", extra=judged.model_dump())
        count("judge_narrative", SentencesAsked=judged.asked, SentencesJudged=judged.judged, SentencesKept=judged.kept)
    return routed
