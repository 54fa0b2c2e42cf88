"""The story of a running turn, told while the master still speaks: kept with the turn, and said to whoever listens.

A hint like every push: it comes once or not at all, and what is told next holds all of it. The turn itself, while it
runs, shows what was kept; once it has ended, its narrative is all there is.
"""

from __future__ import annotations

from collections.abc import Iterable

from contracts.dm import NarrativeTold
from contracts.envelope import CampaignId, TurnId
from contracts.errors import Transient
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import Switchboard
from services.gateway.application.live.push import MOST_LISTENERS, push
from services.gateway.domain.records import TurnRecord

TRIES = 4


def longest(narrations: Iterable[NarrativeTold]) -> tuple[NarrativeTold, ...]:
    """Of each turn the narration that holds the others."""
    found: dict[TurnId | None, NarrativeTold] = {}
    for each in narrations:
        known = found.setdefault(each.envelope.turn_id, each)
        if len(each.told) > len(known.told):
            found[each.envelope.turn_id] = each
    return tuple(found.values())


def narrate(narration: NarrativeTold, board: Switchboard) -> None:
    """Keep and push what goes on from what was told. Nothing happens when it does not, or when the turn has ended."""
    turn = _kept(narration, board)
    if turn:
        for connection in board.connections.listeners(turn.campaign_id, MOST_LISTENERS):
            push(board, connection, _message(turn, narration.told))


def story_so_far(campaign: CampaignId, board: Switchboard) -> SocketMessage | None:
    """What was told of the turn that runs in this campaign, if one does and anything was."""
    gate = board.gates.gate(campaign)
    turn = board.turns.turn(campaign, gate.active_turn) if gate and gate.active_turn else None
    return _message(turn, turn.told) if turn and turn.told else None


def _kept(narration: NarrativeTold, board: Switchboard) -> TurnRecord | None:
    """The turn, when this belongs to its story and is new."""
    campaign, turn_id = narration.envelope.campaign_id, narration.envelope.turn_id or ""
    for _ in range(TRIES):
        turn = board.turns.turn(campaign, turn_id)
        if turn is None or turn.finished or not _goes_on(turn.told or "", narration.told):
            return None
        if board.turns.tell(turn, narration.told):
            return turn
    raise Transient("telling kept losing races")


def _goes_on(known: str, told: str) -> bool:
    """What a player has read is never taken back."""
    return len(told) > len(known) and told.startswith(known)


def _message(turn: TurnRecord, told: str) -> SocketMessage:
    return SocketMessage(type="narration", campaign_id=turn.campaign_id, turn_id=turn.turn_id, told=told)
