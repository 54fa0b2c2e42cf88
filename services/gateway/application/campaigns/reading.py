"""Read campaigns, their dice, the leaderboard and the world, each from the service that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.campaign import (
    CampaignListed,
    CampaignViewed,
    DiceListed,
    ListCampaigns,
    ListStandings,
    StandingsListed,
    ViewCampaign,
)
from contracts.envelope import CampaignId
from contracts.errors import CampaignMissing, InvalidRequest
from contracts.lore import DescribeWorld, WorldDescribed
from contracts.playerapi import CampaignPage, Dice, Leaderboard, World
from services.gateway.application.campaigns.envelopes import make_envelope
from services.gateway.application.erased_players import refuse_erased
from services.gateway.application.gates import require_own_gate
from services.gateway.application.ports import PlayerDependencies, ReadDependencies
from services.gateway.domain.campaign_view import view_campaign
from services.gateway.domain.content_choices import content_choices
from services.gateway.domain.disclosure import DISCLOSURE
from services.gateway.domain.rejections import InvalidQuery, ResourceMissing

if TYPE_CHECKING:
    from contracts.campaign import ListDice
    from contracts.playerapi import Campaign


def read_campaign(player: str, campaign_id: CampaignId, traceparent: str | None, deps: ReadDependencies) -> Campaign:
    """A campaign as it is. Raises ResourceMissing."""
    gate = require_own_gate(deps.turns, campaign_id, player)
    request = ViewCampaign(envelope=make_envelope(campaign_id, "view", traceparent))
    try:
        viewed = deps.services.call(request, CampaignViewed)
    except CampaignMissing:
        raise ResourceMissing("campaign") from None
    return view_campaign(viewed, gate.active_turn)


def list_campaigns(player: str, limit: int, cursor: str | None, deps: ReadDependencies) -> CampaignPage:
    """The player's campaigns, last touched first. Raises InvalidQuery for a cursor that is not ours."""
    refuse_erased(player, deps.erasures)
    try:
        page = deps.services.call(ListCampaigns(owner=player, limit=limit, cursor=cursor), CampaignListed)
    except InvalidRequest:
        raise InvalidQuery("cursor", "is not one of ours") from None
    return CampaignPage(items=page.items, next_cursor=page.next_cursor)


def list_dice(player: str, request: ListDice, deps: ReadDependencies) -> Dice:
    """The rolls of a campaign, oldest first; the seed, too, once it has ended. Raises ResourceMissing."""
    campaign_id = request.envelope.campaign_id
    require_own_gate(deps.turns, campaign_id, player)
    try:
        thrown = deps.services.call(request, DiceListed)
    except CampaignMissing:
        raise ResourceMissing("campaign") from None
    return Dice(
        campaign_id=campaign_id,
        commitment=thrown.commitment,
        seed=thrown.seed,
        turns=thrown.turns,
        next_after=thrown.next_after,
        forked_from=thrown.lineage[-1] if thrown.lineage else None,
    )


def list_standings(player: str, limit: int, deps: ReadDependencies) -> Leaderboard:
    """The best campaigns of the world that is played here. Names and ids of the player's own campaigns only."""
    refuse_erased(player, deps.erasures)
    played = deps.services.call(DescribeWorld(), WorldDescribed).manifest.id
    request = ListStandings(viewer=player, world=played, limit=limit)
    listed = deps.services.call(request, StandingsListed)
    return Leaderboard(world=played, items=listed.items)


def describe_world(deps: PlayerDependencies) -> World:
    """The world that is played here: classes, places, tone; who tells its stories, and what they may hold."""
    seen = deps.services.call(DescribeWorld(), WorldDescribed)
    manifest = seen.manifest.model_dump(include=set(World.model_fields))
    choices = content_choices(deps.content_levels)
    return World(**manifest, classes=seen.classes, places=seen.places, disclosure=DISCLOSURE, content=choices)
