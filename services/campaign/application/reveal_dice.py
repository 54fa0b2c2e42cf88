"""Showing the dice: what was thrown, and at the end the seed it came from."""

from __future__ import annotations

from itertools import islice

from contracts.campaign import DiceListed, ListDice
from services.campaign.adapters.store import CampaignStore
from services.campaign.domain.dice import page_of
from services.campaign.domain.forking import turns_before


def list_dice(request: ListDice, store: CampaignStore) -> DiceListed:
    """A page of the campaign's dice, with its owner: who may see it is the gateway's to decide. Raises CampaignMissing.

    The seed is told only when the story has ended: whoever knew it earlier would know every roll to come. A fork shows
    its own turns: those before were rolled with an ancestor's seed.
    """
    campaign_id = request.envelope.campaign_id
    stored = store.read(campaign_id)
    after = max(request.after_turn, turns_before(stored.lineage))
    turns = store.history(campaign_id, after) if after < stored.state.turn else iter(())
    listed = page_of(islice(turns, request.limit))
    last = listed[-1].number if listed else after
    return DiceListed(
        envelope=request.envelope,
        owner=stored.owner,
        commitment=stored.state.seed_commitment,
        seed=stored.seed if stored.state.status == "ended" else None,
        turns=listed,
        next_after=last if last < stored.state.turn else None,
        lineage=stored.lineage,
    )
