"""The record takes any order and any number of deliveries, and nothing in it ever changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace

import boto3
import pytest

from services.audit import wiring
from services.audit.handlers.record import handler
from services.audit.tests.facts import STREAM, body
from stagekit.packing import unpack
from tests.support.quick_dynamodb import dynamodb_alone


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
    wiring.dynamodb.cache_clear()
    with dynamodb_alone():
        yield boto3.resource("dynamodb").create_table(
            TableName="audit",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    wiring.dynamodb.cache_clear()


def deliver(*bodies: str) -> list[str]:
    """Deliver as one batch; answer which messages come back."""
    records = [{"messageId": str(i), "body": text, "eventSource": "aws:sqs"} for i, text in enumerate(bodies)]
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 9000)
    return [failure["itemIdentifier"] for failure in handler({"Records": records}, context)["batchItemFailures"]]


def everything(table) -> list[dict]:
    return sorted(table.scan()["Items"], key=lambda item: (item["pk"], item["sk"]))


def entries(table) -> list[dict]:
    found = [item for item in everything(table) if not item["pk"].startswith("CHAIN#")]
    return [{**item, "detail": unpack(item["detail"])} for item in found]


def links(table) -> list[str]:
    return [item["link"] for item in everything(table) if item["pk"].startswith("CHAIN#")]


def read_counts(capsys, name: str) -> list[float]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"')]
    return [value for line in lines for value in line.get(name, [])]


def hash_text(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_every_event_is_recorded_once_in_whatever_order_it_comes(table):
    assert deliver(body(3), body(1), body(2), body(2)) == []
    assert deliver(body(1), body(3)) == []

    assert [item["sk"] for item in entries(table)] == ["0000000001", "0000000002", "0000000003"]
    assert [item["event_id"] for item in entries(table)] == [f"{STREAM}/{n}" for n in (1, 2, 3)]


def test_each_link_hashes_the_one_before_it_and_what_was_said(table):
    deliver(body(2), body(1, {"hp": 9}))

    first, second = entries(table)
    told = json.loads(first["detail"])
    assert told["data"] == {"hp": 9}
    assert first["digest"] == hash_text(f"ninelives.campaign|Whatever.v7|{first['detail']}")
    one = hash_text(f"{hash_text(STREAM)}|{first['digest']}")
    assert links(table) == [one, hash_text(f"{one}|{second['digest']}")]


def test_nothing_is_linked_before_what_came_before_it(table):
    deliver(body(2), body(3))

    assert (len(entries(table)), links(table)) == (2, [])


def test_progress_is_filed_under_its_id_and_in_no_chain(table):
    assert deliver(body(None, event_id="p1"), body(None, event_id="p2"), body(None, event_id="p1")) == []

    assert [(item["sk"], item["event_id"]) for item in entries(table)] == [("id/p1", "p1"), ("id/p2", "p2")]
    assert links(table) == []


def test_progress_of_a_step_that_ran_twice_is_recorded_as_it_was_first(table):
    assert deliver(body(None, {"rolls": 1}, event_id="p1"), body(None, {"rolls": 2}, event_id="p1")) == []

    [item] = entries(table)
    assert json.loads(item["detail"])["data"]["rolls"] == 1


def test_another_event_at_the_same_place_comes_back_and_changes_nothing(table, capsys):
    deliver(body(1, {"hp": 9}, event_id="f00d"))
    before = everything(table)

    assert deliver(body(1, {"hp": 9}, event_id="beef")) == ["0"]
    assert deliver(body(1, {"hp": 99}, event_id="f00d")) == ["0"]
    assert everything(table) == before
    assert read_counts(capsys, "Alterations") == [1, 1]


def test_of_a_batch_with_an_alteration_it_alone_comes_back_and_is_counted_once(table, capsys):
    deliver(body(1, {"hp": 9}))

    assert deliver(body(2), body(1, {"hp": 99}), body(3)) == ["1"]

    assert [item["sk"] for item in entries(table)] == [f"{n:010d}" for n in (1, 2, 3)]
    assert len(links(table)) == 3
    assert read_counts(capsys, "Alterations") == [1]


@pytest.mark.parametrize("forged", [f"{STREAM}/2", f"turns/{STREAM}/1", "elsewhere/1"])
def test_a_fact_whose_id_names_another_place_comes_back_and_is_not_recorded(table, capsys, forged):
    assert deliver(body(1, event_id=forged)) == ["0"]

    assert everything(table) == []
    assert read_counts(capsys, "Alterations") == [1]


def test_what_was_said_can_be_read_back_whole(table):
    deliver(body(1, {"nested": {"roll": [6, 6]}, "name": "Näyttämö"}))

    [item] = entries(table)
    assert json.loads(item["detail"])["data"] == {"nested": {"roll": [6, 6]}, "name": "Näyttämö"}


def test_what_is_missing_for_five_minutes_is_counted_as_a_gap(table, capsys):
    deliver(body(1), body(5, occurred_at=(datetime.now(UTC) - timedelta(minutes=6)).isoformat()))

    assert read_counts(capsys, "Gaps") == [3]


def test_what_is_missing_and_what_contradicts_count_together_for_the_alarm(table, capsys):
    deliver(body(1, {"hp": 9}), body(5, occurred_at=(datetime.now(UTC) - timedelta(minutes=6)).isoformat()))
    deliver(body(1, {"hp": 99}))

    assert read_counts(capsys, "RecordFaults") == [3, 1]


def test_what_is_being_overtaken_is_no_gap(table, capsys):
    deliver(body(1), body(5, occurred_at=(datetime.now(UTC) - timedelta(minutes=4)).isoformat()))

    assert read_counts(capsys, "Gaps") == []
