"""Sessions: come in as a guest, sign in, renew a session, end it."""

from __future__ import annotations

from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.domain.keys import digest_email
from services.gateway.domain.limits import EVERYBODY, NEIGHBOURHOOD, client_network
from services.gateway.domain.rejections import GuestsFull, SessionExpired, SignInFailed, TooManyRequests
from services.gateway.domain.sessions import SessionOver, SessionTokens, SignInRefused


def enter_guest(address: str | None, deps: AccountDependencies) -> SessionTokens:
    """A new player, counted by household, then by neighbourhood, then with all of the day, so that whoever is refused
    by one of these takes nothing of the next. Raises GuestsFull."""
    now = deps.now()
    deps.limiter.count(client_network(address), "guests", now)
    deps.limiter.count(client_network(address, NEIGHBOURHOOD), "neighbouring-guests", now)
    try:
        deps.limiter.count(EVERYBODY, "all-guests", now)
    except TooManyRequests as refused:
        raise GuestsFull(refused.most, refused.wait) from None
    return deps.pool.enter_guest()


def sign_in(email: str, password: str, address: str | None, deps: AccountDependencies) -> SessionTokens:
    """A session for an e-mail and its password. Raises SignInFailed.

    An e-mail that has no account goes to the pool as well: both answers take the same time and are the same.
    """
    deps.limiter.count(client_network(address), "sign-ins", deps.now())
    username = deps.register.username(digest_email(email)) or email
    try:
        return deps.pool.sign_in(username, password)
    except SignInRefused:
        raise SignInFailed from None


def renew(refresh: str, deps: AccountDependencies) -> SessionTokens:
    """A new access token for a refresh token. Raises SessionExpired."""
    try:
        return deps.pool.renew(refresh)
    except SessionOver:
        raise SessionExpired from None


def is_guest(player: str, deps: AccountDependencies) -> bool:
    return deps.register.account(player) is None


def revoke(refresh: str, deps: AccountDependencies) -> None:
    """End a session. One that has ended already is ended."""
    deps.pool.revoke(refresh)
