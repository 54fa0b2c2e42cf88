"""Paths of the player API, and which function answers what is posted there."""

from __future__ import annotations

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
PUBLIC_PATHS = SIGN_IN_PATHS | {"/v1/health", "/v1/world", "/v1/.well-known/jwks.json"}
"""No token is needed there."""
ACCOUNT_PATHS = SIGN_IN_PATHS | {"/v1/account", "/v1/account/verification", "/v1/account/verification-codes"}
"""Whatever is posted there goes to the function `accounts`, which alone may talk to the pool of players."""
