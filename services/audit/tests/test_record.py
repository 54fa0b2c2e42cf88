"""The record takes any order and any number of deliveries, and nothing in it ever changes."""

from __future__ import annotations

import json
from itertools import permutations
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from services.audit.adapters import ledger
from services.audit.handlers.record import handler

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26


@pytest.fixture
def table(monkeypatch):
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AUDIT_TABLE": "audit",
        "POWERTOOLS_SERVICE_NAME": "audit",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "DEAD_LETTER_QUEUE_URL": "https://dead",
    }.items():
        monkeypatch.setenv(name, value)
    ledger._dynamodb.cache_clear()
    with mock_aws():
        yield boto3.resource("dynamodb").create_table(
            TableName="audit",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    ledger._dynamodb.cache_clear()


def event(sequence: int | None, *, event_id: str | None = None, **data) -> str:
    metadata = {
        "event_id": event_id or f"e{sequence}",
        "schema_version": "1.0",
        "occurred_at": "2026-01-01T00:00:00Z",
        "producer": "ninelives.campaign",
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": TURN,
        "campaign_id": CAMPAIGN,
        "turn_id": TURN,
        "stream": f"campaign/{CAMPAIGN}" if sequence else f"progress/{TURN}",
        "sequence": sequence,
    }
    return json.dumps(
        {"source": "ninelives.campaign", "detail-type": "Whatever.v7", "detail": {"metadata": metadata, "data": data}}
    )


def deliver(*bodies: str) -> list[str]:
    """Deliver as one batch; answer which messages come back."""
    records = [{"messageId": str(i), "body": body, "eventSource": "aws:sqs"} for i, body in enumerate(bodies)]
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 9000)
    return [failure["itemIdentifier"] for failure in handler({"Records": records}, context)["batchItemFailures"]]


def recorded(table) -> list[tuple[str, str]]:
    return sorted((item["sk"], item["event_id"]) for item in table.scan()["Items"])


def test_every_event_is_recorded_once_in_whatever_order_it_comes(table):
    for order in permutations((1, 2, 3)):
        assert deliver(*map(event, order), event(2)) == []

    assert recorded(table) == [("0000000001", "e1"), ("0000000002", "e2"), ("0000000003", "e3")]


def test_progress_is_filed_under_its_id(table):
    assert deliver(event(None, event_id="p1"), event(None, event_id="p2"), event(None, event_id="p1")) == []

    assert recorded(table) == [("id/p1", "p1"), ("id/p2", "p2")]


def test_progress_of_a_step_that_ran_twice_is_recorded_as_it_was_first(table):
    assert deliver(event(None, event_id="p1", rolls=1), event(None, event_id="p1", rolls=2)) == []

    [item] = table.scan()["Items"]
    assert json.loads(item["detail"])["data"]["rolls"] == 1


def test_another_event_at_the_same_place_comes_back_and_changes_nothing(table):
    deliver(event(1, hp=9))
    before = table.scan()["Items"]

    assert deliver(event(1, event_id="forged", hp=9)) == ["0"]
    assert deliver(event(1, hp=99)) == ["0"]
    assert table.scan()["Items"] == before


def test_what_was_said_can_be_read_back_whole(table):
    deliver(event(1, nested={"roll": [6, 6]}, name="Näyttämö"))

    [item] = table.scan()["Items"]
    assert json.loads(item["detail"])["data"] == {"nested": {"roll": [6, 6]}, "name": "Näyttämö"}
