"""Accounts: which e-mail a player's account has, and how far its opening is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

OPENING = timedelta(seconds=30)
"""After it whoever was opening an account is dead: the function has half of that."""
SESSION_LIFE = timedelta(days=30)
"""The pool's: a refresh token is not renewed itself, so nobody comes back as a guest after it."""
GUEST_KEPT = SESSION_LIFE + timedelta(days=1)
MOST_TRIED = 3
"""Accounts that an e-mail may sign in: of whoever verified it, then of those who named it first."""


@dataclass(frozen=True)
class Account:
    """An account of a player. `email` is a digest; `named_at` (epoch ms) is when the e-mail was named; `opening`, while
    the account is being opened, is when that is given up (epoch seconds); `verified`: whether that is written down."""

    player: str
    email: str
    named_at: int = 0
    opening: int | None = None
    verified: bool = False

    def is_opening(self, now: datetime) -> bool:
        """Whether somebody is at it: what was given up is not."""
        return self.opening is not None and now.timestamp() < self.opening


@dataclass(frozen=True)
class EnteredGuest:
    """A player without an account, and their name in the pool."""

    player: str
    username: str = field(repr=False)


def is_guest(account: Account | None) -> bool:
    """Whether whoever has this account, if any, is a guest still: one that was never opened is none."""
    return account is None or account.opening is not None


def begin_account(player: str, email: str, now: datetime) -> Account:
    """The account of a guest whose opening begins now."""
    return Account(player, email, int(now.timestamp() * 1000), int((now + OPENING).timestamp()))
