"""The lag of the projection behind the campaigns, measured on one event that it took in."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.campaign.domain.projection import CampaignRow

MILLISECOND = timedelta(milliseconds=1)
LATE = timedelta(seconds=10)
OVERDUE = timedelta(minutes=5)
"""An event older than one that came is usually under way. After this long it has to be looked for."""


def lag(occurred_at: datetime, now: datetime) -> timedelta:
    """The time since it happened; zero when the two clocks disagree."""
    return max(now - occurred_at, timedelta(0))


def overdue(row: CampaignRow, now: datetime) -> int:
    """The number of events of this campaign that are missing for longer than they can be under way.

    A missing one happened before the first that came after it, so it is at least as old as that.
    """
    return sum(last - first + 1 for first, last in row.seen.missing if now - row.resumed_at(last + 1) > OVERDUE)
