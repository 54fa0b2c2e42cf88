"""What accounts need from the outside: the pool that knows passwords, and a register of who has which e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.sessions import SessionTokens


class UserPool(Protocol):
    """Who players are. The errors are those of `domain/sessions.py`."""

    def enter_guest(self) -> SessionTokens:
        """A new player under a name and a password that nobody keeps."""

    def sign_in(self, username: str, password: str) -> SessionTokens:
        """Raises SignInRefused."""

    def renew(self, refresh: str) -> SessionTokens:
        """Raises SessionOver."""

    def set_password(self, username: str, password: str) -> None:
        """Raises PasswordRefused, and SessionOver when the player is gone."""

    def revoke(self, refresh: str) -> None:
        """From now on it opens nothing. One that opens nothing already is none to complain of."""

    def email(self, access: str) -> str | None:
        """Where this player is written to. Raises SessionOver."""

    def set_email(self, username: str, email: str) -> None:
        """Where to write to; a code goes there. Not verified by this: it neither signs in nor recovers anything."""

    def send_code(self, access: str) -> None:
        """Another code to the e-mail of this player. Raises SessionOver."""

    def verify(self, access: str, code: str) -> None:
        """This player reads what is sent there. Raises CodeRefused, EmailTaken and SessionOver."""

    def send_reset_code(self, username: str) -> None:
        """A code for a new password, by mail: only to an e-mail that was verified. To all others nothing goes, and
        nothing tells."""

    def reset_password(self, username: str, code: str, password: str) -> None:
        """A new password for whoever has the code; every session ends. Raises CodeRefused, PasswordRefused."""


class AccountRegister(Protocol):
    """Which e-mail opens which player's account. It knows the digests of e-mails only."""

    def account(self, player: str) -> str | None:
        """The digest of the e-mail that this player's account has; None for a guest."""

    def username(self, digest: str) -> str | None:
        """Whom this e-mail signs in."""

    def open_account(self, player: str, username: str, digest: str) -> bool:
        """False when the player has an account or the e-mail a player: nothing is written then."""


@dataclass(frozen=True)
class AccountDependencies:
    """Everything a request about accounts is served with."""

    pool: UserPool
    register: AccountRegister
    now: Callable[[], datetime]
    notice: Callable[[str], None]
    limiter: RateLimiter = field(default_factory=RateLimiter)
