"""A turn from the first tick to its commit, as pure functions of the stored state and the outcomes.

The working copy that travels through the workflow and the fold of the commit are the same computation: beginning
the turn and folding its outcomes in order. A commit therefore never needs to trust a copy that was away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contracts.campaign import PersistCampaign, TurnCommitted
from contracts.state import CampaignState
from contracts.tools import Outcome
from services.campaign.domain.beginning import begin
from services.campaign.domain.fold import fold_all
from services.campaign.domain.played_turn import PlayedTurn
from services.campaign.domain.sheet import sheet_of


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
