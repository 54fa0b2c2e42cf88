"""Every route there is, as a request about one campaign and turn: taken from the routes, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.playerapi import (
    EmailVerification,
    EraseAccount,
    NewAccount,
    NewCampaign,
    NewFork,
    NewPassword,
    NewPasswordReset,
    NewReport,
    NewSession,
    NewTurn,
    SessionRevocation,
)
from services.gateway.http import account_routes, player_routes
from services.gateway.http.operations import find_operation
from services.gateway.http.paths import CAMPAIGN, ERASURE, EXPORT, PUBLIC_PATHS, TURN, is_of_accounts

BODIES: dict[type | None, Any] = {
    None: None,
    NewCampaign: {"character": {"name": "Ash", "class_id": "prowler"}},
    NewTurn: {"action": "I wait"},
    NewReport: {"reason": "wrong"},
    NewFork: {"at_turn": 0},
    NewAccount: {"email": "eve@example.org", "password": "Nine-lives-9"},
    NewSession: {"email": "eve@example.org", "password": "Nine-lives-9"},
    SessionRevocation: {"refresh_token": "eves-own"},
    EmailVerification: {"code": "111111"},
    EraseAccount: {"confirm": "erase"},
    NewPasswordReset: {"email": "eve@example.org"},
    NewPassword: {"email": "eve@example.org", "code": "111111", "password": "Nine-lives-9"},
}


@dataclass(frozen=True)
class Case:
    method: str
    path: str
    body: Any
    public: bool
    of_a_campaign: bool

    @property
    def function(self) -> str:
        return "accounts" if is_of_accounts(self.method, self.path) else "api"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def every_route(campaign: str, turn: str) -> Iterator[Case]:
    for pattern, methods in {**account_routes.ROUTES, **player_routes.ROUTES}.items():
        path = pattern.replace(CAMPAIGN, campaign).replace(TURN, turn).replace(ERASURE, f"/v1/erasures/e_{'a' * 32}")
        path = path.replace(EXPORT, f"x_{'a' * 26}")
        for method, serve in methods.items():
            body = BODIES[find_operation(serve).body]
            yield Case(method, path, body, pattern in PUBLIC_PATHS, CAMPAIGN in pattern)
