"""The gateway as it is deployed, in one process: its own handlers, every service's own code, simulated tables."""

from __future__ import annotations

import json
from typing import Any

import boto3

from services.campaign.tests.conftest import LINES, SIDE
from services.gateway.domain.records import WorkflowOutcome
from services.gateway.http import account_routes, player_routes
from services.gateway.http.paths import is_of_accounts
from services.gateway.tests.doubles import Workflow
from services.gateway.tests.player_client import JSON, PlayerClient
from services.gateway.wiring.http import http_handler
from stagekit.packing import unpack
from tests.contracttools.openapi.asgi import Application, front
from tests.support.real_stages import RealStages, Repertory, invoke
from tests.support.whole_turns import ENVIRONMENT

TOKEN = "token-of-a-guest"
LEAVER = "somebody-who-leaves"
"""Whoever asks to be erased here: the player of the house is still needed."""
DEPLOYED = {
    **ENVIRONMENT,
    "PROJECTION_TABLE": LINES,
    "PROJECTION_SIDE_TABLE": SIDE,
    "WEBSOCKET_ENDPOINT": "https://socket.example/live",
}


class Prompt(Workflow):
    """Plays a turn to its end as soon as it is started: nobody has to wait for the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.plays = Repertory().play

    def start(self, turn: Any) -> None:
        self.plays(turn)

    def play(self, turn: Any, seconds: int) -> WorkflowOutcome:
        return WorkflowOutcome(ended=self.plays(turn))


class House:
    """A house with one player in it, a guest whose campaign has a turn, and its door."""

    def __init__(self, dynamodb: Any) -> None:
        self.game = PlayerClient(dynamodb, workflow=Prompt(), stages=RealStages())  # type: ignore[arg-type]
        self.api = http_handler("api", player_routes.ROUTER, lambda: self.game.player_dependencies)
        self.accounts = http_handler("accounts", account_routes.ROUTER, lambda: self.game.account_dependencies)
        self.player = self.game.account_dependencies.pool.enter_guest().player
        (self.username,) = self.game.cognito.users
        self.game.cognito.given[TOKEN] = self.username
        self.classes = [each["id"] for each in self._ask("GET", "/v1/world")["classes"]]
        cat = {"character": {"name": "Ash", "class_id": self.classes[0]}}
        self.campaign = self._ask("POST", "/v1/campaigns", cat)["id"]
        action = {"action": "I look around"}
        self.turn = self._ask("POST", f"/v1/campaigns/{self.campaign}/turns", action)["id"]
        self._announce()

    @property
    def front(self) -> Application:
        return front(self._handler, {TOKEN: (self.player, self.username)})

    def _handler(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        http, claims = event["requestContext"]["http"], event["requestContext"].get("authorizer")
        if claims and (http["method"], http["path"]) == ("DELETE", "/v1/account"):
            claims["jwt"]["claims"]["sub"] = LEAVER
        return (self.accounts if is_of_accounts(http["method"], http["path"]) else self.api)(event, context)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {**JSON, "Idempotency-Key": self.game.new_key()}
        return self.game.ask(method, path, body, player=self.player, headers=headers).json

    def _announce(self) -> None:
        """Whoever hears what has happened so far hears it: the list of campaigns, the board, the feed."""
        items = [
            item for name in ("campaign", "gateway") for item in boto3.resource("dynamodb").Table(name).scan()["Items"]
        ]
        told = [json.loads(unpack(item["event"])) for item in items if item.get("entity") == "event"]
        bodies = [json.dumps({**each, "detail-type": each["detail_type"]}) for each in told]
        records = [{"messageId": str(n), "body": body, "eventSource": "aws:sqs"} for n, body in enumerate(bodies)]
        for service, function in (("campaign", "project"), ("gateway", "push")):
            assert invoke(service, function, {"Records": records}) == {"batchItemFailures": []}
