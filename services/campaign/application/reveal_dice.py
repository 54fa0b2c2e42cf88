"""The dice of a campaign: what was thrown, and at the end the seed it came from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from contracts.campaign import DiceListed
from services.campaign.application.ports import CampaignReader
from services.campaign.domain.dice import page_of
from services.campaign.domain.forking import turns_before

if TYPE_CHECKING:
    from contracts.campaign import ListDice, TurnCommitted


class TurnHistory(CampaignReader, Protocol):
    """Campaigns and all of their turns."""

    def history(self, campaign_id: str, after: int = 0) -> Iterator[TurnCommitted]:
        """Its own committed turns after number `after`, in order, read as they are taken. Raises CampaignMissing when
        it is erased meanwhile."""


def reveal_dice(request: ListDice, store: TurnHistory) -> DiceListed:
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
