"""Which game master answers: the understudy, or the model this deployment is configured with."""

from __future__ import annotations

import os

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import ModelRefused


def answer(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """One reply of the game master asked for. What a provider needs is imported only when it is the one asked.

    Raises ModelThrottled, ModelUnavailable or ModelRefused; the understudy raises nothing.
    """
    provider = os.environ.get("DM_PROVIDER", "understudy")
    if request.provider == "understudy" or provider == "understudy":
        from services.dm.domain.understudy.master import reply

        return reply(request)
    if provider == "bedrock":
        from services.dm.adapters.bedrock import answer as ask_bedrock

        return ask_bedrock(request)
    if provider == "openai":
        from services.dm.adapters.openai import answer as ask_openai

        return ask_openai(request)
    raise ModelRefused("DM_PROVIDER must be understudy, bedrock or openai")
