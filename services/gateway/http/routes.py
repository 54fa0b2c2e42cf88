"""From a method and a path to what answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.gateway.application.accounts.ports import Reception
from services.gateway.application.ports import Desk
from services.gateway.http import problems
from services.gateway.http.endpoints import account_mail as accounts_mail
from services.gateway.http.endpoints import accounts, campaigns, forks, turns, world
from services.gateway.http.endpoints import feed as feed_pages
from services.gateway.http.endpoints import leaderboard as standings
from services.gateway.http.endpoints import tickets as socket_tickets
from services.gateway.http.exchange import Answer, Request

Serve = Callable[..., Answer]

CAMPAIGN = r"(?P<campaign_id>c_[a-z2-7]{26})"
TURN = r"(?P<turn_id>t_[a-z2-7]{26})"
COME_IN = frozenset(
    {
        "/v1/guests",
        "/v1/sessions",
        "/v1/sessions/revocation",
        "/v1/password-resets",
        "/v1/password-resets/confirmation",
    }
)
PUBLIC_PATHS = COME_IN | {"/v1/health", "/v1/world"}
ACCOUNT_PATHS = COME_IN | {"/v1/account", "/v1/account/verification", "/v1/account/verification-codes"}
"""Whatever is posted there goes to the function `accounts`, which alone may talk to the pool of players."""
ROUTES: dict[str, dict[str, Serve]] = {
    "/v1/health": {"GET": world.health},
    "/v1/guests": {"POST": accounts.enter},
    "/v1/sessions": {"POST": accounts.sign_in},
    "/v1/sessions/revocation": {"POST": accounts.sign_out},
    "/v1/account": {"POST": accounts.upgrade},
    "/v1/account/verification": {"POST": accounts_mail.verify},
    "/v1/account/verification-codes": {"POST": accounts_mail.send_code},
    "/v1/password-resets": {"POST": accounts_mail.forgot},
    "/v1/password-resets/confirmation": {"POST": accounts_mail.recover},
    "/v1/world": {"GET": world.world},
    "/v1/tickets": {"POST": socket_tickets.issue},
    "/v1/leaderboard": {"GET": standings.leaderboard},
    "/v1/campaigns": {"GET": campaigns.listed, "POST": campaigns.create},
    f"/v1/campaigns/{CAMPAIGN}": {"GET": campaigns.show},
    f"/v1/campaigns/{CAMPAIGN}/dice": {"GET": campaigns.dice},
    f"/v1/campaigns/{CAMPAIGN}/events": {"GET": feed_pages.listed},
    f"/v1/campaigns/{CAMPAIGN}/forks": {"POST": forks.create},
    f"/v1/campaigns/{CAMPAIGN}/turns": {"GET": turns.listed, "POST": turns.take},
    f"/v1/campaigns/{CAMPAIGN}/turns/{TURN}": {"GET": turns.show},
}


def serve(request: Request, desk: Desk | Reception) -> Answer:
    """Answer a request: at the reception what is posted to ACCOUNT_PATHS, at the desk everything else.

    Whatever the client did wrong comes back as a problem; only our own failures raise.
    """
    try:
        return _dispatch(request, desk)
    except problems.Refusal as refusal:
        return refusal.answer()


def _dispatch(request: Request, desk: Desk | Reception) -> Answer:
    for pattern, methods in ROUTES.items():
        found = re.fullmatch(pattern, request.path)
        if found is None:
            continue
        answer = methods.get(request.method)
        if answer is None:
            raise problems.method_not_allowed(tuple(methods))
        if request.caller is None and request.path not in PUBLIC_PATHS:
            raise problems.unauthenticated()
        return answer(request, desk, **found.groupdict())
    raise problems.not_found("resource")
