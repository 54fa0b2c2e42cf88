"""The story of a running turn, while the game master still speaks: stored with the turn, and pushed.

It comes once or not at all, and the next narration holds all of it. The running turn shows what was stored; once it has
ended, its narrative is all there is.
"""

from __future__ import annotations

from contracts.dm import NarrativeTold
from contracts.envelope import CampaignId
from contracts.errors import Transient
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.application.live.pushing import push
from services.gateway.domain.narration import continues
from services.gateway.domain.records import TurnRecord

TRIES = 4


def narrate(narration: NarrativeTold, deps: LiveDependencies) -> None:
    """Store and push what continues the story. Nothing happens when it does not, or when the turn has ended."""
    turn = _store(narration, deps)
    if turn:
        push(_make_message(turn, narration.told), turn.campaign_id, deps)


def read_story(campaign_id: CampaignId, deps: LiveDependencies) -> SocketMessage | None:
    """The story so far of the turn that runs in this campaign, if one does and anything is told of it."""
    gate = deps.turns.gate(campaign_id)
    turn = deps.turns.turn(campaign_id, gate.active_turn) if gate and gate.active_turn else None
    return _make_message(turn, turn.told) if turn and turn.told else None


def _store(narration: NarrativeTold, deps: LiveDependencies) -> TurnRecord | None:
    """The turn, when this continues its story. Tries up to TRIES times when a concurrent narration was stored."""
    campaign_id, turn_id = narration.envelope.campaign_id, narration.envelope.turn_id or ""
    for _ in range(TRIES):
        turn = deps.turns.turn(campaign_id, turn_id)
        if turn is None or turn.finished or not continues(turn.told or "", narration.told):
            return None
        if deps.turns.store_story(turn, narration.told):
            return turn
    raise Transient("storing the story kept losing races")


def _make_message(turn: TurnRecord, told: str) -> SocketMessage:
    return SocketMessage(type="narration", campaign_id=turn.campaign_id, turn_id=turn.turn_id, told=told)
