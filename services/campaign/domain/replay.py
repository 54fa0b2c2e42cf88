"""Folding a campaign again from its first state: the proof that nothing else ever changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.state import CampaignState
from contracts.tools import Outcome
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import play_out


def replay(state: CampaignState, turns: Iterable[Iterable[Outcome]]) -> Iterator[tuple[CampaignState, str]]:
    """The state after each turn and its hash, given the first state and the outcomes of every turn in order."""
    for outcomes in turns:
        state = play_out(state, outcomes).state
        yield state, state_hash(state)
