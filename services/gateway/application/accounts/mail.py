"""Codes by mail: to verify an e-mail, and to set a new password.

Only a verified e-mail gets a code for a password: else whoever mistypes an address gives the account away. Nobody who
asks is told whether an e-mail has an account or is verified: the same calls are made, and the answers are the same.
"""

from __future__ import annotations

from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.application.accounts.sessions import close_all, usernames
from services.gateway.application.erased_players import refuse_erased
from services.gateway.domain.accounts import Account
from services.gateway.domain.limits import client_network
from services.gateway.domain.passwords import UNKNOWN_RULE, require_strong
from services.gateway.domain.rejections import EmailInUse, InvalidCode, NoAccount, SessionExpired, WeakPassword
from services.gateway.domain.sessions import (
    CodeRefused,
    EmailTaken,
    PasswordRefused,
    SessionOver,
    SessionTokens,
    SignInRefused,
)


def verify_email(player: str, username: str, access: str, code: str, deps: AccountDependencies) -> None:
    """From now on the e-mail signs in this player before all others who named it. `access` is the caller's own token.

    Raises NoAccount, InvalidCode, EmailInUse and SessionExpired.
    """
    account = _require_account(player, deps)
    deps.limiter.count(player, "codes", deps.now())
    try:
        deps.pool.verify(access, code)
    except CodeRefused:
        raise InvalidCode from None
    except EmailTaken:
        raise EmailInUse from None
    except SessionOver:
        raise SessionExpired from None
    deps.register.verify(account, username)


def send_code(player: str, access: str, deps: AccountDependencies) -> None:
    """Send another code to verify the e-mail with. Raises NoAccount and SessionExpired."""
    _require_account(player, deps)
    deps.limiter.count(player, "mails", deps.now())
    try:
        deps.pool.send_code(access)
    except SessionOver:
        raise SessionExpired from None


def send_reset_code(email: str, address: str | None, deps: AccountDependencies) -> None:
    """Send a code that sets a new password, when the e-mail has an account and was verified."""
    deps.limiter.count(client_network(address), "mails", deps.now())
    for username in usernames(email, deps):
        deps.pool.send_reset_code(username)


def reset_password(email: str, code: str, password: str, address: str | None, deps: AccountDependencies) -> None:
    """Set a new password, end all sessions and close their sockets. Raises WeakPassword and InvalidCode.

    The same again, after an answer that was lost, goes on with what is left: the code is used up then, but the password
    is good. That is a sign-in, and counted as one.
    """
    password = require_strong(password)
    deps.limiter.count(client_network(address), "codes", deps.now())
    names = usernames(email, deps)
    changed = next((each for each in names if _sets_password(each, code, password, deps)), None)
    if changed is None:
        deps.limiter.count(client_network(address), "sign-ins", deps.now())
    opened = {each: _sign_in(each, password, deps) for each in ([changed] if changed else names)}
    username = changed or next((each for each, tokens in opened.items() if tokens), None)
    if username is None:
        raise InvalidCode
    tokens = opened[username]
    if tokens:  # before as well: whoever dies in between leaves no session that is over and may open a socket
        deps.sockets.end_sessions(tokens.player, deps.now())
    deps.pool.end_sessions(username)  # also the one that says who the player is
    if tokens:
        _close_sockets(tokens.player, deps)


def _sets_password(username: str, code: str, password: str, deps: AccountDependencies) -> bool:
    try:
        deps.pool.reset_password(username, code, password)
    except CodeRefused:
        return False
    except PasswordRefused:
        raise WeakPassword((UNKNOWN_RULE,)) from None
    return True


def _sign_in(username: str, password: str, deps: AccountDependencies) -> SessionTokens | None:
    """A session for a username and its password; it says who the player is. None when the pool refuses."""
    try:
        return deps.pool.sign_in(username, password)
    except SignInRefused:
        return None


def _close_sockets(player: str, deps: AccountDependencies) -> None:
    """Close the player's sockets: somebody who had the old password may be listening, or have a ticket.

    That all sessions ended is written down before their sockets are looked for. Tokens are dated by the second, so the
    answer waits for the next one: whoever signs in after it is no longer taken for somebody of before.
    """
    now = deps.now()
    deps.sockets.end_sessions(player, now)
    close_all(deps.sockets.of(player), deps)
    deps.pause(1 - now.timestamp() % 1)


def _require_account(player: str, deps: AccountDependencies) -> Account:
    refuse_erased(player, deps.erasures)
    account = deps.register.account(player)
    if account is None or account.opening is not None:
        raise NoAccount
    return account
