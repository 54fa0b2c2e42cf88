"""Guests whom nobody can come back as: what is held about them goes, as if they had asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from services.gateway.domain.accounts import Account, EnteredGuest, is_guest


class AccountReader(Protocol):
    """Accounts, by player: a player with one is no guest."""

    def account(self, player: str) -> Account | None: ...


@dataclass(frozen=True)
class ExpiryDependencies:
    """`begin_erasure` takes the player and the name in the pool; begun once more it changes nothing."""

    accounts: AccountReader
    begin_erasure: Callable[[str, str], object]


def erase_expired(guests: Iterable[EnteredGuest], deps: ExpiryDependencies) -> None:
    """Begin to erase each of these guests who has not become an account meanwhile."""
    for guest in guests:
        if is_guest(deps.accounts.account(guest.player)):
            deps.begin_erasure(guest.player, guest.username)
