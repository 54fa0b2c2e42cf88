"""What the teller's own words are going to be checked against."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, ValidateAndRoute
from services.dm.domain.grounding.evidence import Evidence, gather_evidence
from services.dm.domain.grounding.story import check


def evidence_of(request: InvokeDungeonMaster) -> Evidence:
    """What a story of this turn may speak of."""
    reply = DungeonMasterReplied(envelope=request.envelope, told_by="understudy", narrative="")
    return gather_evidence(
        ValidateAndRoute(
            envelope=request.envelope, reply=reply, action=request.action, scene=request.scene,
            briefing=request.briefing, names=request.names, guarded=request.guarded, passages=request.passages,
            memories=request.memories, common=request.common, rounds=request.rounds,
        )
    )  # fmt: skip


def stands(told: str, request: InvokeDungeonMaster) -> bool:
    """Whether a sentence made of a player's words claims nothing that is not so."""
    return not check(told, evidence_of(request))
