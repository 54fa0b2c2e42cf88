"""Opening a turn: the working copy it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from contracts.campaign import TurnBase, TurnCommitted, TurnOpened
from contracts.errors import CampaignOver, TurnSuperseded, TurnWasVoided
from services.campaign.domain.derive import open_scene
from services.campaign.domain.stored import Look, StoredCampaign, VoidedTurn

if TYPE_CHECKING:
    from contracts.campaign import OpenTurn, RecentTurn

REMEMBERED = 4
"""Turns the story remembers word for word: enough for "as I said", small enough for every state of the workflow."""


class RecentTurns(Protocol):
    """Campaigns and what their stories remember of the last turns."""

    def look(self, campaign_id: str, turn_id: str, numbers: Sequence[int]) -> Look:
        """The campaign now, what became of this turn here, and what is remembered of its own turns of these numbers.
        Raises CampaignMissing."""

    def recent(self, campaign_id: str, count: int, until: int = ...) -> tuple[RecentTurn, ...]:
        """The last `count` of its own turns up to number `until`, at least 1; oldest first."""


def open_turn(request: OpenTurn, store: RecentTurns) -> TurnOpened:
    """The working copy of the turn, the same however often it is asked for: a campaign has one turn at a time, and
    changes only by its commit.

    Raises CampaignMissing, CampaignOver, TurnWasVoided when the turn was given up before it was opened, and
    TurnSuperseded when it is committed: another run of its workflow was faster.
    """
    campaign_id, turn_id = request.envelope.campaign_id, request.envelope.turn
    last = request.turns_resolved or 0
    numbers = range(max(1, last + 1 - REMEMBERED), last + 1)
    seen = store.look(campaign_id, turn_id, numbers)
    stored = seen.campaign
    match seen.turn:
        case VoidedTurn():
            raise TurnWasVoided(turn_id)
        case TurnCommitted():
            raise TurnSuperseded(turn_id)
    if stored.state.status == "ended":
        raise CampaignOver(campaign_id)
    return TurnOpened(
        envelope=request.envelope,
        number=stored.state.turn + 1,
        base_version=stored.state.version,
        scene=open_scene(stored.state),
        history=seen.recent if _is_whole(seen, last) else _history(stored, store),
        spent_micro_dollars=stored.spent,
        lineage=stored.lineage,
        seed=stored.seed,
        base=TurnBase(
            state=stored.text,
            owner=stored.owner,
            seed=stored.seed,
            started_at=stored.started_at,
            sequence=stored.sequence,
            spent_micro_dollars=stored.spent,
        ),
    )


def _is_whole(seen: Look, last: int) -> bool:
    """Whether the last turns are those that were looked at. A young fork's begin with its ancestors', and the number of
    turns may have been a guess."""
    return 0 < last == seen.campaign.state.turn and len(seen.recent) == min(REMEMBERED, last)


def _history(stored: StoredCampaign, store: RecentTurns) -> tuple[RecentTurn, ...]:
    """The story's last turns, oldest first. A young fork's begin with its ancestors': one read for each asked."""
    turns = store.recent(stored.state.campaign_id, REMEMBERED)
    for ancestor in reversed(stored.lineage):
        if len(turns) == REMEMBERED or ancestor.turn == 0:
            break
        before = store.recent(ancestor.campaign_id, REMEMBERED - len(turns), until=ancestor.turn)
        turns = (*before, *turns)
    return turns
