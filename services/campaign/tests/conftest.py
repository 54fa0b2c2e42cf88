"""Tables as the service's stack makes them, in a fresh DynamoDB per test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.projection_table import BY_OWNER, STANDINGS, ProjectionTable
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.application.create import create
from services.campaign.tests.builders import NOON, SEED, create_request
from stagekit.packing import unpack
from tests.support.quick_dynamodb import dynamodb_alone

CAMPAIGNS, LINES, SIDE = "campaigns", "lines", "side"


@pytest.fixture(scope="session")
def client() -> Any:
    """One for all tests: to make one takes longer than most of them. Every `dynamodb_alone` answers it."""
    with dynamodb_alone():
        return boto3.client("dynamodb", region_name="us-east-1")


@pytest.fixture
def dynamodb(client: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with dynamodb_alone():
        keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
        attributes = ("pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk")
        strings = [{"AttributeName": name, "AttributeType": "S"} for name in attributes]
        client.create_table(
            TableName=CAMPAIGNS, KeySchema=keys, AttributeDefinitions=strings[:2], BillingMode="PAY_PER_REQUEST"
        )
        for table in (LINES, SIDE):
            client.create_table(
                TableName=table,
                KeySchema=keys,
                AttributeDefinitions=strings,
                BillingMode="PAY_PER_REQUEST",
                GlobalSecondaryIndexes=[_index(BY_OWNER, "gsi1"), _index(STANDINGS, "gsi2")],
            )
        yield client


def _index(name: str, keys: str) -> Any:
    schema = [{"AttributeName": f"{keys}pk", "KeyType": "HASH"}, {"AttributeName": f"{keys}sk", "KeyType": "RANGE"}]
    return {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "ALL"}}


@pytest.fixture
def empty_store(dynamodb: Any) -> CampaignStore:
    return CampaignStore(dynamodb, CAMPAIGNS)


@pytest.fixture
def store(empty_store: CampaignStore) -> CampaignStore:
    """A table with one campaign that was just started."""
    create(create_request(), empty_store, seed=lambda: SEED, now=NOON)
    return empty_store


@pytest.fixture
def table(dynamodb: Any) -> ProjectionTable:
    return ProjectionTable(dynamodb, LINES)


@pytest.fixture
def versions(dynamodb: Any) -> ProjectionVersions:
    return ProjectionVersions(dynamodb, {"projection": LINES, "side": SIDE})


@pytest.fixture
def outbox(dynamodb: Any) -> Any:
    """Reads the events of the table's outbox, in the order of their sequence."""
    import json

    def read() -> list[dict[str, Any]]:
        items = dynamodb.scan(TableName=CAMPAIGNS)["Items"]
        events = [item for item in items if item.get("entity", {}).get("S") == "event"]
        return [json.loads(unpack(item["event"]["S"])) for item in sorted(events, key=lambda item: item["sk"]["S"])]

    return read
