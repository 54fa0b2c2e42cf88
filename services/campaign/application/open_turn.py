"""Opening a turn: the working copy it starts from."""

from __future__ import annotations

from typing import Protocol

from contracts.campaign import OpenTurn, RecentTurn, TurnOpened
from contracts.errors import CampaignOver, TurnWasVoided
from services.campaign.application.ports import TurnReader
from services.campaign.domain.derive import open_scene
from services.campaign.domain.stored import StoredCampaign, VoidedTurn

REMEMBERED = 4
"""Turns the story remembers word for word: enough for "as I said", small enough for every state of the workflow."""


class RecentTurns(TurnReader, Protocol):
    """Campaigns and what their stories remember of the last turns."""

    def recent(self, campaign_id: str, count: int, until: int = ...) -> tuple[RecentTurn, ...]:
        """The last `count` of its own turns up to number `until`, at least 1; oldest first."""


def open_turn(request: OpenTurn, store: RecentTurns) -> TurnOpened:
    """The working copy of the turn. Raises CampaignMissing, CampaignOver, and TurnWasVoided when the turn was given up
    before it was opened."""
    campaign_id, turn_id = request.envelope.campaign_id, request.envelope.turn
    stored = store.read(campaign_id)
    if stored.state.status == "ended":
        raise CampaignOver(campaign_id)
    if isinstance(store.turn(campaign_id, turn_id), VoidedTurn):
        raise TurnWasVoided(turn_id)
    return TurnOpened(
        envelope=request.envelope,
        number=stored.state.turn + 1,
        base_version=stored.state.version,
        scene=open_scene(stored.state),
        history=_history(stored, store),
        spent_micro_dollars=stored.spent,
        lineage=stored.lineage,
        seed=stored.seed,
    )


def _history(stored: StoredCampaign, store: RecentTurns) -> tuple[RecentTurn, ...]:
    """The story's last turns, oldest first. A young fork's begin with its ancestors': one read for each asked."""
    turns = store.recent(stored.state.campaign_id, REMEMBERED)
    for ancestor in reversed(stored.lineage):
        if len(turns) == REMEMBERED or ancestor.turn == 0:
            break
        before = store.recent(ancestor.campaign_id, REMEMBERED - len(turns), until=ancestor.turn)
        turns = (*before, *turns)
    return turns
