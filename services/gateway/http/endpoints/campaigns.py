"""Campaigns: start one, show one, list them, prove their dice."""

from __future__ import annotations

from contracts.campaign import ListDice
from contracts.envelope import CampaignId
from contracts.playerapi import Campaign, CampaignPage, Dice, NewCampaign
from services.gateway.application.campaigns import creation, reading
from services.gateway.application.campaigns.creation import KeyedRequest, StoredAnswer
from services.gateway.application.campaigns.envelopes import make_envelope
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.links import link_campaign
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.idempotency import read_key
from services.gateway.http.operations import Operation, SuccessResponse, operation
from services.gateway.http.queries import CursorParameter, IntegerParameter, page_size

LIMIT = page_size(20, 100)
CURSOR = CursorParameter("cursor", "The `next_cursor` of the page before.", most=512)
DICE_LIMIT = page_size(50, 100)
AFTER_TURN = IntegerParameter("after_turn", 0, 0, 999_999, "The `next_after` of the page before.")
CREATED = SuccessResponse(Campaign, ("Location", "ETag"))


@operation(
    Operation(
        id="campaigns.create",
        tag="campaigns",
        body=NewCampaign,
        keyed=True,
        answers={201: CREATED},
        refuses=(problems.UNKNOWN_CLASS, problems.INVALID_NAME, problems.CONTENT_NOT_ALLOWED, problems.RATE_LIMITED),
    )
)
def create_campaign(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """Start a campaign. Its id follows from the key, so a repetition after a crash finds what was begun."""
    key = read_key(request)
    sent = bodies.parse(request, NewCampaign)
    keyed = KeyedRequest(request.player, key, sent.fingerprint, request.traceparent)
    return render_created(creation.create_campaign(keyed, sent.body, deps))


@operation(
    Operation(
        id="campaigns.show", tag="campaigns", conditional=True, answers={200: SuccessResponse(Campaign, ("ETag",))}
    )
)
def show_campaign(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """A campaign as it is. Its ETag is its version: 304 when the client has that already."""
    campaign = reading.read_campaign(request.player, campaign_id, request.traceparent, deps)
    tag = f'"v{campaign.version}"'
    if _has(request, tag):
        return HttpResponse(304, None, {"ETag": tag})
    return HttpResponse(200, campaign.model_dump_json(), {"ETag": tag})


@operation(
    Operation(
        id="campaigns.listed", tag="campaigns", queries=(LIMIT, CURSOR), answers={200: SuccessResponse(CampaignPage)}
    )
)
def list_campaigns(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """The caller's campaigns, last touched first."""
    limit, cursor = LIMIT.read(request), CURSOR.read(request) or None
    return HttpResponse(200, reading.list_campaigns(request.player, limit, cursor, deps).model_dump_json())


@operation(
    Operation(id="campaigns.dice", tag="dice", queries=(AFTER_TURN, DICE_LIMIT), answers={200: SuccessResponse(Dice)})
)
def list_dice(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """Rolls of the turns after `after_turn`, oldest first; the seed, too, once the campaign has ended."""
    order = ListDice(
        envelope=make_envelope(campaign_id, "dice", request.traceparent),
        after_turn=AFTER_TURN.read(request),
        limit=DICE_LIMIT.read(request),
    )
    return HttpResponse(200, reading.list_dice(request.player, order, deps).model_dump_json())


def render_created(answer: StoredAnswer) -> HttpResponse:
    """The response to a request that made a campaign, now or earlier under the same key."""
    headers = {"Location": link_campaign(answer.campaign_id), "ETag": f'"v{answer.record.version}"'}
    replayed = {"Idempotency-Replayed": "true"} if answer.was_replayed else {}
    return HttpResponse(201, answer.record.answer, {**headers, **replayed})


def _has(request: HttpRequest, tag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known
