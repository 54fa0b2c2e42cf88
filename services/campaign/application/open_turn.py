"""Opening a turn: the working copy it starts from."""

from __future__ import annotations

from contracts.campaign import OpenTurn, RecentTurn, TurnOpened
from contracts.errors import CampaignOver, InvalidRequest, TurnWasVoided
from services.campaign.adapters.store import CampaignStore, Stored, Voided
from services.campaign.domain.beginning import begin

REMEMBERED = 4
"""Turns the story remembers word for word: enough for "as I said", small enough for every state of the workflow."""


def open_turn(request: OpenTurn, store: CampaignStore) -> TurnOpened:
    """Raises CampaignMissing, CampaignOver, and TurnWasVoided when the turn was given up before it was opened."""
    campaign_id, turn_id = request.envelope.campaign_id, request.envelope.turn_id
    if turn_id is None:
        raise InvalidRequest("a turn needs its id")
    stored = store.read(campaign_id)
    if stored.state.status == "ended":
        raise CampaignOver(campaign_id)
    if isinstance(store.turn(campaign_id, turn_id), Voided):
        raise TurnWasVoided(turn_id)
    scene, opening = begin(stored.state)
    return TurnOpened(
        envelope=request.envelope,
        number=stored.state.turn + 1,
        base_version=stored.state.version,
        scene=scene,
        opening=opening,
        history=_history(stored, store),
        spent_micro_dollars=stored.spent,
        lineage=stored.lineage,
        seed=stored.seed,
    )


def _history(stored: Stored, store: CampaignStore) -> tuple[RecentTurn, ...]:
    """The story's last turns, oldest first. A young fork's begin with its ancestors': one read for each asked."""
    told = store.recent(stored.state.campaign_id, REMEMBERED)
    for ancestor in reversed(stored.lineage):
        if len(told) == REMEMBERED or ancestor.turn == 0:
            break
        before = store.recent(ancestor.campaign_id, REMEMBERED - len(told), until=ancestor.turn)
        told = (*before, *told)
    return told
