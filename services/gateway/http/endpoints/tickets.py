"""Tickets for the WebSocket."""

from __future__ import annotations

from contracts.playerapi import Ticket
from services.gateway.application import tickets
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.sockets import TicketHolder
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation


@operation(
    Operation(
        id="socket_tickets.issue",
        tag="live",
        answers={201: SuccessResponse(Ticket)},
        refuses=(problems.TOO_LARGE, problems.RATE_LIMITED),
    )
)
def issue_ticket(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """A ticket that opens one WebSocket, once, within a minute. Nothing is asked for: a body is not read."""
    bodies.check_size(request)
    holder = TicketHolder(request.player, request.session, request.token_issued)
    return HttpResponse(201, tickets.issue_ticket(holder, deps).model_dump_json())
