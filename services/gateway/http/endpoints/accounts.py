"""Players: come as a guest, become an account and stay the same player, sign in, go on, sign out."""

from __future__ import annotations

from contracts.playerapi import NewAccount, NewSession, Session, SessionRevocation
from services.gateway.application.accounts import sessions
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.application.accounts.upgrade import Guest, open_account
from services.gateway.domain.sessions import SessionTokens
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation


@operation(
    Operation(
        id="accounts.enter",
        tag="players",
        answers={201: SuccessResponse(Session)},
        refuses=(problems.TOO_LARGE, problems.RATE_LIMITED, problems.GUESTS_FULL),
    )
)
def enter(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Play at once, as a guest: a new player, whose campaigns last as long as the refresh token, thirty days."""
    bodies.check_size(request)
    return _render(201, sessions.enter_guest(request.address, deps), guest=True)


@operation(
    Operation(
        id="accounts.sign_in",
        tag="players",
        body=NewSession,
        answers={200: SuccessResponse(Session)},
        refuses=(problems.SIGN_IN_FAILED, problems.SESSION_EXPIRED, problems.RATE_LIMITED),
    )
)
def sign_in(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """A new access token, for an e-mail and its password or for a refresh token."""
    sent = bodies.parse(request, NewSession).body
    if sent.refresh_token is not None and sent.email is None and sent.password is None:
        tokens = sessions.renew(sent.refresh_token, deps)
    elif sent.refresh_token is None and sent.email is not None and sent.password is not None:
        tokens = sessions.sign_in(sent.email, sent.password, request.address, deps)
    else:
        errors = ({"pointer": "#", "detail": "Send refresh_token, or email and password."},)
        raise problems.INVALID_BODY.error(errors=errors)
    return _render(200, tokens, guest=sessions.is_guest(tokens.player, deps))


@operation(Operation(id="accounts.sign_out", tag="players", body=SessionRevocation, answers={204: SuccessResponse()}))
def sign_out(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """End a session: its refresh token gets no other access token, and its sockets are closed.

    The access token that is out goes on until it expires, but opens no socket: forget it. What was never a refresh
    token, or is none any more, is 204 as well. **A guest has no other way back**: with the last refresh token of a
    guest the cat is lost for good, so do not offer this to one without saying so.
    """
    sessions.revoke(bodies.parse(request, SessionRevocation).body.refresh_token, deps)
    return HttpResponse(204)


@operation(
    Operation(
        id="accounts.upgrade",
        tag="players",
        body=NewAccount,
        answers={200: SuccessResponse(Session)},
        refuses=(
            problems.EMAIL_TAKEN,
            problems.ALREADY_AN_ACCOUNT,
            problems.PASSWORD_TOO_WEAK,
            problems.SESSION_EXPIRED,
            problems.RATE_LIMITED,
        ),
    )
)
def upgrade(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Give a guest an e-mail and a password. The player stays the same, and so does everything that is the player's.

    The same request again, after an answer that was lost or beside the first, is answered as the first one is. Others
    may have named the same e-mail, which nobody is told; it is taken when the password opens another account of it.
    """
    sent = bodies.parse(request, NewAccount).body
    guest = Guest(request.player, request.username, request.address)
    tokens = open_account(guest, sent.email, sent.password, deps)
    return _render(200, tokens, guest=False)


def _render(status: int, tokens: SessionTokens, guest: bool) -> HttpResponse:
    session = Session(
        player_id=tokens.player,
        guest=guest,
        access_token=tokens.access,
        expires_in=tokens.expires_in,
        refresh_token=tokens.refresh,
    )
    return HttpResponse(status, session.model_dump_json(exclude_none=True))
