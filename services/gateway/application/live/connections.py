"""Connections: from a ticket to the end, and what they listen to."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import SocketMessage
from services.gateway.application.gates import require_own_gate
from services.gateway.application.live.narration import read_story
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.application.live.pushing import make_message, send
from services.gateway.domain.rejections import ResourceMissing, TooManySubscriptions
from services.gateway.domain.sockets import MOST_SOCKETS

MOST_MISSED_EVENTS = 50
"""Missed events that a subscription is sent. Whoever missed more reads the feed."""
MOST_CAMPAIGNS = 8
"""Campaigns one connection may listen to."""


def open_connection(connection: str, ticket: str | None, deps: LiveDependencies) -> bool:
    """Open a connection for whoever the ticket was issued to, and use the ticket up. False when it is not good, its
    session has ended meanwhile, or its player is being erased. A player who has MOST_SOCKETS loses the oldest."""
    now = deps.now()
    holder = deps.tickets.redeem(ticket, now) if ticket else None
    there = deps.connections.open(connection, holder, now) if holder else []
    for each in there[:-MOST_SOCKETS]:
        deps.sender.close(each)
        deps.connections.forget(each)
    return bool(there)


def close_connection(connection: str, deps: LiveDependencies) -> None:
    deps.connections.forget(connection)


def subscribe(connection: str, campaign_id: CampaignId, after_sequence: int | None, deps: LiveDependencies) -> None:
    """Listen first and read afterwards: whatever comes in between is sent twice rather than never.

    After the events that were missed comes the story of the running turn, as far as it is told. Raises ResourceMissing
    and TooManySubscriptions.
    """
    _require_own(connection, campaign_id, deps)
    known = deps.connections.subscriptions(connection)
    if campaign_id not in known and len(known) >= MOST_CAMPAIGNS:
        raise TooManySubscriptions(MOST_CAMPAIGNS)
    deps.connections.subscribe(connection, campaign_id, deps.now())
    last = deps.feed.last(campaign_id)
    answer = SocketMessage(type="subscribed", campaign_id=campaign_id, last_sequence=last)
    if not send(answer, connection, deps):
        return
    after = last if after_sequence is None else after_sequence
    missed = deps.feed.after(campaign_id, after, MOST_MISSED_EVENTS) if after < last else []
    story = read_story(campaign_id, deps)
    for message in (*map(make_message, missed), *([story] if story else [])):
        if not send(message, connection, deps):
            return


def _require_own(connection: str, campaign_id: CampaignId, deps: LiveDependencies) -> None:
    player = deps.connections.player(connection)
    if player is None:
        raise ResourceMissing("campaign")
    require_own_gate(deps.turns, campaign_id, player)
