"""The way to somewhere on the character's own map, and where a text says to go."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container

from contracts.state import CampaignState


def speaks_of(text: str, name: str) -> bool:
    """Whether a text speaks of this by its name. "the Sump Ledger" does not speak of The Sump."""
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?!(?-i:\s+[A-Z]))", text, re.IGNORECASE))


def find_first_step(state: CampaignState, goals: Container[str]) -> str | None:
    """The neighbouring place that begins a shortest known way to one of these places; None when none is known."""
    ways = {place.id: tuple(way.id for way in place.exits) for place in state.places}
    seen = {state.place.id}
    queue = deque((step, step) for step in ways.get(state.place.id, ()))
    while queue:
        place, step = queue.popleft()
        if place in goals:
            return step
        if place not in seen:
            seen.add(place)
            queue.extend((beyond, step) for beyond in ways.get(place, ()))
    return None
