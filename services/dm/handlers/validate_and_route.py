"""Lambda entry point: checks a reply and decides what happens next. Pure, so nothing is kept."""

from __future__ import annotations

from contracts.dm import ReplyRouted, ValidateAndRoute
from services.dm.domain import validate
from services.dm.wiring import catalogue
from stagekit.stage import stage


@stage(ValidateAndRoute, ReplyRouted, run_once=False)
def handler(*, request: ValidateAndRoute) -> ReplyRouted:
    return validate.validate_and_route(request, catalogue())
