"""The stream in which the gateway numbers its events."""

from __future__ import annotations


def stream_of(campaign_id: str) -> str:
    return f"turns/{campaign_id}"
