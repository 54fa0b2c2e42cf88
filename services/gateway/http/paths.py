"""Paths of the player API, and which function answers what is posted there."""

from __future__ import annotations

import re

CAMPAIGN = r"(?P<campaign_id>c_[a-z2-7]{26})"
EXPORT = r"(?P<export_id>x_[a-z2-7]{26})"
TURN = r"(?P<turn_id>t_[a-z2-7]{26})"
SIGN_IN_PATHS = frozenset(
    {
        "/v1/guests",
        "/v1/sessions",
        "/v1/sessions/revocation",
        "/v1/password-resets",
        "/v1/password-resets/confirmation",
    }
)
ERASURE = r"/v1/erasures/(?P<erasure_id>e_[a-z2-7]{32})"
"""The path of an erasure. Its player has no token for long: the id is what one looks by."""
PUBLIC_PATHS = SIGN_IN_PATHS | {"/v1/health", "/v1/world", "/v1/.well-known/jwks.json", ERASURE}
"""No token is needed there."""
ACCOUNT_METHODS = {
    **dict.fromkeys((*SIGN_IN_PATHS, "/v1/account/verification", "/v1/account/verification-codes"), ("POST",)),
    "/v1/account": ("POST", "DELETE"),
    ERASURE: ("GET",),
}
"""Methods of the function `accounts`, which alone may let players in; by path, as a pattern."""


def is_of_accounts(method: str, path: str) -> bool:
    """Whether the function `accounts` answers this."""
    return any(method in methods and re.fullmatch(each, path) for each, methods in ACCOUNT_METHODS.items())
