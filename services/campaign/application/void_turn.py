"""Giving a turn up. Whoever writes the turn's record first, this or `persist_turn`, wins for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contracts.campaign import TurnVoided

if TYPE_CHECKING:
    from contracts.campaign import TurnCommitted, VoidTurn


class TurnVoider(Protocol):
    """Campaigns, to give turns up of."""

    def void(self, campaign_id: str, turn_id: str, reason: str) -> TurnCommitted | None:
        """Put a tombstone where the turn's record would go; the turn when it was committed already."""


def void_turn(request: VoidTurn, store: TurnVoider) -> TurnVoided:
    """Give the turn up for good. `committed` is the turn when it was too late for that."""
    committed = store.void(request.envelope.campaign_id, request.envelope.turn, request.reason)
    return TurnVoided(envelope=request.envelope, committed=committed)
