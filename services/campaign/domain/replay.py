"""Folding a campaign again from its first state: the proof that nothing else ever changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contracts.state import CampaignState
from services.campaign.domain.beginning import begin
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import close, play_out

if TYPE_CHECKING:
    from contracts.campaign import TurnCommitted
    from contracts.tools import Outcome


def replay(state: CampaignState, turns: Iterable[TurnCommitted]) -> Iterator[tuple[CampaignState, str]]:
    """The state after each turn and its hash, given the first state and the record of every turn in order."""
    for turn in turns:
        state = fold_again(state, (one.outcome for one in turn.settled), began=bool(turn.opening))
        yield state, state_hash(state)


def fold_again(state: CampaignState, outcomes: Iterable[Outcome], *, began: bool) -> CampaignState:
    """The state after a turn that is recorded. `began`: whether it began with a tick, as its record or event says
    (`turn-began`); later turns have none."""
    played = close(state, begin(state)[0], outcomes) if began else play_out(state, outcomes)
    return played.state
