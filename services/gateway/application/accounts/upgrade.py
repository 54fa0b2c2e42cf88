"""The account of a guest: an e-mail and a password for the same player."""

from __future__ import annotations

from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.domain.keys import digest_email
from services.gateway.domain.passwords import UNKNOWN_RULE, require_strong
from services.gateway.domain.rejections import AccountExists, EmailInUse, SessionExpired, WeakPassword
from services.gateway.domain.sessions import PasswordRefused, SessionOver, SessionTokens, SignInRefused


def open_account(player: str, username: str, email: str, password: str, deps: AccountDependencies) -> SessionTokens:
    """Give a guest an e-mail and a password. The same request again has the same answer.

    Raises WeakPassword, EmailInUse, AccountExists and SessionExpired.
    """
    digest, password = digest_email(email), require_strong(password)
    deps.limiter.count(player, "accounts", deps.now())
    has = deps.register.account(player)
    if has is None:
        _open(player, username, digest, password, deps)
    elif has != digest:
        raise AccountExists
    try:
        tokens = deps.pool.sign_in(username, password)
    except SignInRefused:
        raise AccountExists from None
    if has is None or deps.pool.email(tokens.access) != email:  # once more would unverify it
        deps.pool.set_email(username, email)
    return tokens


def _open(player: str, username: str, digest: str, password: str, deps: AccountDependencies) -> None:
    """Set the password first: the pool may have rules of its own, and it is of no use without the account."""
    if deps.register.username(digest) is not None:
        raise EmailInUse
    try:
        deps.pool.set_password(username, password)
    except PasswordRefused:
        raise WeakPassword((UNKNOWN_RULE,)) from None
    except SessionOver:
        raise SessionExpired from None
    opened = deps.register.open_account(player, username, digest)
    if not opened and deps.register.account(player) != digest:
        raise EmailInUse
