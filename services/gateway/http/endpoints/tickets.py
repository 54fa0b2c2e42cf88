"""Tickets over HTTP: a browser cannot send a token with a WebSocket, so it trades it for a ticket first."""

from __future__ import annotations

from contracts.playerapi import Ticket
from services.gateway.application.ports import Desk
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation


@operation(
    Operation(
        id="socket_tickets.issue",
        tag="live",
        answers={201: Told(Ticket)},
        refuses=(problems.too_large, problems.rate_limited),
    ),
)
def issue(request: Request, desk: Desk) -> Answer:
    """A ticket that opens one WebSocket, once, within a minute. Nothing is asked for: a body is not read."""
    bodies.bounded(request)
    now = desk.now()
    desk.limits.spend(request.player, "tickets", now)
    return Answer(201, desk.tickets.issue(request.player, now).model_dump_json())
