"""Listeners of a campaign: one item beside its feed, FEED#<campaign> / LISTENERS (connections)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.envelope import CampaignId
from services.gateway.adapters import items

CONNECTIONS = "connections"


def listeners_key(campaign: CampaignId) -> items.Item:
    """Beside the feed's count: one query reads both."""
    return items.item({"pk": f"FEED#{campaign}", "sk": "LISTENERS"})


def members(stored: Mapping[str, Any] | None, name: str) -> list[str]:
    """The members of a set in an item; an empty one is not there."""
    found: list[str] = (stored or {}).get(name, {}).get("SS", [])
    return found
