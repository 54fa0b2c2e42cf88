"""A turn from its opening to its commit, as pure functions of the stored state and the outcomes.

The working copy that travels through the workflow and the fold of the commit are the same computation: folding the
turn's outcomes in order. A commit therefore never needs to trust a copy that was away. An outcome that changes
nothing leaves the state as it is: a turn without a deed is one more turn and one more version, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from contracts.campaign import TurnCommitted
from contracts.state import CampaignState, Scene
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.played_turn import PlayedTurn
from services.campaign.domain.sheet import sheet_of

if TYPE_CHECKING:
    from contracts.campaign import PersistCampaign, TurnHeadline
    from contracts.tools import Outcome


def play_out(state: CampaignState, outcomes: Iterable[Outcome]) -> PlayedTurn:
    """The next turn of this campaign: one more turn, one more version, and what the outcomes made of the rest."""
    return close(state, open_scene(state), outcomes)


def close(state: CampaignState, scene: Scene, outcomes: Iterable[Outcome]) -> PlayedTurn:
    """The turn that went on from this working copy of the state."""
    settled, scene = fold_all(scene, outcomes)
    after = scene.state.model_copy(update={"version": state.version + 1, "turn": state.turn + 1})
    return PlayedTurn(state=after, settled=settled)


def commit_reply(
    request: PersistCampaign, played: PlayedTurn, now: datetime, headline: TurnHeadline | None = None
) -> TurnCommitted:
    """The answer to a commit."""
    return TurnCommitted(
        envelope=request.envelope,
        number=played.state.turn,
        version=played.state.version,
        settled=played.settled,
        telling=request.telling,
        sheet=sheet_of(played.state),
        resolved_at=now,
        headline=headline,
    )
