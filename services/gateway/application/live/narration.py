"""The story of a running turn, while the game master still speaks: stored with the turn, and pushed.

It comes once or not at all, and the next narration holds all of it. The running turn shows what was stored; once it has
ended, its narrative is all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.envelope import CampaignId, TurnId
from contracts.errors import Transient
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.application.live.pushing import push
from services.gateway.domain.feed import MOST_LISTENERS
from services.gateway.domain.narration import continues

if TYPE_CHECKING:
    from contracts.dm import NarrativeTold

TRIES = 4
MOST_KNOWN = 100
"""Stories a container knows the stored beginning of: of turns that run now, and of the last that ended."""


def narrate(narration: NarrativeTold, deps: LiveDependencies) -> None:
    """Store and push what continues the story. Nothing happens when it does not, or when the turn has ended."""
    campaign_id, turn_id = narration.envelope.campaign_id, narration.envelope.turn_id or ""
    if _store(campaign_id, turn_id, narration.told, deps):
        listeners = deps.connections.listeners(campaign_id, MOST_LISTENERS)
        push(_make_message(campaign_id, turn_id, narration.told), campaign_id, listeners, deps)


def read_story(campaign_id: CampaignId, deps: LiveDependencies) -> SocketMessage | None:
    """The story so far of the turn that runs in this campaign, if one does and anything is told of it."""
    gate = deps.turns.gate(campaign_id)
    turn = deps.turns.turn(campaign_id, gate.active_turn) if gate and gate.active_turn else None
    return _make_message(campaign_id, turn.turn_id, turn.told) if turn and turn.told else None


def _store(campaign_id: CampaignId, turn_id: TurnId, told: str, deps: LiveDependencies) -> bool:
    """Whether this continues the story and was stored. It is tried on what this container knows to be stored; a refusal
    brings what is, up to TRIES times when concurrent narrations are."""
    seen = deps.stories.get(turn_id)
    for _ in range(TRIES):
        if not continues(seen or "", told):
            return False
        refused = deps.turns.store_story(campaign_id, turn_id, told, seen)
        if refused is None:
            _remember(turn_id, told, deps.stories)
            return True
        turn = refused.turn
        if turn is None or turn.finished:
            return False
        seen = turn.told
    raise Transient("storing the story kept losing races")


def _remember(turn_id: TurnId, told: str, stories: dict[TurnId, str]) -> None:
    stories.pop(turn_id, None)
    stories[turn_id] = told
    if len(stories) > MOST_KNOWN:
        del stories[next(iter(stories))]


def _make_message(campaign_id: CampaignId, turn_id: TurnId, told: str) -> SocketMessage:
    return SocketMessage(type="narration", campaign_id=campaign_id, turn_id=turn_id, told=told)
