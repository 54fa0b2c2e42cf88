"""Accounts: which e-mail a player's account has, and how far its opening is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

OPENING = timedelta(seconds=30)
"""After it whoever was opening an account is dead: the function has half of that."""
MOST_TRIED = 3
"""Accounts that an e-mail may sign in: of whoever verified it, then of those who named it first."""


@dataclass(frozen=True)
class Account:
    """An account of a player. `email` is a digest; `named_at` (epoch ms) is when the e-mail was named; `opening`, while
    the account is being opened, is when that is given up (epoch seconds)."""

    player: str
    email: str
    named_at: int = 0
    opening: int | None = None

    def is_opening(self, now: datetime) -> bool:
        """Whether somebody is at it: what was given up is not."""
        return self.opening is not None and now.timestamp() < self.opening


def begin_account(player: str, email: str, now: datetime) -> Account:
    """The account of a guest whose opening begins now."""
    return Account(player, email, int(now.timestamp() * 1000), int((now + OPENING).timestamp()))
