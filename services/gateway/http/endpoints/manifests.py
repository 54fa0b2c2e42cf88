"""Manifests of turns: who told their sentences, signed, and the keys to verify it with."""

from __future__ import annotations

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import KeySet, SignedManifest
from services.gateway.application.ports import PlayerDependencies
from services.gateway.application.turns import manifests
from services.gateway.http import problems
from services.gateway.http.endpoints.turns import BEFORE, LIMIT
from services.gateway.http.exchange import OWNER, PUBLIC, HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation


@operation(
    Operation(
        id="manifests.show",
        tag="manifests",
        answers={200: SuccessResponse(SignedManifest)},
        refuses=(problems.RATE_LIMITED,),
    )
)
def show_manifest(
    request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId, turn_id: TurnId
) -> HttpResponse:
    """The manifest of a resolved turn: who told each sentence, and what it rests on."""
    signed = manifests.manifest_of_turn(request.player, campaign_id, turn_id, deps)
    return HttpResponse(200, signed.model_dump_json(), cache=OWNER)


@operation(
    Operation(
        id="manifests.listed",
        tag="manifests",
        queries=(LIMIT, BEFORE),
        answers={200: SuccessResponse(SignedManifest)},
        refuses=(problems.RATE_LIMITED,),
    )
)
def list_manifests(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """The same of a page of turns, newest first, under one signature."""
    limit, before = LIMIT.read(request), BEFORE.read(request)
    signed = manifests.manifests_of_turns(request.player, campaign_id, before, limit, deps)
    return HttpResponse(200, signed.model_dump_json())


@operation(Operation(id="manifests.keys", tag="manifests", answers={200: SuccessResponse(KeySet)}))
def show_keys(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """The public keys that manifests are signed with (RFC 7517)."""
    return HttpResponse(200, manifests.public_keys(deps).model_dump_json(), cache=PUBLIC)
