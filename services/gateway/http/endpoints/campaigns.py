"""Campaigns over HTTP: start one, show one, list them, prove their dice."""

from __future__ import annotations

from functools import partial

from contracts.campaign import CreateCampaign, ListCampaigns, ListDice, ViewCampaign
from contracts.canon import CatClass
from contracts.envelope import CampaignId, Envelope
from contracts.errors import CampaignMissing, InvalidRequest, KeyReused
from contracts.lore import WorldDescribed
from contracts.playerapi import Campaign, CampaignPage, Dice, NewCampaign
from services.gateway.application.campaigns import creation as beginnings
from services.gateway.application.ports import Desk
from services.gateway.domain import keys
from services.gateway.domain.records import Gate
from services.gateway.http import bodies, preferences, problems
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation

LIMIT = preferences.page_size(20, 100)
CURSOR = preferences.Mark("cursor", "The `next_cursor` of the page before.", most=512)
DICE_LIMIT = preferences.page_size(50, 100)
AFTER_TURN = preferences.Whole("after_turn", 0, 0, 999_999, "The `next_after` of the page before.")
SHOWN = ("Location", "ETag")


@operation(
    Operation(
        id="campaigns.create",
        tag="campaigns",
        body=NewCampaign,
        keyed=True,
        answers={201: Told(Campaign, SHOWN)},
        refuses=(problems.unknown_class, problems.rate_limited),
    )
)
def create(request: Request, desk: Desk) -> Answer:
    """Start a campaign. Its id follows from the key, so a repetition after a crash finds what was begun."""
    key = keys.idempotency_key(request)
    wish = bodies.read(request, NewCampaign)
    return beginnings.once(request, desk, key, wish.fingerprint, partial(_created, request, desk, key, wish.body))


@operation(Operation(id="campaigns.show", tag="campaigns", conditional=True, answers={200: Told(Campaign, ("ETag",))}))
def show(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """A campaign as it is. Its ETag is its version: 304 when the client has that already."""
    gate = own_gate(request, desk, campaign_id)
    try:
        viewed = desk.stages.view_campaign(ViewCampaign(envelope=envelope_of(request, campaign_id, "view")))
    except CampaignMissing:
        raise problems.not_found("campaign") from None
    tag = f'"v{viewed.sheet.state.version}"'
    if _has(request, tag):
        return Answer(304, None, {"ETag": tag})
    campaign = beginnings.shown(viewed, gate.active_turn)
    return Answer(200, campaign.model_dump_json(), {"ETag": tag})


@operation(
    Operation(id="campaigns.listed", tag="campaigns", queries=(LIMIT, CURSOR), answers={200: Told(CampaignPage)})
)
def listed(request: Request, desk: Desk) -> Answer:
    """The caller's campaigns, last touched first."""
    limit, cursor = LIMIT.of(request), CURSOR.of(request) or None
    try:
        page = desk.stages.list_campaigns(ListCampaigns(owner=request.player, limit=limit, cursor=cursor))
    except InvalidRequest:
        raise problems.bad_query(CURSOR.name, "is not one of ours") from None
    return Answer(200, CampaignPage(items=page.items, next_cursor=page.next_cursor).model_dump_json())


@operation(Operation(id="campaigns.dice", tag="dice", queries=(AFTER_TURN, DICE_LIMIT), answers={200: Told(Dice)}))
def dice(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """What was rolled in the turns after `after_turn`, oldest first; the seed, too, once the campaign has ended."""
    order = ListDice(
        envelope=envelope_of(request, campaign_id, "dice"),
        after_turn=AFTER_TURN.of(request),
        limit=DICE_LIMIT.of(request),
    )
    own_gate(request, desk, campaign_id)
    try:
        thrown = desk.stages.list_dice(order)
    except CampaignMissing:
        raise problems.not_found("campaign") from None
    shown = Dice(
        campaign_id=campaign_id,
        commitment=thrown.commitment,
        seed=thrown.seed,
        turns=thrown.turns,
        next_after=thrown.next_after,
        forked_from=thrown.lineage[-1] if thrown.lineage else None,
    )
    return Answer(200, shown.model_dump_json())


def _created(request: Request, desk: Desk, key: str, wish: NewCampaign) -> Campaign:
    campaign_id = keys.campaign_id_of(request.player, key)
    world = desk.stages.describe_world()
    cat = next((each for each in world.classes if each.id == wish.character.class_id), None)
    if cat is None:
        raise problems.unknown_class(wish.character.class_id, tuple(each.id for each in world.classes))
    desk.limits.spend(request.player, "campaigns", desk.now())
    order = _order(envelope_of(request, campaign_id, "create"), request.player, wish.character.name, cat, world)
    try:
        created = desk.stages.create_campaign(order)
    except KeyReused:
        raise problems.key_reused() from None
    return beginnings.shown(created)


def _order(envelope: Envelope, owner: str, name: str, cat: CatClass, world: WorldDescribed) -> CreateCampaign:
    stock = {item.id: item for item in world.items}
    return CreateCampaign(
        envelope=envelope,
        owner=owner,
        name=name,
        cat=cat,
        items=tuple(stock[item] for item in cat.items),
        world=world.manifest,
        start=world.start,
        haven=world.haven,
    )


def own_gate(request: Request, desk: Desk, campaign_id: CampaignId) -> Gate:
    """The gate of one of the caller's own campaigns. Raises a 404 for any other."""
    gate = desk.ledger.gate(campaign_id)
    if gate is None or gate.owner != request.player:
        raise problems.not_found("campaign")
    return gate


def envelope_of(request: Request, campaign_id: CampaignId, step: str) -> Envelope:
    """The envelope of a request outside a turn."""
    key = f"{campaign_id}/{step}"
    return Envelope(idempotency_key=key, correlation_id=key, campaign_id=campaign_id, traceparent=request.traceparent)


def _has(request: Request, tag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known
