"""Manifests of told turns, made and signed when they are asked for: a turn costs nothing more for having one."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.envelope import CampaignId, TurnId
from contracts.manifest import StoryManifest
from contracts.playerapi import KeySet, SignedManifest, Turn
from services.gateway.application.ports import PlayerDependencies
from services.gateway.application.turns.reading import list_turns, read_turn
from services.gateway.domain import jws
from services.gateway.domain.manifest import describe_turn
from services.gateway.domain.rejections import ResourceMissing


def manifest_of_turn(player: str, campaign_id: CampaignId, turn_id: TurnId, deps: PlayerDependencies) -> SignedManifest:
    """The manifest of one turn. Raises ResourceMissing for one that tells no story, TooManyRequests."""
    turn = Turn.model_validate_json(read_turn(player, campaign_id, turn_id, 0, deps).json())
    story = _describe(campaign_id, (turn,))
    if not story.turns:
        raise ResourceMissing("manifest")
    return _sign(player, story, deps)


def manifests_of_turns(
    player: str, campaign_id: CampaignId, before: TurnId | None, limit: int, deps: PlayerDependencies
) -> SignedManifest:
    """The manifests of a page of turns, newest first, under one signature."""
    page = list_turns(player, campaign_id, before, limit, deps)
    signed = _sign(player, _describe(campaign_id, page.items), deps)
    return signed.model_copy(update={"next_before": page.next_before})


def public_keys(deps: PlayerDependencies) -> KeySet:
    """The keys that manifests are verified with."""
    return KeySet(keys=(deps.story_key.public,) if deps.story_key else ())


def _describe(campaign_id: CampaignId, turns: Iterable[Turn]) -> StoryManifest:
    return StoryManifest(campaign_id=campaign_id, turns=tuple(filter(None, map(describe_turn, turns))))


def _sign(player: str, story: StoryManifest, deps: PlayerDependencies) -> SignedManifest:
    if deps.story_key is None:
        return SignedManifest(unsigned=story)
    deps.limiter.count(player, "manifests", deps.now())
    signed = jws.signing_input(story.model_dump_json().encode(), deps.story_key.public.kid)
    return SignedManifest(jws=jws.compact(signed, deps.story_key.sign(signed)))
