"""Tickets: a browser cannot send a token with a WebSocket, so it trades it for a ticket first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.gateway.application.erased_players import refuse_erased
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.sockets import TicketHolder

if TYPE_CHECKING:
    from contracts.playerapi import Ticket


def issue_ticket(holder: TicketHolder, deps: PlayerDependencies) -> Ticket:
    """A ticket that opens one WebSocket, once, within a minute, for as long as the session lasts."""
    refuse_erased(holder.player, deps.erasures)
    now = deps.now()
    deps.limiter.count(holder.player, "tickets", now)
    return deps.tickets.issue(holder, now)
