"""Which game master answers: the understudy, or the model this deployment is configured with, as far as money goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import ModelRefused
from services.dm.domain.budget_policy import Limits, economy_of, shortened

if TYPE_CHECKING:
    from services.dm.application.reply_stream import Telling

UNDERSTUDY = "understudy"


def answer(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """One reply of the game master asked for, going on from what the player was told of this turn already; and how far
    a spending limit made it save.

    Raises ModelThrottled, ModelUnavailable or ModelRefused, and Transient when it cannot be known what was told; the
    understudy of a deployment without a model raises nothing.
    """
    if _provider() == UNDERSTUDY:
        return _understudy(request, None)
    from services.dm.application.reply_stream import telling

    told = telling(request)
    reply = _asked(request, told)
    return told.stands(reply) if told else reply


def _asked(request: InvokeDungeonMaster, told: Telling | None) -> DungeonMasterReplied:
    if request.provider == UNDERSTUDY:
        return _understudy(request, told)
    cheap = os.environ.get("DM_CHEAP_MODEL", "")
    economy = economy_of(request.spent, _limits(), has_cheap_model=bool(cheap))
    if economy == "understudy":
        reply = _understudy(request, told)
    else:
        model = cheap if economy == "cheap-model" else os.environ.get("DM_MODEL", "")
        reply = _model(request if economy == "full" else shortened(request), model, told)
    return reply.model_copy(update={"economy": economy})


def _model(request: InvokeDungeonMaster, model: str, told: Telling | None) -> DungeonMasterReplied:
    """What a provider needs is imported only when it is the one asked."""
    if _provider() == "bedrock":
        from services.dm.adapters.bedrock import answer as ask_bedrock

        return ask_bedrock(request, model, told)
    if _provider() == "openai":
        from services.dm.adapters.openai import answer as ask_openai

        return ask_openai(request, model, told)
    raise ModelRefused("DM_PROVIDER must be understudy, bedrock or openai")


def _understudy(request: InvokeDungeonMaster, told: Telling | None) -> DungeonMasterReplied:
    from services.dm.domain.understudy.master import reply

    return reply(request, told=len(told.opening or "") if told else 0)


def _provider() -> str:
    return os.environ.get("DM_PROVIDER", UNDERSTUDY)


def _limits() -> Limits:
    return Limits(
        turn=int(os.environ.get("DM_TURN_BUDGET_MICRO_DOLLARS") or 0),
        campaign=int(os.environ.get("DM_CAMPAIGN_BUDGET_MICRO_DOLLARS") or 0),
    )
