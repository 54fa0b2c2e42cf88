from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from services.gateway.tests.player_client import TABLE, Door


@pytest.fixture(scope="session")
def dynamodb() -> Any:
    """One client for all tests: to make one takes longer than most of them. Every `mock_aws` answers it."""
    with mock_aws():
        return boto3.client("dynamodb", region_name="us-east-1")


@pytest.fixture
def door(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A gateway with an empty table."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("_X_AMZN_TRACE_ID", raising=False)
    with mock_aws():
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        dynamodb.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        )
        yield Door(dynamodb)
