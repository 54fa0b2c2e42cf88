"""Who plays, over HTTP: come as a guest, become an account and stay the same player, sign in, go on, sign out."""

from __future__ import annotations

from hashlib import sha256

from contracts.playerapi import NewAccount, NewSession, Session, SessionRevocation
from services.gateway.application.accounts.ports import PasswordTooWeak, Reception, SessionOver, SignInRefused, Tokens
from services.gateway.domain.limits import house_of
from services.gateway.domain.passwords import UNKNOWN_RULE, strong
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation


@operation(
    Operation(
        id="accounts.enter",
        tag="players",
        answers={201: Told(Session)},
        refuses=(problems.too_large, problems.rate_limited),
    )
)
def enter(request: Request, reception: Reception) -> Answer:
    """Play at once, as a guest: a new player whose campaigns last as long as the refresh token is kept."""
    bodies.bounded(request)
    reception.limits.spend(house_of(request.address), "guests", reception.now())
    return _session(201, reception.pool.enter_guest(), guest=True)


@operation(
    Operation(
        id="accounts.sign_in",
        tag="players",
        body=NewSession,
        answers={200: Told(Session)},
        refuses=(problems.sign_in_failed, problems.session_expired, problems.rate_limited),
    )
)
def sign_in(request: Request, reception: Reception) -> Answer:
    """A new access token, for an e-mail and its password or for a refresh token."""
    asked = bodies.read(request, NewSession).body
    by_password = asked.email is not None and asked.password is not None
    if by_password == (asked.refresh_token is not None) or (asked.email is None) != (asked.password is None):
        raise problems.invalid(({"pointer": "#", "detail": "Send refresh_token, or email and password."},))
    if asked.refresh_token is not None:
        tokens = _renewed(asked.refresh_token, reception)
    else:
        reception.limits.spend(house_of(request.address), "sign-ins", reception.now())
        tokens = _known(asked.email or "", asked.password or "", reception)
    return _session(200, tokens, guest=reception.register.account(tokens.player) is None)


@operation(Operation(id="accounts.sign_out", tag="players", body=SessionRevocation, answers={204: Told()}))
def sign_out(request: Request, reception: Reception) -> Answer:
    """End a session: its refresh token gets no other access token.

    The one that is out goes on until it expires: forget it. What was never a refresh token, or is none any more, is 204
    as well. **A guest has no other way back**: with the last refresh token of a guest the cat is lost for good, so do
    not offer this to one without saying so.
    """
    reception.pool.revoke(bodies.read(request, SessionRevocation).body.refresh_token)
    return Answer(204)


@operation(
    Operation(
        id="accounts.upgrade",
        tag="players",
        body=NewAccount,
        answers={200: Told(Session)},
        refuses=(
            problems.email_taken,
            problems.already_an_account,
            problems.password_too_weak,
            problems.session_expired,
            problems.rate_limited,
        ),
    )
)
def upgrade(request: Request, reception: Reception) -> Answer:
    """Give a guest an e-mail and a password. The player stays the same, and so does everything that is the player's.

    The same request again, after an answer that was lost, is answered as the first one was.
    """
    asked = bodies.read(request, NewAccount).body
    player, digest, password = request.player, digest_of(asked.email), strong(asked.password)
    reception.limits.spend(player, "accounts", reception.now())
    has = reception.register.account(player)
    if has is None:
        _open(request, digest, password, reception)
    elif has != digest:
        raise problems.already_an_account()
    try:
        tokens = reception.pool.sign_in(request.username, password)
    except SignInRefused:
        raise problems.already_an_account() from None
    if has is None or reception.pool.email(tokens.access) != asked.email:  # once more would unverify it
        reception.pool.set_email(request.username, asked.email)
    return _session(200, tokens, guest=False)


def digest_of(email: str) -> str:
    """What an e-mail is looked up by: its text never lies in our table. Case does not matter."""
    return sha256(f"email|{email.strip().lower()}".encode("utf-8", "replace")).hexdigest()


def _open(request: Request, digest: str, password: str, reception: Reception) -> None:
    """Set the password first: the pool may have rules of its own, and it is of no use without the account."""
    if reception.register.username(digest) is not None:
        raise problems.email_taken()
    try:
        reception.pool.set_password(request.username, password)
    except PasswordTooWeak:
        raise problems.password_too_weak((UNKNOWN_RULE,)) from None
    except SessionOver:
        raise problems.session_expired() from None
    opened = reception.register.open_account(request.player, request.username, digest)
    if not opened and reception.register.account(request.player) != digest:
        raise problems.email_taken()


def _known(email: str, password: str, reception: Reception) -> Tokens:
    """An e-mail that has no account goes to the pool as well: both answers take the same time and are the same."""
    username = reception.register.username(digest_of(email)) or email
    try:
        return reception.pool.sign_in(username, password)
    except SignInRefused:
        raise problems.sign_in_failed() from None


def _renewed(refresh: str, reception: Reception) -> Tokens:
    try:
        return reception.pool.renew(refresh)
    except SessionOver:
        raise problems.session_expired() from None


def _session(status: int, tokens: Tokens, guest: bool) -> Answer:
    session = Session(
        player_id=tokens.player,
        guest=guest,
        access_token=tokens.access,
        expires_in=tokens.expires_in,
        refresh_token=tokens.refresh,
    )
    return Answer(status, session.model_dump_json(exclude_none=True))
