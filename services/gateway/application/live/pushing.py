"""Push messages to connections. A push is a hint: whoever misses one reads the feed or the turn."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import SocketMessage
from services.gateway.application.live.ports import LiveDependencies

MOST_LISTENERS = 10
"""Connections that are told of a campaign: tabs and devices of one player. It bounds what one event costs."""


def push(message: SocketMessage, campaign_id: CampaignId, deps: LiveDependencies) -> None:
    """Send a message to whoever listens to the campaign."""
    for connection in deps.connections.listeners(campaign_id, MOST_LISTENERS):
        send(message, connection, deps)


def send(message: SocketMessage, connection: str, deps: LiveDependencies) -> bool:
    """Send a message to one connection; one that is gone is forgotten, and there is no use in going on: False."""
    there = deps.sender.send(connection, message.model_dump_json(exclude_none=True))
    if not there:
        deps.connections.forget(connection)
    return there
