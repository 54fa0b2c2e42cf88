"""A connection from its ticket to its end: who it is, what it listens to, what it is told."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import SocketMessage
from services.gateway.application.live.narration import story_so_far
from services.gateway.application.live.ports import Switchboard
from services.gateway.application.live.push import message_of, push
from services.gateway.http import problems
from services.gateway.http.websocket import messages as socket_messages
from services.gateway.http.websocket.messages import Subscribe

MOST_TOLD_AT_ONCE = 50
MOST_CAMPAIGNS = 8
"""Campaigns one connection may listen to."""


def connect(connection: str, ticket: str | None, board: Switchboard) -> int:
    """200 for whoever brings a ticket that is still good; it is not, afterwards. 401 for everybody else."""
    now = board.now()
    player = board.tickets.redeem(ticket, now) if ticket else None
    if player is None:
        return 401
    board.connections.open(connection, player, now)
    return 200


def disconnect(connection: str, board: Switchboard) -> int:
    board.connections.forget(connection)
    return 200


def hear(connection: str, text: str, board: Switchboard) -> int:
    """Answer a message. What is wrong with one is answered, too, and the connection stays."""
    try:
        message = socket_messages.read(text)
        if isinstance(message, Subscribe):
            _subscribe(connection, message, board)
        else:
            push(board, connection, SocketMessage(type="pong"))
    except problems.Refusal as refusal:
        push(board, connection, SocketMessage(type="problem", problem=refusal.problem))
    return 200


def _subscribe(connection: str, wish: Subscribe, board: Switchboard) -> None:
    """Listen first and read afterwards: whatever comes in between is told twice rather than never.

    After the events that were missed comes the story of the running turn, as far as it is told.
    """
    campaign = wish.campaign_id
    _own(connection, campaign, board)
    if campaign not in (known := board.connections.subscriptions(connection)) and len(known) >= MOST_CAMPAIGNS:
        raise problems.refusal(
            "too-many-campaigns", 409, "Too many campaigns", f"A connection listens to {MOST_CAMPAIGNS}. Open another."
        )
    board.connections.subscribe(connection, campaign, board.now())
    last = board.feed.last(campaign)
    answer = SocketMessage(type="subscribed", campaign_id=campaign, last_sequence=last)
    if not push(board, connection, answer):
        return
    after = last if wish.after_sequence is None else wish.after_sequence
    missed = board.feed.after(campaign, after, MOST_TOLD_AT_ONCE) if after < last else []
    story = story_so_far(campaign, board)
    for message in (*map(message_of, missed), *([story] if story else [])):
        if not push(board, connection, message):
            return


def _own(connection: str, campaign: CampaignId, board: Switchboard) -> None:
    """Raises a 404 unless the campaign belongs to the player of this connection."""
    player, gate = board.connections.player(connection), board.gates.gate(campaign)
    if player is None or gate is None or gate.owner != player:
        raise problems.not_found("campaign")
