"""Sessions: come in as a guest, sign in, renew a session, end it."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.errors import Transient
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.domain import accounts
from services.gateway.domain.accounts import MOST_TRIED, EnteredGuest
from services.gateway.domain.keys import digest_email
from services.gateway.domain.limits import EVERYBODY, NEIGHBOURHOOD, client_network
from services.gateway.domain.rejections import GuestsFull, SessionExpired, SignInFailed, TooManyRequests
from services.gateway.domain.sessions import SessionOver, SessionTokens, SignInRefused
from services.gateway.domain.sockets import Socket

TRIES = 3
"""Most attempts to close one socket."""


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
    tokens = deps.pool.enter_guest()
    deps.guests.enter(EnteredGuest(tokens.player, tokens.username), now)
    return tokens


def sign_in(email: str, password: str, address: str | None, deps: AccountDependencies) -> SessionTokens:
    """A session for an e-mail and its password. Raises SignInFailed, and SessionExpired when it was ended, with all of
    the player's, before it could be given."""
    deps.limiter.count(client_network(address), "sign-ins", deps.now())
    tokens = find_session(email, password, deps)
    if tokens is None:
        raise SignInFailed
    try:
        _note_verified(tokens, deps)
    except SessionOver:
        raise SessionExpired from None
    return tokens


def _note_verified(tokens: SessionTokens, deps: AccountDependencies) -> None:
    """Write down that the pool calls the e-mail verified: it does of those who verified theirs before that was written
    down, who shared the purse of a household until then."""
    account = deps.register.account(tokens.player)
    if account and not account.verified and account.opening is None:
        email = deps.pool.verified_email(tokens.access)
        if email and digest_email(email) == account.email:
            deps.register.verify(account, tokens.username)


def find_session(email: str, password: str, deps: AccountDependencies, but: str | None = None) -> SessionTokens | None:
    """A session of the first account, `but` this one, that an e-mail and a password open. As many are tried whoever has
    the e-mail, so that the time tells nobody."""
    found = [tokens for username in usernames(email, deps, but) if (tokens := _try(username, password, deps))]
    for unwanted in found[1:]:
        close_session(unwanted, deps)
    return found[0] if found else None


def close_session(opened: SessionTokens, deps: AccountDependencies) -> None:
    """End a session that was opened just now, to see whether it can be, and was given to nobody."""
    if opened.refresh:
        deps.pool.revoke(opened.refresh)


def usernames(email: str, deps: AccountDependencies, but: str | None = None) -> list[str]:
    """MOST_TRIED names in the pool: those that the e-mail may sign in, and then of nobody."""
    digest = digest_email(email)
    known = [each for each in deps.register.usernames(digest) if each != but]
    return known + [f"nobody-{digest[:32]}-{number}" for number in range(MOST_TRIED - len(known))]


def renew(refresh: str, deps: AccountDependencies) -> SessionTokens:
    """A new access token for a refresh token. Raises SessionExpired."""
    try:
        return deps.pool.renew(refresh)
    except SessionOver:
        raise SessionExpired from None


def is_guest(player: str, deps: AccountDependencies) -> bool:
    return accounts.is_guest(deps.register.account(player))


def revoke(refresh: str, deps: AccountDependencies) -> None:
    """End a session and close its sockets. One that has ended already is ended. Raises Transient while a socket of it
    goes on: its token is still good then, to ask again with.

    That it ends is written down before its sockets are looked for: a socket that opens meanwhile sees that.
    """
    try:
        ending = deps.pool.renew(refresh)
    except SessionOver:
        ending = None
    if ending:
        if ending.session:
            deps.sockets.end_session(ending.session, deps.now())
        if not close_all((each for each in deps.sockets.of(ending.player) if each.belongs_to(ending.session)), deps):
            raise Transient("a socket could not be closed")
    deps.pool.revoke(refresh)


def close_all(sockets: Iterable[Socket], deps: AccountDependencies) -> bool:
    """Whether these have ended. What cannot be ended hears of nothing that happens from now on."""
    left = [each for each in sockets if not any(deps.close(each.connection) for _ in range(TRIES))]
    for each in left:
        deps.forget(each.connection)
    return not left


def _try(username: str, password: str, deps: AccountDependencies) -> SessionTokens | None:
    try:
        return deps.pool.sign_in(username, password)
    except SignInRefused:
        return None
