"""Whole turns of a player for whom everything is real but the cloud."""

from __future__ import annotations

import json
from typing import Any

import boto3

from services.gateway.tests.player_client import PlayerClient
from stagekit.packing import unpack
from tests.support.real_stages import RealStages, Repertory, invoke

TABLES = {"gateway": ("pk", "sk"), "campaign": ("pk", "sk"), "chronicle": ("pk", "sk"), "stages": ("id",)}
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "GATEWAY_TABLE": "gateway",
    "CAMPAIGN_TABLE": "campaign",
    "CHRONICLE_TABLE": "chronicle",
    "FRESH_SECONDS": "60",
    "STAGES_TABLE": "stages",
    "EVENT_BUS_NAME": "default",
    "WORLD": "nekopolis",
    "DM_PROVIDER": "understudy",
    "POWERTOOLS_SERVICE_NAME": "turn",
    "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
}


def lay(dynamodb: Any) -> None:
    """Make the empty tables."""
    for name, keys in TABLES.items():
        dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, ("HASH", "RANGE"), strict=False)],
        )


class Table:
    """A player for whom everything is real but the cloud."""

    def __init__(self, game: PlayerClient) -> None:
        self.game = game
        self.cast = Repertory()
        game.stages = RealStages()  # type: ignore[assignment]
        game.workflow.plays = lambda turn: self.cast.play(turn)
        classes = game.ask("GET", "/v1/world").json["classes"]
        self.campaign = str(game.start(class_id=classes[0]["id"]).json["id"])

    def act(self, action: str) -> dict[str, Any]:
        turn: dict[str, Any] = self.game.act(self.campaign, action, wait=20).json
        return turn

    def remembers(self) -> None:
        """The chronicle hears everything that was announced so far, again."""
        stored = boto3.resource("dynamodb").Table("campaign").scan()["Items"]
        told = [json.loads(unpack(item["event"])) for item in stored if item["entity"] == "event"]
        bodies = [json.dumps({**each, "detail-type": each["detail_type"]}) for each in told]
        records = [{"messageId": str(n), "body": b, "eventSource": "aws:sqs"} for n, b in enumerate(bodies)]
        assert invoke("chronicle", "remember", {"Records": records}) == {"batchItemFailures": []}

    def sheet(self) -> Any:
        return self.game.ask("GET", f"/v1/campaigns/{self.campaign}").json["sheet"]
