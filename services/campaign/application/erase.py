"""Erasing a campaign: a fact is written in its place, then all that is not a fact goes, bit by bit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from contracts.campaign import CampaignErased, TurnResolvedV1
from contracts.envelope import Event
from contracts.errors import CampaignMissing, Transient
from services.campaign.application.ports import CampaignReader
from services.campaign.domain.erasure import erased_event
from services.campaign.domain.stored import StoredCampaign

if TYPE_CHECKING:
    from contracts.campaign import EraseCampaign

MOST_ITEMS = 1000
"""Looked at in a run: a second or two of deletes."""


class ErasedEvent(Protocol):
    """An event as an outbox holds it."""

    @property
    def detail_type(self) -> str: ...
    @property
    def detail(self) -> dict[str, Any]: ...


class ErasableCampaigns(CampaignReader, Protocol):
    """Campaigns, to erase."""

    def entomb(self, base: StoredCampaign, event: Event) -> bool:
        """Put the number of its events in its place, this one with them; False when it is not as it was read."""

    def delete_rest(self, campaign_id: str, most: int) -> bool:
        """Delete what lies beside its state and is no event; whether more may be left."""

    def events(self, campaign_id: str) -> Iterable[ErasedEvent]:
        """Its events, which stay."""


def erase(request: EraseCampaign, store: ErasableCampaigns, now: datetime) -> CampaignErased:
    """Erase the campaign, or go on with it. Raises Transient when a turn was committed meanwhile: ask again."""
    campaign_id = request.envelope.campaign_id
    try:
        base = store.read(campaign_id)
    except CampaignMissing:
        pass  # erased so far, or never there
    else:
        if not store.entomb(base, erased_event(request.envelope, base, now)):
            raise Transient("the campaign was being written")
    if store.delete_rest(campaign_id, MOST_ITEMS):
        return CampaignErased(envelope=request.envelope, more=True)
    return CampaignErased(envelope=request.envelope, about=tuple(sorted(set(_subjects(store.events(campaign_id))))))


def _subjects(events: Iterable[ErasedEvent]) -> Iterator[str]:
    """The ids that the facts of turns are about. A fact about nothing in particular is about the place of its turn."""
    for event in events:
        if event.detail_type == TurnResolvedV1.detail_type:
            turn = event.detail["data"]
            yield turn["place"]["id"]
            yield from (id for fact in turn["facts"] for id in fact["about"])
