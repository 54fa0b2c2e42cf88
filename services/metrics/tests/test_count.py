"""Every turn is counted once, and what it cost is in the ledger to the micro-dollar."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from contracts.campaign import TurnResolvedV1
from contracts.gateway import TurnAnsweredV1
from services.metrics.adapters import ledger
from services.metrics.domain.figures import figures_of
from services.metrics.handlers.count import handler

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26


@pytest.fixture
def table(monkeypatch):
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "METRICS_TABLE": "metrics",
        "POWERTOOLS_SERVICE_NAME": "metrics",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "DEAD_LETTER_QUEUE_URL": "https://dead",
    }.items():
        monkeypatch.setenv(name, value)
    ledger._dynamodb.cache_clear()
    with mock_aws():
        yield boto3.resource("dynamodb").create_table(
            TableName="metrics",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    ledger._dynamodb.cache_clear()


def metadata(event_id: str) -> dict:
    return {
        "event_id": event_id,
        "schema_version": "1.0",
        "occurred_at": "2026-03-04T05:06:07Z",
        "producer": "ninelives.campaign",
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": TURN,
        "campaign_id": CAMPAIGN,
        "stream": f"campaign/{CAMPAIGN}",
        "sequence": 1,
    }


def resolved(event_id: str, micro_dollars: int = 700, told_by: str = "model") -> TurnResolvedV1:
    totals = {
        "tool_calls": 2, "refusals": 1, "rolls": 3, "model_calls": 2, "input_tokens": 100, "output_tokens": 50,
        "cached_tokens": 900, "micro_dollars": micro_dollars, "repairs": 0,
    }  # fmt: skip
    data = {
        "number": 1, "version": 2, "owner": "p", "told_by": told_by, "model": "sonnet" if told_by == "model" else None,
        "totals": totals, "place": {"id": "alley", "name": "Alley"}, "level": 1, "lives": 9, "status": "active",
        "state_hash": "0",
    }  # fmt: skip
    return TurnResolvedV1.model_validate({"metadata": metadata(event_id), "data": data})


def body(event) -> str:
    return json.dumps(
        {"source": event.producer, "detail-type": event.detail_type, "detail": event.model_dump(mode="json")}
    )


def deliver(*events) -> None:
    records = [{"messageId": str(i), "body": body(e), "eventSource": "aws:sqs"} for i, e in enumerate(events)]
    answer = handler({"Records": records}, SimpleNamespace(get_remaining_time_in_millis=lambda: 9000))
    assert answer == {"batchItemFailures": []}


def ledger_of(table, model: str) -> dict[str, int]:
    item = table.get_item(Key={"pk": "LEDGER#2026-03-04", "sk": model})["Item"]
    return {name: int(value) for name, value in item.items() if name not in ("pk", "sk")}


def emitted(capsys, name: str) -> float:
    lines = (json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"'))
    return sum(sum(line[name]) for line in lines if name in line)


def test_duplicates_in_any_order_are_counted_once(table, capsys):
    deliveries = [resolved(f"e{n}") for n in range(5)] * 3
    random.Random(9).shuffle(deliveries)

    deliver(*deliveries)

    assert ledger_of(table, "sonnet")["turns"] == 5
    assert ledger_of(table, "sonnet")["micro_dollars"] == 5 * 700
    assert emitted(capsys, "TurnsResolved") == 5


def test_turns_told_by_the_understudy_have_a_line_of_their_own(table):
    deliver(resolved("a"), resolved("b", micro_dollars=0, told_by="understudy"))

    assert ledger_of(table, "understudy")["turns"] == 1
    assert ledger_of(table, "sonnet")["turns"] == 1


def test_an_event_that_could_not_be_counted_comes_back(table):
    table.delete()
    records = [{"messageId": "7", "body": body(resolved("a")), "eventSource": "aws:sqs"}]

    answer = handler({"Records": records}, SimpleNamespace(get_remaining_time_in_millis=lambda: 9000))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "7"}]}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 60_000)), max_size=12))
def test_each_stage_adds_its_latency_and_its_retries(stages):
    data = {
        "owner": "p",
        "number": 1,
        "milliseconds": 90_000,
        "stages": [{"stage": f"s{i}", "attempts": a, "milliseconds": ms} for i, (a, ms) in enumerate(stages)],
    }
    figures = figures_of(TurnAnsweredV1.model_validate({"metadata": metadata("e"), "data": data}))

    assert [f.amount for f in figures if f.name == "StageLatency"] == [ms for _, ms in stages]
    assert sum(f.amount for f in figures if f.name == "StageRetries") == sum(a - 1 for a, _ in stages)
    assert {f.value for f in figures if f.dimension == "stage"} == {f"s{i}" for i in range(len(stages))}
