"""The account of a guest: an e-mail and a password for the same player.

An account is begun, gets its password, and is finished. Of several requests of one guest the one that began it sets the
password; the others wait for its end. What was begun and never finished is begun again by the next request.

An e-mail that was not verified keeps nobody else from naming it: strangers are not told who plays here, and the first
to come does not keep it from its owner, whom it signs in before all others once it is verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from contracts.errors import Transient
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.application.accounts.sessions import close_session, find_session
from services.gateway.application.erased_players import refuse_erased
from services.gateway.domain.accounts import Account, begin_account
from services.gateway.domain.keys import digest_email
from services.gateway.domain.limits import client_network
from services.gateway.domain.passwords import UNKNOWN_RULE, require_strong
from services.gateway.domain.rejections import AccountExists, EmailInUse, SessionExpired, WeakPassword
from services.gateway.domain.sessions import PasswordRefused, SessionOver, SessionTokens, SignInRefused

WAIT = timedelta(seconds=8)
"""For another request that opens the account: less than the function may take."""
PAUSE = 0.2
TRIES = 3


@dataclass(frozen=True)
class Guest:
    """A guest who wants an account: the player, its name in the pool, and where the request came from."""

    player: str
    username: str
    address: str | None = None


def open_account(guest: Guest, email: str, password: str, deps: AccountDependencies) -> SessionTokens:
    """Give a guest an e-mail and a password. The same request again has the same answer.

    Raises WeakPassword, EmailInUse, AccountExists, SessionExpired, BeingErased; Transient when another request is at it
    for long.
    """
    refuse_erased(guest.player, deps.erasures)
    digest, password = digest_email(email), require_strong(password)
    deps.limiter.count(guest.player, "accounts", deps.now())
    _refuse_second_account(guest, email, password, deps)
    for _ in range(TRIES):
        before = _await_end(guest.player, deps)
        if before and before.opening is None:
            return _repeat(before, guest.username, email, password, deps)
        account = begin_account(guest.player, digest, deps.now())
        if deps.register.begin(account, guest.username, before):
            return _open(account, guest.username, email, password, deps)
    raise Transient("other requests kept opening this account")


def _await_end(player: str, deps: AccountDependencies) -> Account | None:
    """The account of this player once nobody is opening one. `opening` is set when that was given up."""
    until = deps.now() + WAIT
    account = deps.register.account(player)
    while account and account.is_opening(deps.now()):
        if deps.now() >= until:
            raise Transient("another request is opening this account")
        deps.pause(PAUSE)
        account = deps.register.account(player)
    return account


def _refuse_second_account(guest: Guest, email: str, password: str, deps: AccountDependencies) -> None:
    """Refuse an e-mail and a password that open an account already: they could not reach two. Asking is a sign-in, and
    counted as one. Raises EmailInUse."""
    deps.limiter.count(client_network(guest.address), "sign-ins", deps.now())
    opened = find_session(email, password, deps, but=guest.username)
    if opened:
        close_session(opened, deps)
        raise EmailInUse


def _open(account: Account, username: str, email: str, password: str, deps: AccountDependencies) -> SessionTokens:
    try:
        deps.pool.set_password(username, password)
    except PasswordRefused:
        deps.register.give_up(account)
        raise WeakPassword((UNKNOWN_RULE,)) from None
    except SessionOver:
        deps.register.give_up(account)
        raise SessionExpired from None
    try:
        tokens = deps.pool.sign_in(username, password)
        deps.pool.set_email(username, email)
    except (SignInRefused, SessionOver):
        raise _overtaken(account, deps) from None
    if not deps.register.finish(account):
        raise _overtaken(account, deps)
    return tokens


def _overtaken(account: Account, deps: AccountDependencies) -> Transient:
    """Another request opens this account. Raises BeingErased when that is not so, but its player goes."""
    refuse_erased(account.player, deps.erasures)
    return Transient("another request is opening this account")


def _repeat(account: Account, username: str, email: str, password: str, deps: AccountDependencies) -> SessionTokens:
    """The session of an account that is open, when these are the e-mail and the password that opened it."""
    if account.email != digest_email(email):
        raise AccountExists
    try:
        tokens = deps.pool.sign_in(username, password)
    except SignInRefused:
        raise AccountExists from None
    if digest_email(deps.pool.email(tokens.access) or "") != account.email:  # once more would unverify it
        deps.pool.set_email(username, email)
    return tokens
