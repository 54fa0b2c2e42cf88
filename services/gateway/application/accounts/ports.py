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
    """Against the pool's rules, though not against those that we know (`accounts_passwords.py`)."""


class CodeRefused(Exception):
    """Another code, one that was used or is too old, or one too many tried: nobody is told which."""


class EmailTaken(Exception):
    """Somebody else has proved that this e-mail is theirs."""


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

    def forgot(self, username: str) -> None:
        """A code for a new password, by mail: only to an e-mail that was verified. To all others nothing goes, and
        nothing tells."""

    def recover(self, username: str, code: str, password: str) -> None:
        """A new password for whoever has the code; every session ends. Raises CodeRefused, PasswordTooWeak."""


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
