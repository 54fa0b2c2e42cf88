"""The routes that the function `accounts` serves."""

from __future__ import annotations

from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.http.endpoints import account_mail, accounts, erasures
from services.gateway.http.paths import ERASURE
from services.gateway.http.routing import Router, Routes

ROUTES: Routes[AccountDependencies] = {
    "/v1/guests": {"POST": accounts.enter},
    "/v1/sessions": {"POST": accounts.sign_in},
    "/v1/sessions/revocation": {"POST": accounts.sign_out},
    "/v1/account": {"POST": accounts.upgrade, "DELETE": erasures.erase_account},
    "/v1/account/verification": {"POST": account_mail.verify_email},
    "/v1/account/verification-codes": {"POST": account_mail.send_code},
    ERASURE: {"GET": erasures.show_erasure},
    "/v1/password-resets": {"POST": account_mail.request_reset},
    "/v1/password-resets/confirmation": {"POST": account_mail.reset_password},
}
ROUTER = Router(ROUTES)
