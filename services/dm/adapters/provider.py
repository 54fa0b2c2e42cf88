"""Which game master answers: the understudy, or the model this deployment is configured with, as far as money goes."""

from __future__ import annotations

import os

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import ModelRefused
from services.dm.domain.economy import Limits, economy_of, shortened

UNDERSTUDY = "understudy"


def answer(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """One reply of the game master asked for, and how far a spending limit made it save.

    Raises ModelThrottled, ModelUnavailable or ModelRefused; the understudy raises nothing.
    """
    if UNDERSTUDY in (request.provider, _provider()):
        return _understudy(request)
    cheap = os.environ.get("DM_CHEAP_MODEL", "")
    economy = economy_of(request.spent, _limits(), has_cheap_model=bool(cheap))
    if economy == "understudy":
        reply = _understudy(request)
    else:
        model = cheap if economy == "cheap-model" else os.environ.get("DM_MODEL", "")
        reply = _model(request if economy == "full" else shortened(request), model)
    return reply.model_copy(update={"economy": economy})


def _model(request: InvokeDungeonMaster, model: str) -> DungeonMasterReplied:
    """What a provider needs is imported only when it is the one asked."""
    if _provider() == "bedrock":
        from services.dm.adapters.bedrock import answer as ask_bedrock

        return ask_bedrock(request, model)
    if _provider() == "openai":
        from services.dm.adapters.openai import answer as ask_openai

        return ask_openai(request, model)
    raise ModelRefused("DM_PROVIDER must be understudy, bedrock or openai")


def _understudy(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    from services.dm.domain.understudy.master import reply

    return reply(request)


def _provider() -> str:
    return os.environ.get("DM_PROVIDER", UNDERSTUDY)


def _limits() -> Limits:
    return Limits(
        turn=int(os.environ.get("DM_TURN_BUDGET_MICRO_DOLLARS") or 0),
        campaign=int(os.environ.get("DM_CAMPAIGN_BUDGET_MICRO_DOLLARS") or 0),
    )
