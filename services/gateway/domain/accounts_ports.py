"""What accounts need from the world outside: the pool that knows passwords, and a register of who came back as whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.gateway.domain.limits import Limits


@dataclass(frozen=True)
class Tokens:
    """What the pool gives a player. `refresh` is absent when the one that was sent stays valid."""

    player: str
    access: str = field(repr=False)
    expires_in: int
    refresh: str | None = field(default=None, repr=False)


class SignInRefused(Exception):
    """No such player, or not this password: nobody is told which."""


class SessionOver(Exception):
    """A refresh token that opens nothing: expired, revoked, or never ours."""


class PasswordTooWeak(Exception):
    """Against the pool's rules; `rules` says which, as far as the pool tells."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__("the password is against the pool's rules")
        self.rules = rules


class Pool(Protocol):
    """Who players are."""

    def enter_guest(self) -> Tokens:
        """A new player under a name and a password that nobody keeps."""

    def sign_in(self, username: str, password: str) -> Tokens:
        """Raises SignInRefused."""

    def renew(self, refresh: str) -> Tokens:
        """Raises SessionOver."""

    def set_password(self, username: str, password: str) -> None:
        """Raises PasswordTooWeak, and SessionOver when the player is gone."""

    def set_email(self, username: str, email: str) -> None:
        """Where to write to. Not verified by this: it neither signs in nor recovers anything by itself."""


class Register(Protocol):
    """Which e-mail opens which player's account. It knows the digests of e-mails only."""

    def account(self, player: str) -> str | None:
        """The digest of the e-mail that this player's account has; None for a guest."""

    def username(self, digest: str) -> str | None:
        """Whom this e-mail signs in."""

    def open_account(self, player: str, username: str, digest: str) -> bool:
        """False when the player has an account or the e-mail a player: nothing is written then."""


@dataclass(frozen=True)
class Reception:
    """Everything a request about accounts is served with."""

    pool: Pool
    register: Register
    now: Callable[[], datetime]
    notice: Callable[[str], None]
    limits: Limits = field(default_factory=Limits)
