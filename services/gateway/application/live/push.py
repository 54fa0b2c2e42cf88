"""From an event on the bus to its place in the feed, and from there to whoever listens."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import FeedEvent, SocketMessage
from services.gateway.application.live.ports import Switchboard
from services.gateway.domain.feed import Told, noted

MOST_LISTENERS = 10
"""Connections that are told of a campaign: tabs and devices of one player. It bounds what one event costs."""


def tell(event: Told, board: Switchboard) -> None:
    """Note an event and push it, once. What was noted before is not pushed again: whoever missed it reads the feed."""
    fresh = board.feed.note(noted(event), board.now())
    if fresh:
        for connection in board.connections.listeners(fresh.campaign_id, MOST_LISTENERS):
            push(board, connection, message_of(fresh))


def push(board: Switchboard, connection: str, message: SocketMessage) -> bool:
    """Send a message; a connection that is gone is forgotten. False then, and there is no use in going on."""
    there = board.line.send(connection, message.model_dump_json(exclude_none=True))
    if not there:
        board.connections.forget(connection)
    return there


def message_of(event: FeedEvent) -> SocketMessage:
    campaign: CampaignId = event.campaign_id
    return SocketMessage(type="event", event=event, campaign_id=campaign)
