"""Campaigns that come to a player, new or forked: once per Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from contracts.campaign import CampaignCreated, CreateCampaign, ForkCampaign
from contracts.envelope import Ancestor, CampaignId, Envelope
from contracts.errors import CampaignMissing, CannotFork, KeyReused, Transient
from contracts.lore import DescribeWorld, WorldDescribed
from contracts.playerapi import Campaign
from contracts.state import ContentLevel
from services.gateway.application.campaigns.envelopes import make_envelope
from services.gateway.application.erased_players import refuse_erased
from services.gateway.application.gates import require_own_gate
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.campaign_view import view_campaign
from services.gateway.domain.keys import derive_campaign_id
from services.gateway.domain.names import require_name
from services.gateway.domain.records import Gate, KeyRecord
from services.gateway.domain.rejections import ContentTooLoose, ForkRejected, KeyInUse, ResourceMissing, UnknownClass

if TYPE_CHECKING:
    from contracts.canon import CatClass
    from contracts.playerapi import NewCampaign


@dataclass(frozen=True)
class KeyedRequest:
    """A request: who sends it, under which key, and what it is recognised by."""

    player: str
    key: str
    fingerprint: str
    traceparent: str | None = None

    def envelope(self, step: str) -> Envelope:
        """The envelope of a step towards the campaign that this key makes."""
        return make_envelope(derive_campaign_id(self.player, self.key), step, self.traceparent)


@dataclass(frozen=True)
class StoredAnswer:
    """The answer that a key has: the campaign as it was when it began, as JSON."""

    campaign_id: CampaignId
    record: KeyRecord
    was_replayed: bool = False


def create_campaign(request: KeyedRequest, new: NewCampaign, deps: PlayerDependencies) -> StoredAnswer:
    """Start a campaign. Its id follows from the key, so a repetition after a crash finds what was begun.

    Raises InvalidName, ContentTooLoose and UnknownClass for a character that cannot be.
    """
    return _run_once(request, deps, partial(_create, request, new, deps))


def fork_campaign(request: KeyedRequest, origin: Ancestor, deps: PlayerDependencies) -> StoredAnswer:
    """Fork a campaign of the player's own. The fork has a gate of its own: a turn of the parent does not hold it up."""
    return _run_once(request, deps, partial(_fork, request, origin, deps))


def _run_once(request: KeyedRequest, deps: PlayerDependencies, begin: Callable[[], Campaign]) -> StoredAnswer:
    """The campaign that `begin` starts, registered with a gate of its own; the original answer when the key has one.

    `begin` must give the same campaign for the same key: a crash between both steps is repaired by repeating.
    """
    refuse_erased(request.player, deps.erasures)
    known = deps.turns.key(request.player, request.key)
    if known:
        return _replay(known, request.fingerprint)
    campaign = begin()
    record = KeyRecord(request.fingerprint, campaign.model_dump_json(), campaign.version)
    gate = Gate(campaign.id, request.player, turns_resolved=campaign.turn)
    if deps.turns.register(gate, request.key, record, deps.now()):
        return StoredAnswer(campaign.id, record)
    first = deps.turns.key(request.player, request.key)
    if first:
        return _replay(first, request.fingerprint)
    if deps.turns.gate(campaign.id):  # the key has expired; the campaign that it made has not
        return StoredAnswer(campaign.id, record, was_replayed=True)
    raise Transient("another request is registering the campaign")


def _replay(known: KeyRecord, fingerprint: str) -> StoredAnswer:
    if known.fingerprint != fingerprint or known.answer is None:
        raise KeyInUse
    return StoredAnswer(Campaign.model_validate_json(known.answer).id, known, was_replayed=True)


def _create(request: KeyedRequest, new: NewCampaign, deps: PlayerDependencies) -> Campaign:
    name = require_name(new.character.name, deps.blocked_names)
    if new.content and new.content not in deps.content_levels:
        raise ContentTooLoose(new.content, deps.content_levels)
    world = deps.services.call(DescribeWorld(), WorldDescribed)
    cat = next((each for each in world.classes if each.id == new.character.class_id), None)
    if cat is None:
        raise UnknownClass(new.character.class_id, tuple(each.id for each in world.classes))
    deps.limiter.count(request.player, "campaigns", deps.now())
    order = _order(request.envelope("create"), request.player, name, cat, world, new.content)
    try:
        created = deps.services.call(order, CampaignCreated)
    except KeyReused:
        raise KeyInUse from None
    return view_campaign(created)


def _order(
    envelope: Envelope, owner: str, name: str, cat: CatClass, world: WorldDescribed, content: ContentLevel | None
) -> CreateCampaign:
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
        content=content,
    )


def _fork(request: KeyedRequest, origin: Ancestor, deps: PlayerDependencies) -> Campaign:
    require_own_gate(deps.turns, origin.campaign_id, request.player)
    deps.limiter.count(request.player, "forks", deps.now())
    order = ForkCampaign(envelope=request.envelope("fork"), owner=request.player, origin=origin)
    try:
        created = deps.services.call(order, CampaignCreated)
    except CampaignMissing:
        raise ResourceMissing("campaign") from None
    except CannotFork as refused:
        raise ForkRejected(str(refused)) from None
    except KeyReused:
        raise KeyInUse from None
    return view_campaign(created)
