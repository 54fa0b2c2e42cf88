"""Read the turns of a player's own campaigns."""

from __future__ import annotations

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import Turn, TurnPage
from services.gateway.application.gates import refuse_erased_campaign, require_own_gate
from services.gateway.application.ports import PlayerDependencies, ReadDependencies
from services.gateway.application.turns.waiting import await_end
from services.gateway.domain.records import TurnRecord
from services.gateway.domain.rejections import InvalidQuery, ResourceMissing


def read_turn(player: str, campaign_id: CampaignId, turn_id: TurnId, wait: int, deps: PlayerDependencies) -> TurnRecord:
    """A turn as it is, or as it has become once the client has waited. Raises ResourceMissing and
    TooManyRequests."""
    turn = deps.turns.turn(campaign_id, turn_id)
    if turn is None:
        refuse_erased_campaign(deps.turns, campaign_id, player)
    if turn is None or turn.owner != player:
        raise ResourceMissing("turn")
    return await_end(turn, deps, wait)


def list_turns(
    player: str, campaign_id: CampaignId, before: TurnId | None, limit: int, deps: ReadDependencies
) -> TurnPage:
    """Turns of a campaign, newest first, from the one before `before` on."""
    require_own_gate(deps.turns, campaign_id, player)
    start = deps.turns.turn(campaign_id, before) if before else None
    if before and start is None:
        raise InvalidQuery("before", "is not a turn of this campaign")
    found = deps.turns.turns(campaign_id, start.ordinal if start else None, limit + 1)
    return TurnPage(
        items=tuple(Turn.model_validate_json(turn.json()) for turn in found[:limit]),
        next_before=found[limit - 1].turn_id if len(found) > limit else None,
    )
