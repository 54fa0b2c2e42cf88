"""The tables of all services as their stacks make them, and a player with a new campaign."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from services.chronicle import wiring as chronicle_wiring
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.player_client import PlayerClient
from tests.support.quick_dynamodb import quick_aws
from tests.support.whole_turns import ENVIRONMENT, Table, lay


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with quick_aws():
        queues, dynamodb = boto3.client("sqs"), boto3.client("dynamodb")
        monkeypatch.setenv("FAILED_TURNS_QUEUE_URL", queues.create_queue(QueueName="failed")["QueueUrl"])
        lay(dynamodb)
        clear_wiring()
        chronicle_wiring.dynamodb.cache_clear()
        chronicle_wiring.chronicle.cache_clear()
        yield Table(PlayerClient(dynamodb))
        clear_wiring()
        chronicle_wiring.dynamodb.cache_clear()
        chronicle_wiring.chronicle.cache_clear()
