"""Giving a turn up. Whoever writes the turn's record first, this or `persist_turn`, wins for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contracts.campaign import TurnVoided
from services.campaign.domain.stored import VoidedTurn

if TYPE_CHECKING:
    from contracts.campaign import TurnCommitted, VoidTurn


class TurnVoider(Protocol):
    """Campaigns, to give turns up of."""

    def void(self, campaign_id: str, turn_id: str, reason: str) -> TurnCommitted | VoidedTurn:
        """Put a tombstone where the turn's record would go, unless there is one: it, or the turn when that was
        committed already."""


def void_turn(request: VoidTurn, store: TurnVoider) -> TurnVoided:
    """Give the turn up for good. `committed` is the turn when it was too late for that, `reason` the one that it was
    given up for first."""
    record = store.void(request.envelope.campaign_id, request.envelope.turn, request.reason)
    if isinstance(record, VoidedTurn):
        return TurnVoided(envelope=request.envelope, reason=record.reason)
    return TurnVoided(envelope=request.envelope, committed=record)
