"""Checks of what a story may repeat of the player's words, and of what may be recalled of earlier stories."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, ValidateAndRoute
from services.dm.domain.grounding.evidence import gather_evidence
from services.dm.domain.grounding.names_and_figures import find_leaked
from services.dm.domain.story.context import survey
from services.dm.domain.story.verify import verify


def stands(told: str, request: InvokeDungeonMaster) -> bool:
    """Whether a sentence made of a player's words tells nothing that is not so."""
    checked = _build_check(request)
    return verify(told, survey(checked)).stands and not find_leaked(told, gather_evidence(checked))


def may_be_recalled(told: str, request: InvokeDungeonMaster) -> bool:
    """Whether a sentence of an earlier story names nothing that is hidden."""
    return not find_leaked(told, gather_evidence(_build_check(request)))


def _build_check(request: InvokeDungeonMaster) -> ValidateAndRoute:
    reply = DungeonMasterReplied(envelope=request.envelope, told_by="understudy", narrative="")
    return ValidateAndRoute(
        envelope=request.envelope, reply=reply, action=request.action, scene=request.scene,
        briefing=request.briefing, names=request.names, guarded=request.guarded, passages=request.passages,
        memories=request.memories, common=request.common, rounds=request.rounds,
    )  # fmt: skip
