"""A turn from the first tick to its commit, as pure functions of the stored state and the outcomes.

The working copy that travels through the workflow and the fold of the commit are the same computation: beginning
the turn and folding its outcomes in order. A commit therefore never needs to trust a copy that was away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.campaign import PersistCampaign, Settled, TurnCommitted
from contracts.effects import Consequence
from contracts.state import CampaignState
from contracts.tools import Outcome
from services.campaign.domain.beginning import begin
from services.campaign.domain.fold import fold_all
from services.campaign.domain.sheet import sheet_of


@dataclass(frozen=True)
class PlayedTurn:
    """A turn that was played out: the state after it and how it came about."""

    state: CampaignState
    opening: tuple[Consequence, ...]
    settled: tuple[Settled, ...]


def play_out(state: CampaignState, outcomes: Iterable[Outcome]) -> PlayedTurn:
    """The next turn of this campaign: one more turn, one more version, and what the outcomes made of the rest."""
    scene, opening = begin(state)
    settled, scene = fold_all(scene, outcomes)
    after = scene.state.model_copy(update={"version": state.version + 1, "turn": state.turn + 1})
    return PlayedTurn(state=after, opening=opening, settled=settled)


def commit_reply(request: PersistCampaign, played: PlayedTurn, now: datetime) -> TurnCommitted:
    """The answer to a commit."""
    return TurnCommitted(
        envelope=request.envelope,
        number=played.state.turn,
        version=played.state.version,
        settled=played.settled,
        opening=played.opening,
        telling=request.telling,
        sheet=sheet_of(played.state),
        resolved_at=now,
    )
