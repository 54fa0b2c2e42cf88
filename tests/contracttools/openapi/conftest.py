"""A deployed gateway in a simulated account, with the tables that its stacks make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from services.campaign import wiring
from services.campaign.adapters.projection_table import BY_OWNER, STANDINGS
from services.campaign.tests.conftest import LINES, SIDE
from services.chronicle import wiring as chronicle_wiring
from services.gateway.tests.caches import clear_wiring
from tests.contracttools.openapi.deployed_gateway import DEPLOYED, DeployedGateway
from tests.support.quick_dynamodb import quick_aws
from tests.support.whole_turns import TABLES

INDEXES = {BY_OWNER: ("gsi1pk", "gsi1sk"), STANDINGS: ("gsi2pk", "gsi2sk")}
KINDS = ("HASH", "RANGE")
MADE_ONCE = (wiring.dynamodb, chronicle_wiring.dynamodb, chronicle_wiring.chronicle)


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[DeployedGateway]:
    for name, value in DEPLOYED.items():
        monkeypatch.setenv(name, value)
    for made in MADE_ONCE:
        made.cache_clear()
    clear_wiring()
    with quick_aws():
        dynamodb = boto3.client("dynamodb")
        for name, keys in TABLES.items():
            _table(dynamodb, name, keys, {})
        for name in (LINES, SIDE):
            _table(dynamodb, name, ("pk", "sk"), INDEXES)
        yield DeployedGateway(dynamodb)
    for made in MADE_ONCE:
        made.cache_clear()
    clear_wiring()


def _table(dynamodb: Any, name: str, keys: tuple[str, ...], indexes: dict[str, tuple[str, ...]]) -> None:
    described = [
        {"IndexName": index, "KeySchema": _schema(by), "Projection": {"ProjectionType": "ALL"}}
        for index, by in indexes.items()
    ]
    columns = {*keys, *(key for by in indexes.values() for key in by)}
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_schema(keys),
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in sorted(columns)],
        **({"GlobalSecondaryIndexes": described} if described else {}),
    )


def _schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, KINDS, strict=False)]
