"""Lambda entry point: guests, accounts and sessions. It alone may talk to the pool of players."""

from __future__ import annotations

from services.gateway.http.account_routes import ROUTER
from services.gateway.wiring.accounts import account_dependencies
from services.gateway.wiring.http import http_handler

handler = http_handler("accounts", ROUTER, account_dependencies)
