"""Progress: what the rest of the system hears of an attempt to get an answer: never a player's or a model's words."""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedData, DungeonMasterReplied, DungeonMasterRespondedData, InvokeDungeonMaster
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.domain.claims import detect_claims


def describe_answer(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> DungeonMasterRespondedData:
    """The event of an answer: who gave it, what it cost, and what the player's words tried."""
    return DungeonMasterRespondedData(
        told_by=reply.told_by,
        stop=reply.stop,
        calls=len(reply.calls),
        usage=reply.usage,
        claims=detect_claims(request.action),
    )


def describe_failure(request: InvokeDungeonMaster, error: StageError) -> DungeonMasterFailedData | None:
    """The failure of a master; None for failures of ours, which say nothing about it."""
    if not isinstance(error, ModelThrottled | ModelUnavailable | ModelRefused):
        return None
    return DungeonMasterFailedData(asked=request.provider, error=type(error).__name__)
