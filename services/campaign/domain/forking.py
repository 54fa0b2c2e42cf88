"""Forks: the lineage of a new one, and its first state."""

from __future__ import annotations

from contracts.envelope import MOST_ANCESTORS, Ancestor, CampaignId, Lineage
from contracts.errors import CannotFork
from contracts.state import CampaignState


def lineage_of(parent: CampaignState, lineage: Lineage, turn: int) -> Lineage:
    """The lineage of a fork of `parent` after `turn`; `lineage` is the parent's own.

    A turn that an ancestor told is forked from that ancestor, so a lineage names nobody without a share in the past.
    Raises CannotFork with a sentence for the player: why not, and where else.
    """
    latest = _latest(parent, lineage)
    if turn > latest:
        raise CannotFork(f"{_why_not(parent, turn)} Fork at any turn from 0 to {latest}.")
    for place, ancestor in enumerate(lineage):
        if turn <= ancestor.turn:
            return (*lineage[:place], Ancestor(campaign_id=ancestor.campaign_id, turn=turn))
    return (*lineage, Ancestor(campaign_id=parent.campaign_id, turn=turn))


def fork_state(state: CampaignState, campaign_id: CampaignId, seed_commitment: str) -> CampaignState:
    """The first state of a fork: all that was, under its own name and its own dice."""
    return state.model_copy(update={"campaign_id": campaign_id, "seed_commitment": seed_commitment})


def turns_before(lineage: Lineage) -> int:
    """The number of turns told before a campaign's own: its first own turn is the next one."""
    return lineage[-1].turn if lineage else 0


def _latest(parent: CampaignState, lineage: Lineage) -> int:
    """The last turn that something can follow."""
    played = parent.turn if parent.status == "active" else parent.turn - 1
    return played if len(lineage) < MOST_ANCESTORS else min(played, turns_before(lineage))


def _why_not(parent: CampaignState, turn: int) -> str:
    if turn > parent.turn:
        return f"Turn {turn} is not played yet."
    if turn == parent.turn and parent.status == "ended":
        return f"The story ended with turn {turn}."
    return f"Turn {turn} is told by the {MOST_ANCESTORS}th fork in a row, and there is no further one."
