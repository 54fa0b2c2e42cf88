"""Remembering: the facts of a resolved turn, filed once, whatever the order and number of deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from services.chronicle.domain.entry import IndexEntry, entries_of, names_in

if TYPE_CHECKING:
    from contracts.campaign import TurnResolvedV1


class FactWriter(Protocol):
    """The facts of campaigns, to file."""

    def write(self, campaign_id: str, entries: Iterable[IndexEntry], names: frozenset[str], *, fresh: bool) -> None:
        """File each entry unless its place is taken or the campaign is erased, and make the names known. What is not
        `fresh` is filed by a look at the campaign alone."""


def remember_all(events: Iterable[TurnResolvedV1], facts: FactWriter, now: datetime, fresh_for: timedelta) -> None:
    """File every fact of these turns, those of a campaign together. What was told no longer ago than `fresh_for` is
    filed on the word of what is known of its campaign. Should that be erased since, the erasure's last step finds
    it."""
    by_campaign: dict[str, list[TurnResolvedV1]] = {}
    for event in events:
        by_campaign.setdefault(event.metadata.campaign_id, []).append(event)
    for campaign_id, told in by_campaign.items():
        entries = [entry for event in told for entry in entries_of(event.data)]
        names = frozenset[str]().union(*(names_in(event.data) for event in told))
        fresh = all(now - event.metadata.occurred_at <= fresh_for for event in told)
        facts.write(campaign_id, entries, names, fresh=fresh)
