"""A gateway with a player in it, whose deployment's queues and logs are simulated, too."""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import boto3
import pytest

from infra.environment import Environment
from services.gateway.tests.conftest import dynamodb, game, other_services
from services.gateway.tests.player_client import TABLE, PlayerClient

__all__ = ["deployed", "dynamodb", "game", "other_services"]
GROUP = "/aws/lambda/ninelives-local-gateway-api"
EXPORTS = "exports"


@dataclass
class Deployed:
    """The deployment, and ways to leave something in it."""

    environment: Environment
    game: PlayerClient
    dead: str
    logs: Any
    sqs: Any

    def log(self, line: str) -> None:
        events = [{"timestamp": int(time.time() * 1000), "message": line}]
        self.logs.put_log_events(logGroupName=GROUP, logStreamName="one", logEvents=events)

    def keep_export(self, name: str, **files: str) -> None:
        content = BytesIO()
        with ZipFile(content, "w") as archive:
            for file, text in files.items():
                archive.writestr(f"{file}.json", text)
        self.environment.client("s3").put_object(Bucket=EXPORTS, Key=name, Body=content.getvalue())

    def user(self, email: str) -> str:
        """A player in the pool; the player's id."""
        self.game.cognito.add_known("guest-1", "ada")
        self.game.cognito.users["guest-1"]["email"] = email
        return "ada"


@pytest.fixture
def deployed(game: PlayerClient, other_services: None) -> Deployed:
    """Inside the mock of AWS that `game` is in, with its queues and logs."""
    sqs, logs = boto3.client("sqs"), boto3.client("logs")
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName="one")
    urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("erasures", "erasures-dead-letters")}
    published = {
        "gateway/table/gateway": TABLE,
        "gateway/user-pool-id": "pool",
        "gateway/bucket": EXPORTS,
        **{f"gateway/queue/{name}": url for name, url in urls.items()},
    }
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=EXPORTS)
    clients: dict[str, Any] = {
        "dynamodb": game.dynamodb,
        "s3": s3,
        "sqs": sqs,
        "logs": logs,
        "cognito-idp": game.cognito,
    }
    environment = Environment("local", published, clients.__getitem__)
    return Deployed(environment, game, urls["erasures-dead-letters"], logs, sqs)
