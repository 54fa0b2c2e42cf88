"""Cognito's API, over the user pool in memory that the gateway's own tests have."""

from __future__ import annotations

from typing import Any

from services.gateway.tests.cognito import Cognito
from tests.simulation.network import LATE


class Pool(Cognito):
    """The service. Who is signed in is asked of nobody: the door verifies tokens by their signature. `set_late` has the
    players whose password was set once more when whoever had asked for it had given up."""

    def __init__(self) -> None:
        super().__init__()
        self.set_late: set[str] = set()

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        if operation == "admin_set_user_password" and within == LATE and params["Username"] in self.users:
            self.set_late.add(self.users[params["Username"]]["sub"])
        return getattr(self, operation)(**params)
