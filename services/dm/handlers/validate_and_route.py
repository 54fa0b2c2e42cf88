"""Lambda entry point: checks a reply and decides what happens next. Pure, so nothing is kept."""

from __future__ import annotations

from contracts.dm import ReplyRouted, ValidateAndRoute
from services.dm.domain import validate
from services.dm.wiring import catalogue
from stagekit.observe import count, logger
from stagekit.stage import Keeps, stage


@stage(ValidateAndRoute, ReplyRouted, keeps=Keeps.NOTHING)
def handler(*, request: ValidateAndRoute) -> ReplyRouted:
    routed = validate.validate_and_route(request, catalogue())
    if request.judged is not None and (judged := routed.report.judged):
        logger().info("read again", extra=judged.model_dump())
        count("judge_narrative", SentencesAsked=judged.asked, SentencesJudged=judged.judged, SentencesKept=judged.kept)
    return routed
