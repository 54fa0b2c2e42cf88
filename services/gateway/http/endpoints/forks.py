"""Forks: a campaign of one's own from a turn of another one of one's own."""

from __future__ import annotations

from contracts.envelope import Ancestor, CampaignId
from contracts.playerapi import NewFork
from services.gateway.application.campaigns import creation
from services.gateway.application.campaigns.creation import KeyedRequest
from services.gateway.application.ports import PlayerDependencies
from services.gateway.http import bodies, problems
from services.gateway.http.endpoints.campaigns import CREATED, render_created
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.idempotency import read_key
from services.gateway.http.operations import Operation, operation


@operation(
    Operation(
        id="forks.create",
        tag="campaigns",
        body=NewFork,
        keyed=True,
        answers={201: CREATED},
        refuses=(problems.CANNOT_FORK, problems.RATE_LIMITED),
    )
)
def fork_campaign(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """Fork the campaign after `at_turn`. The fork has a gate of its own: a turn of the parent does not hold it up."""
    key = read_key(request)
    sent = bodies.parse(request, NewFork)
    keyed = KeyedRequest(request.player, key, sent.fingerprint, request.traceparent)
    origin = Ancestor(campaign_id=campaign_id, turn=sent.body.at_turn)
    return render_created(creation.fork_campaign(keyed, origin, deps))
