"""Guests whom nobody can come back as: what is held about them goes, as if they had asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from services.gateway.domain.accounts import Account


class AccountReader(Protocol):
    """Who is no guest."""

    def account(self, player: str) -> Account | None: ...


@dataclass(frozen=True)
class ExpiryDependencies:
    """`begin_erasure` begins to erase a player; once more for one it was begun for changes nothing."""

    accounts: AccountReader
    begin_erasure: Callable[[str], None]


def erase_expired(guests: Iterable[str], deps: ExpiryDependencies) -> None:
    """Begin to erase each of these guests who has not become an account meanwhile."""
    for player in guests:
        account = deps.accounts.account(player)
        if account is None or account.opening is not None:
            deps.begin_erasure(player)
