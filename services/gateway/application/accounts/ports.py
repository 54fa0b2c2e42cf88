"""Ports of accounts: the pool that knows passwords, and a register of who has which e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.gateway.application.erasing.beginning import Erasures
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.accounts import Account, EnteredGuest
from services.gateway.domain.sessions import SessionTokens
from services.gateway.domain.sockets import Socket


class UserPool(Protocol):
    """The pool of players. Its errors are those of `domain/sessions.py`."""

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
        """The address that this player is written to. Raises SessionOver."""

    def verified_email(self, access: str) -> str | None:
        """The same, if this player has verified it. Raises SessionOver."""

    def set_email(self, username: str, email: str) -> None:
        """Set the address to write to; a code goes there. Unverified, it neither signs in nor recovers anything. Raises
        SessionOver when the player is gone."""

    def send_code(self, access: str) -> None:
        """Another code to the e-mail of this player. Raises SessionOver."""

    def verify(self, access: str, code: str) -> None:
        """This player reads what is sent there. Raises CodeRefused, EmailTaken and SessionOver."""

    def send_reset_code(self, username: str) -> None:
        """A code for a new password, by mail: only to an e-mail that was verified. To all others nothing goes, and
        nothing tells."""

    def reset_password(self, username: str, code: str, password: str) -> None:
        """A new password for whoever has the code. Raises CodeRefused, PasswordRefused."""

    def end_sessions(self, username: str) -> None:
        """Every session of this player ends. A failure is told to operators."""


class AccountRegister(Protocol):
    """The register of which e-mails open which player's account. It knows the digests of e-mails only."""

    def account(self, player: str) -> Account | None:
        """The account of this player, or the one that is being opened; None for a guest."""

    def usernames(self, email: str) -> list[str]:
        """Usernames this e-mail may sign in: whoever verified it, then those who named it first; at most MOST_TRIED."""

    def begin(self, account: Account, username: str, before: Account | None) -> bool:
        """Begin to open an account, in place of one whose opening was given up. False when another request did."""

    def finish(self, account: Account) -> bool:
        """The account is open. False when another request opens one by now."""

    def give_up(self, account: Account) -> None:
        """The player is a guest again, unless another request opens an account by now."""

    def verify(self, account: Account, username: str) -> None:
        """The e-mail is this player's first of all."""


class Guests(Protocol):
    """Guests who came, until nobody can come back as one."""

    def enter(self, guest: EnteredGuest, now: datetime) -> None: ...


class PlayerSockets(Protocol):
    """Open sockets, by player."""

    def of(self, player: str) -> list[Socket]: ...

    def end_session(self, session: str, now: datetime) -> None:
        """No socket is opened by this session any more."""

    def end_sessions(self, player: str, now: datetime) -> None:
        """No socket is opened by a token that the player has by now, or gets within this second."""


@dataclass(frozen=True)
class AccountDependencies:
    """Everything a request about accounts is served with."""

    pool: UserPool
    register: AccountRegister
    guests: Guests
    sockets: PlayerSockets
    close: Callable[[str], bool]
    """Ends a connection. False when that failed."""
    forget: Callable[[str], None]
    """From now on a connection listens to nothing, even should it go on."""
    now: Callable[[], datetime]
    pause: Callable[[float], None]
    notice: Callable[[str], None]
    limiter: RateLimiter = field(default_factory=RateLimiter)
    erasures: Erasures = field(kw_only=True)
    settles: timedelta = field(kw_only=True)
    """The most that a request lasts, or a ticket that it got: for so long an erasure waits before it looks again."""
