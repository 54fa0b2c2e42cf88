from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import boto3
import pytest
from moto import mock_aws

from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.tests.player_client import TABLE, Answered, PlayerClient
from tests.support.quick_dynamodb import dynamodb_alone


@pytest.fixture(scope="session")
def dynamodb() -> Any:
    """One client for all tests: to make one takes longer than most of them. Every `dynamodb_alone` answers it."""
    with dynamodb_alone():
        return boto3.client("dynamodb", region_name="us-east-1")


@pytest.fixture
def game(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayerClient]:
    """A gateway with an empty table."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with dynamodb_alone():
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        dynamodb.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        )
        yield PlayerClient(dynamodb)


@pytest.fixture
def other_services(game: PlayerClient) -> Iterator[None]:
    """Queues, buckets and logs beside the table, by moto."""
    with mock_aws():
        yield


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Answered]]:
    """Run rivals that all reach their first transaction before any of them commits."""

    def run(*rivals: Callable[[], Answered]) -> list[Answered]:
        barrier = Barrier(len(rivals), timeout=20)
        first = [True] * len(rivals)
        commit = DynamoTurnRepository._commit

        def meeting(self: DynamoTurnRepository, *writes: Any) -> bool:
            if first:
                first.pop()
                barrier.wait()
            return commit(self, *writes)

        monkeypatch.setattr(DynamoTurnRepository, "_commit", meeting)
        with ThreadPoolExecutor(len(rivals)) as pool:
            return [future.result() for future in [pool.submit(rival) for rival in rivals]]

    return run
