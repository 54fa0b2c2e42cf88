"""Forks over HTTP: a campaign of one's own from a turn of another one of one's own."""

from __future__ import annotations

from functools import partial

from contracts.campaign import ForkCampaign
from contracts.envelope import Ancestor, CampaignId
from contracts.errors import CampaignMissing, CannotFork, KeyReused
from contracts.playerapi import Campaign, NewFork
from services.gateway.application.campaigns import creation as beginnings
from services.gateway.application.ports import Desk
from services.gateway.domain import keys
from services.gateway.http import bodies, problems
from services.gateway.http.endpoints.campaigns import SHOWN, envelope_of, own_gate
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation


@operation(
    Operation(
        id="forks.create",
        tag="campaigns",
        body=NewFork,
        keyed=True,
        answers={201: Told(Campaign, SHOWN)},
        refuses=(problems.cannot_fork, problems.rate_limited),
    )
)
def create(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """Fork the campaign after `at_turn`. The fork has a gate of its own: a turn of the parent does not hold it up."""
    key = keys.idempotency_key(request)
    wish = bodies.read(request, NewFork)
    origin = Ancestor(campaign_id=campaign_id, turn=wish.body.at_turn)
    return beginnings.once(request, desk, key, wish.fingerprint, partial(_forked, request, desk, key, origin))


def _forked(request: Request, desk: Desk, key: str, origin: Ancestor) -> Campaign:
    own_gate(request, desk, origin.campaign_id)
    desk.limits.spend(request.player, "forks", desk.now())
    envelope = envelope_of(request, keys.campaign_id_of(request.player, key), "fork")
    try:
        created = desk.stages.fork_campaign(ForkCampaign(envelope=envelope, owner=request.player, origin=origin))
    except CampaignMissing:
        raise problems.not_found("campaign") from None
    except CannotFork as refused:
        raise problems.cannot_fork(str(refused)) from None
    except KeyReused:
        raise problems.key_reused() from None
    return beginnings.shown(created)
