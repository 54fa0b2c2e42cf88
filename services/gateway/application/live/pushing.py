"""Push messages to connections. A push is a hint: whoever misses one reads the feed or the turn."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.envelope import CampaignId
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import LiveDependencies


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
    return deps.sender.send(connection, message.model_dump_json(exclude_none=True))
