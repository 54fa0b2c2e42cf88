"""Erasures of players: what one consists of, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

STEPS = ("account", "campaigns", "traces", "again")
"""In their order: what leads to the person, what was played, what is left of the player, and all of it once more, when
no request from before can still be under way."""
REMEMBERED = timedelta(days=30)
"""The time for which it is known that a player was erased: longer than any token of theirs lives."""
Visit = Literal["first", "again"]


@dataclass(frozen=True)
class ErasureRecord:
    """An erasure as it is kept. `username` is the player's name in the pool, until it is done; `settles_at` is when
    nothing from before can be under way any more."""

    erasure_id: str
    player: str
    started_at: datetime
    settles_at: datetime
    username: str | None = field(default=None, repr=False)
    steps_done: int = 0
    campaigns: int = 0
    campaigns_done: int = 0

    @property
    def is_done(self) -> bool:
        return self.steps_done >= len(STEPS)
