"""The stream of a campaign's events."""

from __future__ import annotations


def stream_of(campaign_id: str) -> str:
    """The stream whose sequence numbers a campaign's events."""
    return f"campaign/{campaign_id}"
