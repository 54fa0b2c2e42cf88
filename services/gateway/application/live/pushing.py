"""Push messages to connections. A push is a hint: whoever misses one reads the feed or the turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contracts.envelope import CampaignId
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import ConnectionSender, LiveDependencies

if TYPE_CHECKING:
    from contracts.playerapi import FeedEvent


def make_message(event: FeedEvent) -> SocketMessage:
    return SocketMessage(type="event", event=event, campaign_id=event.campaign_id)


def tell(event: FeedEvent, listeners: Iterable[str], sender: ConnectionSender) -> None:
    """Send an event of the feed to these listeners. Who is found gone is left to be forgotten by the next who finds
    it: whoever tells this has something more urgent to do."""
    message = _encode(make_message(event)) if listeners else ""
    for connection in listeners:
        sender.send(connection, message)


def push(message: SocketMessage, campaign_id: CampaignId, listeners: Iterable[str], deps: LiveDependencies) -> None:
    """Send a message to these listeners of the campaign; one that is gone is forgotten."""
    for connection in listeners:
        if not _is_told(message, connection, deps):
            deps.connections.forget(connection, campaign_id)


def send(message: SocketMessage, connection: str, deps: LiveDependencies) -> bool:
    """Send a message to one connection; one that is gone is forgotten, and there is no use in going on: False."""
    there = _is_told(message, connection, deps)
    if not there:
        deps.connections.forget(connection)
    return there


def _is_told(message: SocketMessage, connection: str, deps: LiveDependencies) -> bool:
    return deps.sender.send(connection, _encode(message))


def _encode(message: SocketMessage) -> str:
    return message.model_dump_json(exclude_none=True)
