"""Items are added many at a time, each unless its place is taken."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from contracts.errors import Transient
from stagekit.inserts import MOST_AT_ONCE, insert


@pytest.fixture
def dynamodb(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="things",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield client


def item(pk: str, **values: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, **{name: {"S": value} for name, value in values.items()}}


def scan(dynamodb: Any) -> list[dict[str, Any]]:
    return sorted(dynamodb.scan(TableName="things")["Items"], key=lambda each: each["pk"]["S"])


def test_what_is_new_is_added_and_what_is_there_stays(dynamodb):
    insert(dynamodb, "things", [item("b", told="first")])

    assert insert(dynamodb, "things", [item("a"), item("b", told="second"), item("c")]) == [True, False, True]
    assert scan(dynamodb) == [item("a"), item("b", told="first"), item("c")]


@pytest.mark.parametrize("told", ["it's \"{'quoted': ?}\"", "ü\n?", "'"])
def test_no_text_is_taken_for_a_part_of_the_statement(dynamodb, told):
    insert(dynamodb, "things", [item("a", told=told)])

    assert scan(dynamodb) == [item("a", told=told)]


def test_more_than_one_call_takes_go_in_several(dynamodb):
    items = [item(f"{number:03}") for number in range(2 * MOST_AT_ONCE + 1)]

    assert insert(dynamodb, "things", items) == [True] * len(items)
    assert scan(dynamodb) == items


def test_nothing_is_asked_for_nothing():
    assert insert(None, "things", []) == []  # type: ignore[arg-type]


class Throttled:
    """A client whose table is too busy for the second of all items."""

    def batch_execute_statement(self, *, Statements: Any) -> Any:
        answers = [{"TableName": "things"} for _ in Statements]
        answers[1] = {"Error": {"Code": "ThrottlingError", "Message": "secret"}}  # type: ignore[dict-item]
        return {"Responses": answers}


def test_one_that_could_not_be_tried_fails_the_whole_and_says_why_without_a_word_of_it():
    with pytest.raises(Transient, match=r"^ThrottlingError$"):
        insert(Throttled(), "things", [item("a"), item("b")])  # type: ignore[arg-type]
