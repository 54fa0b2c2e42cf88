"""Sessions of players, and what the pool of players can answer instead of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class SessionTokens:
    """The tokens that the pool gives a player. `refresh` is absent when the one that was sent stays valid; `session` is
    what all tokens of a session have in common, empty when the pool does not say."""

    player: str
    access: str = field(repr=False)
    expires_in: int
    refresh: str | None = field(default=None, repr=False)
    session: str = field(default="", repr=False)
    username: str = field(default="", repr=False)


@dataclass(frozen=True)
class PlayerEntry:
    """The pool's entry of a player."""

    email: str | None = field(repr=False)
    verified: bool
    since: datetime


class SignInRefused(Exception):
    """No such player, or not this password: nobody is told which."""


class SessionOver(Exception):
    """A refresh token that opens nothing: expired, revoked, or never ours."""


class PasswordRefused(Exception):
    """Against the pool's rules, though not against those that we know (`passwords.py`)."""


class CodeRefused(Exception):
    """Another code, one that was used or is too old, or one too many tried: nobody is told which."""


class EmailTaken(Exception):
    """Another player has verified this e-mail."""
